import { spanOf } from '../model/located.ts';
import { defaultTag } from '../model/routing.ts';
import { assignJob } from '../model/routing-assign.ts';
import { quoted } from '../model/routing-place.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const wfPreassignUnknown: Rule = {
  code: 'GX457',
  name: 'wf-preassign-unknown',
  severity: 'error',
  summary: 'Workflows are given to handlers of the workflow schedulers file, and none there takes them.',
  why: 'The process that makes the invocation picks one of the handlers listed in the file; it knows no others, and running a workflow fails.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `_assign_db_preassign_handler`',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml('<handlers assign_with="db-preassign"/>'),
    },
    at: 'workflow_schedulers_conf.xml:3:28',
    good: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const handling = instance.workflowSchedulers?.handling;
      const { workflow } = siteOf(instance);
      if (!handling || !workflow?.methods.configured || handling.assignBroken || handling.defaultFrom)
        continue;
      const goes = assignJob(workflow.table.names, handling, workflow.methods, instance.release?.value);
      if (goes.kind !== 'fails' || workflow.methods.methods.includes('mem-self')) continue;
      const name = handling.default?.value ?? defaultTag;
      report(
        finding(
          this,
          handling.handlers.length > 0
            ? `no handler listed here takes workflows named ${quoted(name)}`
            : '"db-preassign" needs handlers that are listed here, and there are none',
          spanOf(handling.default) ?? spanOf(handling.assign),
          {
            help:
              handling.handlers.length > 0
                ? `leave one of its handlers without tags, or set the default to one of the tags`
                : 'write "db-skip-locked", or list the schedulers by their names',
          },
        ),
      );
    }
  },
};
