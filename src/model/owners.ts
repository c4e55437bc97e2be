// Under which names jobs and workflow invocations are kept in Galaxy's database: what may not go while rows carry it.

import type { Deployment, Instance } from './deployment.ts';
import { siteOf, webName } from './routing-site.ts';

/** A name that rows of the database may carry. */
export interface JobOwner {
  readonly instance: string;
  /** Of a process: `handler_3`, `main.2`; of a tag: `special`. */
  readonly name: string;
  /** `process`: it runs the jobs that carry its name. `tag`: new jobs carry it until a process takes them. */
  readonly kind: 'process' | 'tag';
}

export function jobOwners({ instances }: Deployment): JobOwner[] {
  return instances.flatMap((instance) => {
    const own = (name: string, kind: JobOwner['kind']) => ({ instance: instance.name.value, name, kind });
    const processes = processNames(instance);
    const tags = [...siteOf(instance).taken].filter((name) => !processes.has(name));
    return [
      ...[...processes].map((name) => own(name, 'process')),
      // A web worker takes rows under its own name, numbered from 1 on.
      ...tags.filter((name) => !isWebName(instance, name)).map((name) => own(name, 'tag')),
    ];
  });
}

function processNames(instance: Instance): Set<string> {
  const names = new Set<string>();
  for (const { kind, process, service, name, job, scheduler } of siteOf(instance).workers) {
    if (!job.isHandler && !scheduler.schedules) continue;
    if (kind !== 'web') names.add(name.value);
    else
      for (let number = 1; number <= workersOf(service.settings.workers?.value); number++)
        names.add(webName(instance, process, number).value);
  }
  return names;
}

function workersOf(value: unknown): number {
  // Beyond it nobody runs workers; the names are only for comparing.
  return Math.min(Number(value ?? 1) || 1, 1000);
}

function isWebName(instance: Instance, name: string): boolean {
  return siteOf(instance).workers.some((one) => one.kind === 'web' && one.name.value === name);
}
