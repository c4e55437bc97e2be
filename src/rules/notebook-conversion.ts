import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const notebookConversion: Rule = {
  code: 'GX666',
  name: 'notebook-conversion',
  severity: 'warning',
  summary: 'Notebooks of users are converted on the server.',
  why: 'The conversion may run what is in the notebook, with the rights of Galaxy.',
  source: 'Galaxy: trust_jupyter_notebook_conversion, with its warning',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  trust_jupyter_notebook_conversion: true\n`) },
    at: 'galaxy.yml:7:38',
    good: { 'galaxy.yml': galaxyYml(``, `  trust_jupyter_notebook_conversion: false\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'trust_jupyter_notebook_conversion');
      if (!on) continue;
      report(
        finding(this, 'anybody who uploads a notebook may run code on the server', spanOf(on), {
          help: 'remove it',
        }),
      );
    }
  },
};
