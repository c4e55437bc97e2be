import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const bootstrapKeySet: Rule = {
  code: 'GX663',
  name: 'bootstrap-key-set',
  severity: 'warning',
  summary: 'A key that makes everybody an administrator who has it is set.',
  why: 'It is for the first start of a server without users; afterwards it is a way in that no list of users shows.',
  source: 'Galaxy: bootstrap_admin_api_key, "unset in production"',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  bootstrap_admin_api_key: 5e1fb4f0b0c74ff59d42\n`) },
    at: 'galaxy.yml:7:28',
    good: { 'galaxy.yml': galaxyYml(``, `  admin_users: admin@example.org\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['bootstrap_admin_api_key', 'master_api_key']) {
        const key = textOption(instance, name);
        if (!key) continue;
        const known = ['changethis', 'HSNiugRFvgT574F43jZ7N9F3'].includes(key.value);
        report(
          finding(
            this,
            known
              ? `"${name}" is a key that everybody knows`
              : `"${name}" opens the administration to whoever has it`,
            spanOf(key),
            {
              ...(known ? { severity: 'error' } : {}),
              help: 'remove it once there is an administrator in admin_users',
            },
          ),
        );
      }
    }
  },
};
