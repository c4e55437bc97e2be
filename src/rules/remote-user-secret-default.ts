import { spanOf } from '../model/located.ts';
import { switchedOn, textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const remoteUserSecretDefault: Rule = {
  code: 'GX550',
  name: 'remote-user-secret-default',
  severity: 'error',
  summary: "The secret between the proxy and Galaxy is the one from Galaxy's source code.",
  why: 'Everybody knows it, so whoever reaches Galaxy past the proxy can log in as any user, administrators included.',
  source: 'Galaxy: remote_user_secret; lib/galaxy/web/framework/middleware/remoteuser.py',
  since: '15.03',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  use_remote_user: true\n  remote_user_secret: USING THE DEFAULT IS NOT SECURE!\n`,
      ),
    },
    at: 'galaxy.yml:8:23',
    good: {
      'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n  remote_user_secret: 9d1c62b7f04e4b0fa8c3\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const secret = textOption(instance, 'remote_user_secret');
      if (secret?.value !== 'USING THE DEFAULT IS NOT SECURE!' || !switchedOn(instance, 'use_remote_user'))
        continue;
      report(
        finding(this, '"remote_user_secret" has its public default', spanOf(secret), {
          help: 'write a random text here, and let the proxy send it as the header GX_SECRET',
        }),
      );
    }
  },
};
