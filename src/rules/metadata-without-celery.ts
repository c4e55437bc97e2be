import { spanOf } from '../model/located.ts';
import { inEnvironment, isOn, option, textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const metadataWithoutCelery: Rule = {
  code: 'GX625',
  name: 'metadata-without-celery',
  severity: 'error',
  summary: 'Metadata is to be set by Celery, and Galaxy does not use Celery.',
  why: 'Every job fails when it ends, after all of its work.',
  source: 'Galaxy: metadata_strategy; galaxyproject/galaxy#14708',
  since: '21.09',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  metadata_strategy: extended_celery\n`,
      ),
    },
    at: 'galaxy.yml:8:22',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  metadata_strategy: extended_celery\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const strategy = textOption(instance, 'metadata_strategy');
      if (!strategy?.value.endsWith('_celery')) continue;
      if (isOn(instance, 'enable_celery_tasks') || inEnvironment(instance, 'enable_celery_tasks')) continue;
      const label = spanOf(option(instance, 'enable_celery_tasks'));
      report(
        finding(
          this,
          `"${strategy.value}" needs Celery, but "enable_celery_tasks" is not true`,
          spanOf(strategy),
          {
            ...(label ? { labels: [{ span: label, text: 'Celery is not used' }] } : {}),
            help: `write enable_celery_tasks: true, or metadata_strategy: ${strategy.value.replace(/_celery$/, '')}`,
          },
        ),
      );
    }
  },
};
