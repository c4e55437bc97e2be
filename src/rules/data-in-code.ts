import { isProduction } from '../model/database.ts';
import { inEnvironment, option, sectionPlace } from '../model/options.ts';
import { join } from '../model/paths.ts';
import { galaxyYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const dataInCode: Rule = {
  code: 'GX647',
  name: 'data-in-code',
  severity: 'info',
  summary: 'Galaxy keeps its data inside of the directory of its code.',
  why: 'Code is replaced at an upgrade and data must not be: a fresh checkout or a "git clean" takes the datasets with it.',
  source:
    'Galaxy: data_dir, which is "database" in the Galaxy root by default; the Ansible role keeps them apart',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions('data_dir')) },
    at: 'galaxy.yml:7:1',
    good: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions()) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (!isProduction(instance) || instance.layout !== 'source') continue;
      if (
        ['data_dir', 'file_path', 'object_store_config_file', 'object_store_config'].some(
          (one) => option(instance, one) || inEnvironment(instance, one),
        )
      )
        continue;
      report(
        finding(
          this,
          `datasets are kept in "${join(join(instance.root.value, instance.dataDir.value), 'objects')}", inside of the code`,
          sectionPlace(instance),
          {
            help: 'write data_dir with a directory outside of the Galaxy root',
          },
        ),
      );
    }
  },
};
