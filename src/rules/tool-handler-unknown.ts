import type { Instance } from '../model/deployment.ts';
import { defaultTag } from '../model/routing.ts';
import { assignMethods } from '../model/routing-assign.ts';
import { handlerNames, poolTags } from '../model/routing-names.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { suggest } from '../text/suggest.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const tools = (name: string) => `tools:\n  - id: upload1\n    handler: ${name}\n`;

export const toolHandlerUnknown: Rule = {
  code: 'GX488',
  name: 'tool-handler-unknown',
  severity: 'error',
  summary: 'A tool is mapped to a handler or tag that no process has.',
  why: 'Its jobs wait in the state "new" for ever, without a message, or cannot be submitted.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, assign_handler; lib/galaxy/jobs/handler.py',
  since: '19.01',
  example: {
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('handler_2') }) },
    at: 'job_conf.yml:12:14',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('handler_1') }) },
  },
  check(deployment, report) {
    // Handlers of another machine have names that are written there.
    if (deployment.elsewhere.some((one) => one.value === 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const { jobs, release } = instance;
      // Kept in memory only, jobs go to the process that made them.
      if (jobs.partial || !assignMethods(jobs.handling, release?.value).tracksJobs) continue;
      const known = knownHandlers(instance);
      const nearest = new Map<string, string | undefined>();
      for (const tool of jobs.tools) {
        const name = tool.handler?.value;
        if (name === undefined || known.has(name) || !(tool.id ?? tool.class)) continue;
        if (!nearest.has(name)) nearest.set(name, suggest(name, known));
        const near = nearest.get(name);
        const who = quoted(tool.id?.value ?? tool.class?.value ?? '');
        const shown = [...known].filter((one) => one !== defaultTag && one !== '').slice(0, 12);
        report(
          finding(
            this,
            `${who} is mapped to the handler ${quoted(name)}, which does not exist${near ? `; did you mean "${near}"?` : ''}`,
            placeIn(tool.handler, tool),
            {
              labels: expansionOf(tool),
              help:
                shown.length === 0
                  ? 'remove the handler, for there is none'
                  : `the handlers and tags are ${shown.join(', ')}`,
            },
          ),
        );
      }
    }
  },
};

// Ids and tags of the file, the names of processes, and the tags of the pools they are in.
function knownHandlers({ jobs, services }: Instance): Set<string> {
  const known = new Set<string>([defaultTag, ...handlerNames(jobs.handling.handlers).entries.keys()]);
  for (const { processes } of services) {
    for (const { serverName, pools } of processes) {
      if (serverName) known.add(serverName.value);
      for (const tag of poolTags(
        pools.map((one) => one.value),
        'job-handlers',
      ))
        known.add(tag);
    }
  }
  return known;
}
