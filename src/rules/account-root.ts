import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const accountRoot: Rule = {
  code: 'GX651',
  name: 'account-root',
  severity: 'error',
  summary: 'Galaxy is to run as root.',
  why: 'Tools, and with them any of its users, could do everything on the machine.',
  source: 'Galaxy documentation: Running Galaxy in a production environment: "create a non-root user"',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml().replace('galaxy_user: galaxy', 'galaxy_user: root') },
    at: 'galaxy.yml:3:16',
    good: { 'galaxy.yml': galaxyYml() },
  }),
  check(deployment, report) {
    for (const { user } of deployment.instances) {
      if (user?.value !== 'root' && user?.value !== '0') continue;
      report(
        finding(this, 'Galaxy runs as "root"', spanOf(user), {
          help: 'create a user for it, and write galaxy_user: galaxy',
        }),
      );
    }
  },
};
