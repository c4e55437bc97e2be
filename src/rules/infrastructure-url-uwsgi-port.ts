import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlUwsgiPort: Rule = {
  code: 'GX520',
  name: 'infrastructure-url-uwsgi-port',
  severity: 'error',
  summary: 'galaxy_infrastructure_url asks for the port of uWSGI.',
  why: 'Galaxy runs under gunicorn since 22.01, and refuses to start with a port it cannot know.',
  source: 'Galaxy: lib/galaxy/config, release 22.05 and later',
  since: '22.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: http://galaxy.example.org:$UWSGI_PORT\n`),
    },
    at: 'galaxy.yml:7:30',
    good: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = textOption(instance, 'galaxy_infrastructure_url');
      if (!url?.value.includes('UWSGI_PORT')) continue;
      report(
        finding(this, '"UWSGI_PORT" means nothing in "galaxy_infrastructure_url"', spanOf(url), {
          help: 'write the address that people use, or $GALAXY_WEB_PORT for the value of galaxy_infrastructure_web_port',
        }),
      );
    }
  },
};
