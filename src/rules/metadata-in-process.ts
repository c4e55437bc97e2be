import { isProduction } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { inEnvironment, isOn, option, sectionPlace } from '../model/options.ts';
import { galaxyYml, jobConfYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const metadataInProcess: Rule = {
  code: 'GX642',
  name: 'metadata-in-process',
  severity: 'info',
  summary: 'Galaxy sets metadata in its own process when that fails in the job.',
  why: 'Reading large files keeps the handler from its other jobs, or the web server from its users, until it is done.',
  source:
    'Galaxy: retry_metadata_internally; Building Scalable Galaxy: set metadata outside of the web process',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        '  celery:\n    loglevel: INFO\n  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n',
        productionOptions('retry_metadata_internally'),
      ),
      'job_conf.yml': jobConfYml,
    },
    at: 'galaxy.yml:11:1',
    good: {
      'galaxy.yml': galaxyYml(
        '  celery:\n    loglevel: INFO\n  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n',
        productionOptions(),
      ),
      'job_conf.yml': jobConfYml,
    },
  }),
  check(deployment, report) {
    const name = 'retry_metadata_internally';
    for (const instance of deployment.instances) {
      const written = option(instance, name);
      if (!isProduction(instance) || !isOn(instance, name, true) || inEnvironment(instance, name)) continue;
      if (!instance.services.some((one) => one.kind === 'handler')) continue;
      report(
        finding(
          this,
          'metadata that fails in a job is set again in the process of Galaxy',
          spanOf(written) ?? sectionPlace(instance),
          {
            help: `write ${name}: false in the galaxy section`,
          },
        ),
      );
    }
  },
};
