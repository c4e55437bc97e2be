// The task queue: workers, and the one scheduler that fills it.

import type { Process } from '../deployment.ts';
import { derived, type Located, spanOf } from '../located.ts';
import { join } from '../paths.ts';
import type { CelerySettings } from '../settings.ts';
import { extraWords, makeProcess, program, type ServiceContext, word, words } from './context.ts';

export function celeryProcess(context: ServiceContext, settings: CelerySettings): Process {
  return makeProcess(context, {
    name: 'celery',
    type: 'celery',
    argv: [
      program(context, 'celery'),
      ...words('--app', 'galaxy.celery', 'worker', '--concurrency'),
      word(settings.concurrency),
      ...words('--loglevel'),
      settings.loglevel,
      ...words('--pool'),
      settings.pool,
      ...words('--queues'),
      settings.queues,
      ...extraWords(context, settings.extraArgs),
    ],
    settings,
    variables: variables(context),
    graceful: 'restart',
  });
}

/** Shares the settings of the worker, but for its `extra_args`. */
export function celeryBeatProcess(context: ServiceContext, settings: CelerySettings): Process {
  const { stateDir } = context;
  return makeProcess(context, {
    name: 'celery-beat',
    type: 'celery-beat',
    argv: [
      program(context, 'celery'),
      ...words('--app', 'galaxy.celery', 'beat', '--loglevel'),
      settings.loglevel,
      ...words('--schedule'),
      derived(join(stateDir.value, 'celerybeat-schedule'), 'the state directory', spanOf(stateDir)),
    ],
    settings,
    variables: variables(context),
    // The schedule file is written there, and nobody else creates the folder.
    dirs: [stateDir],
    graceful: 'restart',
  });
}

function variables(context: ServiceContext): { name: string; value: Located<string> }[] {
  return [
    { name: 'PYTHONPATH', value: words('lib')[0] as Located<string> },
    { name: 'GALAXY_CONFIG_FILE', value: context.configFile },
  ];
}
