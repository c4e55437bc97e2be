// What has to start again, told from the two models alone: what the plan, which reads units, is checked against.

import { isDeepStrictEqual } from 'node:util';
import type { Process } from '../../src/model/deployment.ts';
import type { PlanSide } from './plan-sides.ts';

// Reloadable, and only where Galaxy watches its file.
const watched = 'admin_users';

/** By the name of the process: true when it cannot go on as it is. Only processes that both sides have. */
export function mustChange(before: PlanSide, after: PlanSide): Map<string, boolean> {
  const old = byName(before);
  const options = optionsDiffer(before, after);
  const jobs =
    !isDeepStrictEqual(before.choice.statics, after.choice.statics) ||
    !isDeepStrictEqual(before.choice.tools, after.choice.tools);
  return new Map(
    [...byName(after)].flatMap(([name, { process, kind }]) => {
      const other = old.get(name);
      if (!other) return [];
      const isGalaxy = ['gunicorn', 'celery', 'celery-beat', 'handler'].includes(kind);
      const readsJobs = isGalaxy && kind !== 'celery-beat';
      const started = !isDeepStrictEqual(given(other.process), given(process));
      return [[name, started || (isGalaxy && options) || (readsJobs && jobs)] as const];
    }),
  );
}

function byName({ deployment }: PlanSide) {
  return new Map(
    deployment.instances.flatMap(({ services }) =>
      services.flatMap(({ kind, processes }) =>
        processes.map((process) => [process.name, { process, kind }] as const),
      ),
    ),
  );
}

/** What the operating system gives it when it starts. */
function given({ argv, env, cwd, umask, user, group, dirs }: Process) {
  return {
    argv: argv.map((one) => one.value),
    env: new Map(env.map((one) => [one.name, one.value.value])),
    cwd: cwd.value,
    umask: umask.value,
    user: user?.value,
    group: group?.value,
    dirs: dirs.map((one) => one.value),
  };
}

function optionsDiffer(before: PlanSide, after: PlanSide): boolean {
  const [old, fresh] = [before, after].map(({ choice }) => ({
    ...choice.options,
    proxy: choice.proxy,
    ...(after.choice.options.watch_core_config === true && before.choice.options.watch_core_config === true
      ? { [watched]: '' }
      : {}),
  }));
  return !isDeepStrictEqual(old, fresh);
}
