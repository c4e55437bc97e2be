import { spanOf } from '../model/located.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const dynamicHandlersNoAssign: Rule = {
  code: 'GX462',
  name: 'dynamic-handlers-no-assign',
  severity: 'error',
  summary:
    'Dynamic handlers are started, but the job configuration names no method by which they could get jobs.',
  why: 'Without it the web processes go on handling jobs themselves, beside the handlers.',
  source: 'galaxyproject/galaxy#15887, galaxyproject/galaxy#16540; Gravity warns of it on every command',
  since: '19.01',
  example: {
    bad: {
      'galaxy.yml': galaxyYml(
        `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n`,
      ),
    },
    at: 'galaxy.yml:6:5',
    good: {
      'galaxy.yml': galaxyYml(
        `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n`,
      ),
      'job_conf.yml': jobConfYml,
    },
  },
  check(deployment, report) {
    for (const { services, jobs } of deployment.instances) {
      const listed = new Set(jobs.handling.handlers.map((one) => one.id.value));
      const dynamic = services.find(
        (one) => one.kind === 'handler' && one.processes.some((process) => !listed.has(process.name)),
      );
      const grabs = jobs.handling.assign?.value.some(
        ({ value }) => value === 'db-skip-locked' || value === 'db-transaction-isolation',
      );
      if (!dynamic || grabs) continue;
      const place = spanOf(jobs.handling.assign) ?? spanOf(dynamic.processes[0]?.serverName);
      const where = jobs.format === 'none' ? 'there is no job configuration' : `"${jobs.file}" names none`;
      report(
        finding(this, `dynamic handlers need an assignment method, but ${where}`, place, {
          help:
            jobs.format === 'xml'
              ? 'write <handlers assign_with="db-skip-locked"/> in the job configuration'
              : 'write handling: {assign: [db-skip-locked]} in the job configuration',
        }),
      );
    }
  },
};
