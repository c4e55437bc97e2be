// Taking over a set of files that others wrote: what it runs, process by process, against what the configuration says.

import type { Deployment } from '../model/deployment.ts';
import type { RunningProcess, RunningSet } from '../model/running.ts';
import { compareRunning } from './compare-running.ts';
import { calledProcess, gravityCall } from './gravity-set.ts';

export interface AdoptedProcess {
  /** What Galaxy's administrator calls it. */
  readonly name: string;
  /** What its manager calls it now; absent for one that is new. */
  readonly id?: string;
  /** True when it would start the same. */
  readonly same: boolean;
  /** What is not the same, in words without secrets. */
  readonly differences: readonly string[];
  /** True when Gravity's own command starts it. */
  readonly byGravity: boolean;
}

/** Every process of either set. @param standing what the files to be taken over run */
export function compareAdopted(
  standing: RunningSet,
  fresh: RunningSet,
  deployment: Deployment,
): AdoptedProcess[] {
  const left = new Map(fresh.processes.map((one) => [one.id, one]));
  const known = standing.processes.map((one): AdoptedProcess => {
    const call = gravityCall(one);
    const called = call && calledProcess(call, deployment);
    const other = called
      ? fresh.processes.find(({ name, id }) => left.has(id) && name === called.process.name)
      : left.get(one.id);
    if (!other)
      return {
        name: one.name,
        id: one.id,
        same: false,
        differences: ['it would no longer run'],
        byGravity: call !== undefined,
      };
    left.delete(other.id);
    const config = called?.instance.gravityFile.value;
    const differences = [
      ...(call?.configFile !== undefined && call.configFile !== config
        ? [`it reads ${call.configFile} instead of ${config}`]
        : []),
      ...differencesOf(one, other, call !== undefined && called !== undefined),
    ];
    return {
      name: other.name,
      id: one.id,
      same: differences.length === 0,
      differences,
      byGravity: call !== undefined,
    };
  });
  const added = [...left.values()].map(
    ({ name }): AdoptedProcess => ({
      name,
      same: false,
      differences: ['it does not run now'],
      byGravity: false,
    }),
  );
  return [...known, ...added];
}

// What a process is given; the rest is how its manager treats it, in which gxgen differs from Gravity on purpose.
const given: ReadonlySet<string> = new Set([
  ...['command', 'environment', 'directory', 'umask', 'user', 'startsecs', 'stopwaitsecs'],
  ...['User', 'Group', 'UMask', 'WorkingDirectory', 'LogNamespace'].map((key) => `Service.${key}`),
  ...['TimeoutStartSec', 'TimeoutStopSec', 'MemoryMax', 'MemoryHigh'].map((key) => `Service.${key}`),
]);

/** @param indirect Gravity makes the command and the environment when the process starts, from the same file */
function differencesOf(before: RunningProcess, after: RunningProcess, indirect: boolean): string[] {
  const [a, b] = indirect ? [bare(before), bare(after)] : comparable(before, after);
  const set = (one: RunningProcess): RunningSet => ({ processes: [one], groups: [], unread: [] });
  return compareRunning(set({ ...a, id: after.id }), set(b)).flatMap(({ atStart, atOnce }) => [
    ...atStart,
    ...atOnce,
  ]);
}

function bare(one: RunningProcess): RunningProcess {
  return restrict({ ...one, argv: [], env: new Map() });
}

/** Without the differences from Gravity that are meant and told in the README. */
function comparable(before: RunningProcess, after: RunningProcess): [RunningProcess, RunningProcess] {
  const [old, fresh] = [new Map(before.env), new Map(after.env)];
  const virtualenv = old.get('VIRTUAL_ENV');
  // Gravity puts the machine's own PATH behind the virtualenv's.
  if (virtualenv !== undefined && old.get('PATH')?.startsWith(`${virtualenv}/bin/:`)) {
    old.delete('PATH');
    fresh.delete('PATH');
  }
  const config = after.argv[after.argv.indexOf('-c') + 1];
  if (!old.has('GALAXY_CONFIG_FILE') && config === fresh.get('GALAXY_CONFIG_FILE'))
    fresh.delete('GALAXY_CONFIG_FILE');
  return [restrict({ ...before, env: old }), restrict({ ...after, env: fresh })];
}

function restrict(one: RunningProcess): RunningProcess {
  const own = (values: ReadonlyMap<string, string>) =>
    [...values].filter(([key]) => given.has(key)).map(([key, value]) => [key, plain(key, value)] as const);
  return {
    ...one,
    atStart: new Map([
      ...own(one.atStart),
      ['command', JSON.stringify(one.argv)],
      ['environment', JSON.stringify([...one.env].sort(([a], [b]) => (a < b ? -1 : 1)))],
    ]),
    atOnce: new Map(own(one.atOnce)),
  };
}

/** Sizes in bytes: Gravity writes gigabytes. */
function plain(key: string, value: string): string {
  const size = /^([\d.]+)([KMGT])$/.exec(value);
  if (!key.startsWith('Service.Memory') || !size) return value;
  return String(Math.round(Number(size[1]) * 1024 ** ('KMGT'.indexOf(size[2] ?? 'K') + 1)));
}
