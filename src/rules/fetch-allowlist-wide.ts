import { spanOf } from '../model/located.ts';
import { option } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const fetchAllowlistWide: Rule = {
  code: 'GX664',
  name: 'fetch-allowlist-wide',
  severity: 'warning',
  summary: 'Users may have Galaxy fetch addresses inside of your network, all of them.',
  why: "An upload by address then reads whatever the server can reach: other machines' admin pages, the metadata service of a cloud.",
  source: 'Galaxy: fetch_url_allowlist; galaxyproject/galaxy security: server-side request forgery',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  fetch_url_allowlist: 0.0.0.0/0\n`) },
    at: 'galaxy.yml:7:24',
    good: { 'galaxy.yml': galaxyYml(``, `  fetch_url_allowlist: 10.1.2.0/24\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['fetch_url_allowlist', 'fetch_url_whitelist']) {
        const list = option(instance, name);
        const items = Array.isArray(list?.value) ? list.value : String(list?.value ?? '').split(',');
        const wide = items.map((one) => String(one).trim()).find((one) => /\/0$/.test(one));
        if (wide === undefined) continue;
        report(
          finding(this, `"${wide}" lets users fetch every address the server reaches`, spanOf(list), {
            help: 'list only the addresses that uploads have to come from',
          }),
        );
      }
    }
  },
};
