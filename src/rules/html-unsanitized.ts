import { spanOf } from '../model/located.ts';
import { switchedOff, switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const htmlUnsanitized: Rule = {
  code: 'GX665',
  name: 'html-unsanitized',
  severity: 'info',
  summary: 'HTML that tools and users make is shown as it is.',
  why: "A page that one user made can run its script in the session of another one, an administrator's included.",
  source: 'Galaxy: sanitize_all_html, serve_xss_vulnerable_mimetypes, with their warnings',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  sanitize_all_html: false\n`) },
    at: 'galaxy.yml:7:22',
    good: { 'galaxy.yml': galaxyYml(``, `  sanitize_all_html: true\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const off = switchedOff(instance, 'sanitize_all_html');
      const on = switchedOn(instance, 'serve_xss_vulnerable_mimetypes');
      for (const [name, where] of [
        ['sanitize_all_html', off],
        ['serve_xss_vulnerable_mimetypes', on],
      ] as const) {
        if (!where) continue;
        report(
          finding(this, `"${name}: ${where.value}" shows the HTML of anybody to everybody`, spanOf(where), {
            help: 'remove it, and trust single tools under Admin, Manage Allowlist, instead',
          }),
        );
      }
    }
  },
};
