// Where Celery tasks go and who reads them. Source: lib/galaxy/celery of Galaxy, the worker of Celery.

import type { Plain } from '../syntax/tree.ts';
import { argumentValues, flag } from './arguments.ts';
import type { Instance, Service } from './deployment.ts';
import { byDefault, type Located } from './located.ts';
import { option } from './options.ts';

/** Galaxy's own default queue, for tasks that nothing routes. */
const internalQueue = 'galaxy.internal';

/** A key of `celery_conf` as text; undefined when it is absent, null or no scalar. May be secret: never shown. */
export function celeryOption(instance: Instance, key: string): string | undefined {
  const value = conf(instance)?.[key];
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

/** The lists of queues a worker reads, as they are written: the last one on its command line counts. */
export function queuesOf(worker: Service): Located<string>[] {
  const setting = worker.settings.queues as Located<string> | undefined;
  return worker.processes.flatMap((process) => {
    const queues = argumentValues(process, ['--queues', '-Q']).at(-1) ?? setting;
    return queues ? [queues] : [];
  });
}

/** Every Celery beat of an instance, where it was asked for: the service, and workers that run one beside their tasks. */
export function beats({ services }: Instance): Located<unknown>[] {
  return services.flatMap(({ kind, settings, processes }) => {
    if (kind === 'celery-beat') return [settings.enable_beat ?? byDefault(true)];
    return kind === 'celery' ? processes.flatMap((one) => flag(one, ['--beat', '-B']) ?? []) : [];
  });
}

export interface RoutedQueue {
  readonly queue: string;
  /** The task that is routed there; undefined for the queue of all others. */
  readonly task?: string;
}

/** Every queue that gets tasks, each once. Routes are known where they are a mapping of names. */
export function routedQueues(instance: Instance): RoutedQueue[] {
  const written = conf(instance);
  const own = written?.task_default_queue;
  const found = new Map<string, RoutedQueue>();
  const fallback = typeof own === 'string' && own !== '' ? own : internalQueue;
  found.set(fallback, { queue: fallback });
  const routes = written === undefined ? defaultRoutes : written.task_routes;
  if (typeof routes === 'object' && routes !== null && !Array.isArray(routes)) {
    for (const [task, route] of Object.entries(routes)) {
      const queue = isMapping(route) ? route.queue : route;
      if (typeof queue === 'string' && !found.has(queue)) found.set(queue, { queue, task });
    }
  }
  return [...found.values()];
}

const defaultRoutes: Plain = {
  'galaxy.fetch_data': 'galaxy.external',
  'galaxy.set_job_metadata': 'galaxy.external',
};

function conf(instance: Instance): { [key: string]: Plain } | undefined {
  const value = option(instance, 'celery_conf')?.value;
  return isMapping(value) ? value : undefined;
}

function isMapping(value: Plain | undefined): value is { [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
