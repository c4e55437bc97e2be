// The draft and the job configuration to the instance: its services, and who is who.

import type { Instance, ProcessManager } from '../../model/deployment.ts';
import type { LegacyEra, LegacyFacts, RunnerUrlUse } from '../../model/legacy.ts';
import { byDefault, derived, type Located, map, spanOf } from '../../model/located.ts';
import { join, normalize } from '../../model/paths.ts';
import { isOlder } from '../../model/release.ts';
import type { JobConfig, WorkflowSchedulers } from '../../model/routing.ts';
import { type Clues, classify, type StartedServer } from './classify.ts';
import { reportServers } from './findings.ts';
import { reportInertJobs } from './findings-jobs.ts';
import { reportApplications } from './findings-paste.ts';
import { otherHost } from './host-names.ts';
import type { LegacyDraft } from './index.ts';
import { legacyServices } from './services.ts';

export interface FinishInput {
  readonly jobs: JobConfig;
  /** Of the INI, where its options are the job configuration. */
  readonly runnerUrls?: readonly RunnerUrlUse[];
  readonly workflowSchedulers?: WorkflowSchedulers;
  readonly layout: 'source' | 'installed';
  /** True when gxgen.yml says that other hosts run handlers. */
  readonly handlersElsewhere: boolean;
  /** From the command line, gxgen.yml or the code. */
  readonly release?: Located<string>;
}

export function finishLegacy(draft: LegacyDraft, input: FinishInput): Instance {
  const { ground, main, options, facts, era } = draft;
  const { jobs, runnerUrls, workflowSchedulers, layout } = input;
  const servers = classify(clues(draft, jobs));
  reportServers(draft, servers, input.handlersElsewhere, ground.report);
  reportInertJobs(facts, jobs, input.release?.value, ground.report);
  const services = legacyServices(draft, servers);
  reportApplications(draft.nameless, servers, services, ground.report);
  const users = services.flatMap((one) => one.processes.map(({ user }) => user));
  const user = ground.user ?? users.find((one) => one !== undefined);
  const dataDir = draft.option('data_dir') ?? byDefault('database');
  const data = map(dataDir, (path) => normalize(join(ground.root.value, path)));
  return {
    place: draft.place,
    name: byDefault('_default_'),
    layout,
    processManager: byDefault<ProcessManager>('supervisor'),
    root: ground.root,
    configFile: derived(main.server, 'the name of the file'),
    gravityFile: derived(main.server, 'the name of the file'),
    ...(ground.virtualenv ? { virtualenv: ground.virtualenv } : {}),
    ...(user ? { user } : {}),
    ...(ground.group ? { group: ground.group } : {}),
    release: input.release ?? assumedRelease(era, facts.form),
    dataDir: data,
    stateDir: derived(data.value, 'data_dir', spanOf(data)),
    logDir: ground.logDir,
    options,
    services,
    jobs,
    ...(workflowSchedulers ? { workflowSchedulers } : {}),
    legacy: {
      ...facts,
      servers,
      ...(runnerUrls ? { runnerUrls } : {}),
      started:
        draft.programs.length > 0
          ? { by: 'supervisor', evidence: `${draft.programs.length} programs of supervisor were read` }
          : facts.form === 'ini' && facts.uwsgi
            ? { by: 'uwsgi', evidence: 'there is a [uwsgi] section, and nothing says what starts it' }
            : { by: 'run.sh', evidence: 'nothing says what starts the servers' },
    },
  };
}

function clues({ servers, programs, facts, option, hostName }: LegacyDraft, jobs: JobConfig): Clues {
  const started = programs.flatMap(({ program, processes }) =>
    processes.flatMap(({ serverName, facts: { role }, pools }): StartedServer[] =>
      serverName && (role === 'paste' || role === 'webless')
        ? [{ name: serverName, form: role, program: program.name, pooled: pools.length > 0 }]
        : [],
    ),
  );
  const uwsgi = facts.uwsgi !== undefined || programs.some((one) => /^(?:uwsgi|zerg)/.test(one.program.role));
  return {
    sections: servers.map(({ server, runsJobs }) => ({
      name: server.name,
      header: server.header,
      settings: server.options,
      ...(runsJobs === undefined ? {} : { runsJobs }),
    })),
    started,
    programsKnown: programs.some((one) => one.program.role !== 'other'),
    handling: jobs.handling,
    jobFile: jobs.format === 'xml' || jobs.format === 'yaml',
    uwsgi,
    mules: (facts.uwsgi?.farms ?? []).flatMap(({ name, mules }) =>
      mules.map((_, index) => ({ name: `main.${name.value}.${index + 1}`, place: name })),
    ),
    application: facts.application.kind,
    option,
    hostOf: (id) =>
      otherHost(id, {
        programs,
        started: new Set(started.map((one) => one.name.value)),
        ...(hostName === undefined ? {} : { hostName }),
      }),
  };
}

// Rules ask for one release. A galaxy.ini is taken to be of the last one whose sample it is, unless something tells more.
function assumedRelease({ from, until }: LegacyEra, form: LegacyFacts['form']): Located<string> {
  const last =
    form === 'ini' && (from === undefined || isOlder(from, '18.01')) && !isOlder(until, '17.09')
      ? '17.09'
      : until;
  return derived(last, 'the form of the configuration');
}
