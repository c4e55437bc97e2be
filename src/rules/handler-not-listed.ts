import { isOn } from '../model/options.ts';
import { didYouMean, quoted, suggester } from '../model/routing-place.ts';
import { jobRole, schedulerRole } from '../model/routing-process.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const listed = jobConfXml('<handlers>\n        <handler id="handler1"/>\n    </handlers>');
const programs = (...names: readonly string[]) =>
  names
    .map(
      (name) => `[program:${name}]
command=/srv/galaxy/venv/bin/python lib/galaxy/main.py -c config/galaxy.yml --server-name=${name}
directory=/srv/galaxy/server
`,
    )
    .join('\n');

export const handlerNotListed: Rule = {
  code: 'GX398',
  name: 'handler-not-listed',
  severity: 'error',
  summary: 'A supervisor file starts a process that is in no pool and that no configuration lists.',
  why: 'Galaxy gives work only to processes that are in a pool or listed by name. This one stays idle.',
  source:
    'Galaxy: doc/source/admin/scaling.md, whose example starts handler0 and lists handler1 to handler5; lib/galaxy/jobs/handler.py',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': listed,
      'supervisor.conf': programs('handler0', 'handler1'),
    },
    at: 'supervisor.conf:2:91',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': listed, 'supervisor.conf': programs('handler1') },
  }),
  check(deployment, report) {
    const { instances, started } = deployment;
    const lists = instances.map(({ jobs }) => jobs.handling.handlers.map((one) => one.id.value));
    if (!started || !lists.some((ids) => ids.length > 0)) return;
    // What a process would find may be in the part that could not be read.
    if (instances.some(({ jobs }) => jobs.partial || jobs.handling.assignBroken)) return;
    const suggest = suggester(lists.flat());
    const running = new Set(started.processes.map((one) => one.serverName.value));
    const told = new Set<string>();
    for (const { serverName, pools, place, web } of started.processes) {
      const asked = { serverName: serverName.value, pools: pools.map((one) => one.value) };
      if (web || asked.pools.length > 0 || told.has(asked.serverName)) continue;
      const busy = instances.some((instance) => {
        const { jobs, workflowSchedulers } = instance;
        const release = instance.release?.value;
        const facts = { trackJobs: isOn(instance, 'track_jobs_in_database', true) };
        const site = siteOf(instance);
        const tables = {
          jobs: site.jobs.table,
          ...(site.workflow ? { workflow: site.workflow.table } : {}),
        };
        return (
          jobRole(jobs.handling, asked, release, facts, tables.jobs).isHandler ||
          schedulerRole(jobs.handling, workflowSchedulers, asked, release, facts, tables).schedules
        );
      });
      if (busy) continue;
      told.add(asked.serverName);
      const near = suggest(asked.serverName);
      const meant = near !== undefined && running.has(near) ? undefined : near;
      report(
        finding(
          this,
          `${quoted(asked.serverName)} is listed nowhere and in no pool${didYouMean(meant)}`,
          place,
          {
            help: 'list it in the handlers of the job configuration, or add --attach-to-pool=job-handlers',
          },
        ),
      );
    }
  },
};
