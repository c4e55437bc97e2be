import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const idSecretDefault: Rule = {
  code: 'GX660',
  name: 'id-secret-default',
  severity: 'error',
  summary: "The secret behind Galaxy's ids and sessions is the one from its source code.",
  why: 'Everybody knows it, so sessions of other users and keys of their jobs can be forged.',
  source: 'Galaxy: id_secret; galaxyproject/galaxy#6395',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml().replace('4c1b9f1e5d6a4f0e8b7a', 'USING THE DEFAULT IS NOT SECURE!') },
    at: 'galaxy.yml:6:14',
    good: { 'galaxy.yml': galaxyYml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const secret = textOption(instance, 'id_secret');
      if (
        secret?.value !== 'USING THE DEFAULT IS NOT SECURE!' &&
        secret?.value !== 'changethisinproductiontoo'
      )
        continue;
      report(
        finding(this, '"id_secret" is a text from the files of Galaxy itself', spanOf(secret), {
          help: 'write a random one of 5 to 56 bytes: python3 -c "import secrets; print(secrets.token_hex(20))"; sessions and addresses in use become invalid',
        }),
      );
    }
  },
};
