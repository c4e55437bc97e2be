import { spanOf } from '../model/located.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobGoes, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = `  handlers:
    mapper:
      pools: [job-handlers.mapping, workflow-schedulers]
`;
const tools = '    <tools>\n        <tool id="bwa_mem" handler="mapping"/>\n    </tools>\n';

export const toolHandlerUnassignable: Rule = {
  code: 'GX464',
  name: 'tool-handler-unassignable',
  severity: 'error',
  summary:
    'A tool is mapped to a dynamic handler, but jobs are given out by a method that knows only listed ones.',
  why: 'The process that makes the job looks the name up among the handlers of the job configuration; it is not there, so every job of the tool fails when it is submitted.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `_assign_db_self_handler`',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml('<handlers assign_with="db-self"/>', tools),
    },
    at: 'job_conf.xml:10:37',
    good: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml('<handlers assign_with="db-self,db-skip-locked"/>', tools),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const { answering, jobs } = siteOf(instance);
      // What "db-preassign" cannot do for dynamic handlers is told once, at the method.
      if (jobs.methods.methods.includes('db-preassign')) continue;
      const told = new Map<string, boolean>();
      const method = spanOf(instance.jobs.handling.assign);
      for (const tool of instance.jobs.tools) {
        if (!tool.handler) continue;
        const name = tool.handler.value;
        const known = told.get(name);
        const fails = known ?? (answering.has(name) && jobGoes(instance, name).kind === 'fails');
        if (known === undefined) told.set(name, fails);
        if (!fails) continue;
        report(
          finding(
            this,
            `${jobs.methods.methods.join(', ')} cannot give jobs to ${quoted(name)}`,
            placeIn(tool.handler, tool),
            {
              labels: [...(method ? [{ span: method, text: 'the method' }] : []), ...expansionOf(tool)],
              help: 'add db-skip-locked to the methods, or list the handler in the job configuration',
            },
          ),
        );
      }
    }
  },
};
