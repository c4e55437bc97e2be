import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const idSecretLength: Rule = {
  code: 'GX661',
  name: 'id-secret-length',
  severity: 'error',
  summary: "The secret behind Galaxy's ids is too short or too long.",
  why: 'The cipher takes 5 to 56 bytes: a shorter one is soon guessed, with a longer one Galaxy fails.',
  source: 'Galaxy: id_secret; Blowfish keys',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml().replace('4c1b9f1e5d6a4f0e8b7a', 'abcd') },
    at: 'galaxy.yml:6:14',
    good: { 'galaxy.yml': galaxyYml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const secret = textOption(instance, 'id_secret');
      if (!secret) continue;
      const bytes = new TextEncoder().encode(secret.value).length;
      if (bytes >= 5 && bytes <= 56) continue;
      report(
        finding(this, `"id_secret" has ${bytes} bytes, and must have 5 to 56`, spanOf(secret), {
          help: 'write a random one: python3 -c "import secrets; print(secrets.token_hex(20))"',
        }),
      );
    }
  },
};
