import { inEnvironment, option, sectionPlace } from '../model/options.ts';
import { servesOthers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const idSecretMissing: Rule = {
  code: 'GX662',
  name: 'id-secret-missing',
  severity: 'warning',
  summary: 'Galaxy has no secret of its own for its ids and sessions.',
  why: 'It then uses one from its source code, which everybody knows: sessions of other users can be forged.',
  source: 'Galaxy: id_secret; galaxyproject/galaxy#6395',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml('', '  galaxy_infrastructure_url: https://galaxy.example.org\n').replace(
        '  id_secret: 4c1b9f1e5d6a4f0e8b7a\n',
        '',
      ),
    },
    at: 'galaxy.yml:5:1',
    good: { 'galaxy.yml': galaxyYml('', '  galaxy_infrastructure_url: https://galaxy.example.org\n') },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (option(instance, 'id_secret') || inEnvironment(instance, 'id_secret')) continue;
      // What is tried out on one's own machine needs none.
      if (!servesOthers(instance)) continue;
      report(
        finding(this, 'there is no "id_secret" in the galaxy section', sectionPlace(instance), {
          help: 'write a random one: python3 -c "import secrets; print(secrets.token_hex(20))"; on a server in use, sessions and links with ids become invalid once',
        }),
      );
    }
  },
};
