// The layout `wrapper`: one service that runs Galaxy's own `galaxy` command (part of Gravity), which reads the file
// again and starts the processes itself, without a process manager of its own.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance, Process, Service } from '../../model/deployment.ts';
import { byDefault, isWritten, map, spanOf } from '../../model/located.ts';
import type { OutputFile } from '../backend.ts';
import { fileOfInstance } from '../names.ts';
import { unitName } from './escape.ts';
import { serviceUnit } from './service.ts';
import type { UnitContext } from './unit.ts';

/** @param shared true when the file has other instances, all of which the command would start */
export function wrapperUnit(context: UnitContext, shared: boolean, report: Report): OutputFile[] {
  reportLost(context.instance, shared, report);
  const process = wrapperProcess(context.instance);
  const unit = serviceUnit(process, context.base, context.title, context);
  const path = context.carry(
    unitName(`${context.base}.service`),
    'the name of the instance',
    context.instance.name,
  );
  if (!unit || path === undefined) return [];
  const data = {
    ...unit.data,
    online: context.online,
    wantedBy: context.wantedBy,
  };
  return [{ path, text: context.templates('systemd/wrapper', data), mode: 0o644 }];
}

function wrapperProcess(instance: Instance): Process {
  const processes = instance.services.flatMap((one) => one.processes);
  const { virtualenv, user, group } = instance;
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const variables = virtualenv
    ? [
        { name: 'VIRTUAL_ENV', value: virtualenv, secret: false },
        { name: 'PATH', value: map(virtualenv, (folder) => `${folder}/bin:${path}`), secret: false },
      ]
    : [];
  return {
    name: 'galaxy',
    type: 'galaxy',
    argv: [
      virtualenv ? map(virtualenv, (folder) => `${folder}/bin/galaxy`) : byDefault('galaxy'),
      byDefault('--config-file'),
      instance.gravityFile,
      byDefault('--state-dir'),
      instance.stateDir,
    ],
    env: variables,
    cwd: instance.root,
    umask: processes[0]?.umask ?? byDefault('022'),
    ...(user ? { user } : {}),
    ...(group ? { group } : {}),
    startTimeout: byDefault(0),
    stopTimeout: longestStop(processes),
    stopSignal: 'TERM',
    restart: 'always',
    autostart: true,
    readiness: 'exec',
    listens: [],
    dirs: [],
    log: instance.logDir,
    graceful: 'none',
    pools: [],
  };
}

/** 0 is for ever. */
function longestStop(processes: readonly Process[]): Process['stopTimeout'] {
  const stops = processes.map((one) => one.stopTimeout);
  const rank = (seconds: number) => (seconds === 0 ? Number.POSITIVE_INFINITY : seconds);
  return stops.reduce((a, b) => (rank(b.value) > rank(a.value) ? b : a), stops[0] ?? byDefault(10));
}

function reportLost(instance: Instance, shared: boolean, report: Report): void {
  const manager = instance.processManager;
  if (isWritten(manager) && manager.value !== 'multiprocessing')
    report(
      problem('GX722', `the "galaxy" command would hand its processes to ${manager.value}`, spanOf(manager), {
        why: 'Gravity follows "process_manager" here too, so the unit would start nothing by itself',
        help: 'remove "process_manager" or set it to "multiprocessing", or use the layout "units"',
      }),
    );
  if (shared)
    report(
      problem(
        'GX722',
        'the "galaxy" command would start every instance of the file',
        spanOf(instance.name) ?? fileOfInstance(instance),
        {
          why: 'each unit would start all of them',
          help: 'give each instance a file of its own, or use the layout "units"',
        },
      ),
    );
  for (const [name, members] of lists(instance.services))
    report(
      problem(
        'GX720',
        `the "galaxy" command does not start "${name}", which has ${members.length} processes`,
        spanOf(members[0]?.serverName ?? members[0]?.argv[0]),
        {
          why: 'Gravity keeps them as instances of one service, and this command starts a service without the number of an instance',
          help: 'set "use_service_instances" in "gravity" to false, or use the layout "units"',
        },
      ),
    );
  const processes = instance.services.flatMap((one) => one.processes);
  const limited = processes.flatMap((one) => one.memoryMax ?? one.memoryHigh ?? [])[0];
  if (limited)
    report(
      problem('GX720', 'one unit for all processes has no memory limit for one of them', spanOf(limited), {
        why: 'a process that grows without bound takes the others with it',
        help: 'use the layout "units"',
      }),
    );
  const umask = processes[0]?.umask.value;
  const other = processes.find((one) => one.umask.value !== umask);
  if (other)
    report(
      problem(
        'GX720',
        `one unit for all processes has one umask, so that of "${other.name}" is lost`,
        spanOf(other.umask),
        {
          why: `its files are made with ${umask}`,
          help: 'use the layout "units"',
        },
      ),
    );
}

/** What Gravity keeps as one service with several members. */
function lists(services: readonly Service[]): [string, Process[]][] {
  const byName = new Map<string, Process[]>();
  for (const { name, processes } of services) byName.set(name, [...(byName.get(name) ?? []), ...processes]);
  return [...byName].filter(([, processes]) => processes.length > 1);
}
