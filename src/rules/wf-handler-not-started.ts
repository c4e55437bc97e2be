import { isElsewhere } from '../model/elsewhere.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { siteOf } from '../model/routing-site.ts';
import { suggest } from '../text/suggest.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = (name: string) => `  handlers:
    handler:
      processes: 2
      pools: [job-handlers]
    ${name}: {pools: [workflow-schedulers]}
`;
const listed = workflowXml('<handlers assign_with="db-preassign"><handler id="scheduler0"/></handlers>');

export const wfHandlerNotStarted: Rule = {
  code: 'GX449',
  name: 'wf-handler-not-started',
  severity: 'error',
  summary: 'A handler is listed in the workflow schedulers file, and no process has its name.',
  why: 'Nothing starts a process because it is listed there. Invocations that are given to it wait for ever.',
  source: 'galaxyproject/galaxy#4976; Gravity never reads this file',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity('scheduler')),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': listed,
    },
    at: 'workflow_schedulers_conf.xml:3:55',
    good: {
      'galaxy.yml': galaxyYml(gravity('scheduler0')),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': listed,
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'workflow-schedulers', 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const handling = instance.workflowSchedulers?.handling;
      const { workers, workflow } = siteOf(instance);
      if (!handling || handling.assignBroken) continue;
      const running = new Set(workers.map((one) => one.name.value));
      const scheduled = workers.some((one) => one.scheduler.schedules);
      let left = 100;
      for (const handler of handling.handlers) {
        const id = handler.id.value;
        if (running.has(id)) continue;
        const near = left-- > 0 ? suggest(id, running) : undefined;
        const given = workflow?.methods.methods.includes('db-preassign') === true;
        report(
          finding(
            this,
            `no process is called ${quoted(id)}${near === undefined ? '' : `; did you mean "${near}"?`}`,
            placeIn(handler.id, handler),
            {
              labels: expansionOf(handler),
              ...(given || !scheduled
                ? {}
                : {
                    severity: 'warning',
                    why: 'nothing starts a process because it is listed there; others schedule the workflows',
                  }),
              help: `start one under this name in the gravity section: handlers: {${id}: {pools: [workflow-schedulers]}}`,
            },
          ),
        );
      }
    }
  },
};
