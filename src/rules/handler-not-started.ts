import { isOnOtherMachine } from '../model/elsewhere.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const listed = jobConfXml(
  '<handlers assign_with="db-skip-locked">\n        <handler id="handler0"/>\n        <handler id="handler1"/>\n    </handlers>',
);
const program = (count: number) => `[program:handler]
command=/srv/galaxy/venv/bin/python lib/galaxy/main.py -c config/galaxy.yml --server-name=handler%(process_num)d
directory=/srv/galaxy/server
process_name=%(program_name)s%(process_num)d
numprocs=${count}
`;

export const handlerNotStarted: Rule = {
  code: 'GX397',
  name: 'handler-not-started',
  severity: 'error',
  summary: 'A handler is listed in the job configuration, and no program of the supervisor files starts it.',
  why: 'Supervisor starts what its own files say and nothing else. Jobs that are given to this handler stay new for ever.',
  source:
    'Galaxy: doc/source/admin/scaling.md, whose example lists handler1 to handler5 and starts handler0 to handler2',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': listed, 'supervisor.conf': program(1) },
    at: 'job_conf.xml:7:22',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': listed, 'supervisor.conf': program(2) },
  }),
  check(deployment, report) {
    const { started } = deployment;
    // Without any process these are not the files that start the handlers: that is reported already.
    if (!started?.complete || started.processes.length === 0) return;
    if (isOnOtherMachine(deployment, 'job-handlers')) return;
    const running = new Set(started.processes.map((one) => one.serverName.value));
    for (const instance of deployment.instances) {
      const dynamic = siteOf(instance).workers.filter((one) => one.kind === 'dynamic');
      const told = new Set([...running, ...dynamic.map((one) => one.name.value)]);
      for (const handler of instance.jobs.handling.handlers) {
        const id = handler.id.value;
        if (told.has(id)) continue;
        told.add(id);
        report(
          finding(this, `no program starts handler ${quoted(id)}`, placeIn(handler.id, handler), {
            labels: expansionOf(handler),
            help: `start one with --server-name=${id} in the supervisor file, or remove the handler here`,
          }),
        );
      }
    }
  },
};
