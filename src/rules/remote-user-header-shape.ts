import { spanOf } from '../model/located.ts';
import { switchedOn, textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const remoteUserHeaderShape: Rule = {
  code: 'GX552',
  name: 'remote-user-header-shape',
  severity: 'error',
  summary: 'remote_user_header is written as in the proxy, not as Galaxy sees it.',
  why: 'Galaxy looks for a variable of exactly that name, never finds it, and lets nobody in.',
  source: 'Galaxy: remote_user_header; headers reach Python as HTTP_ and the name in capitals',
  since: '15.05',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n  remote_user_header: X-Remote-User\n`) },
    at: 'galaxy.yml:8:23',
    good: {
      'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n  remote_user_header: HTTP_X_REMOTE_USER\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const header = textOption(instance, 'remote_user_header');
      if (!header || !switchedOn(instance, 'use_remote_user') || /^HTTP_[A-Z0-9_]+$/.test(header.value))
        continue;
      const name = header.value
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '_')
        .replace(/^HTTP_/, '');
      report(
        finding(this, `no header ever has the name "${header.value}" in Galaxy`, spanOf(header), {
          help: `write HTTP_${name}`,
        }),
      );
    }
  },
};
