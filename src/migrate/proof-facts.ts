// Both deployments in words that they share: web capacity and addresses, handlers by name, options as Galaxy reads them.
// What a Paste server and a Gunicorn have in common is not their arguments.

import type { Instance, Process, Service } from '../model/deployment.ts';
import { type Fact, Facts, masked, secretMask } from '../model/fact.ts';
import { endpointWords } from '../model/facts.ts';
import { jobFacts } from '../model/facts-jobs.ts';
import { byDefault, derived, type Located } from '../model/located.ts';
import { optionInfo } from '../schema/galaxy-options.ts';
import type { Plain } from '../syntax/tree.ts';
import { variablesOf } from './environment.ts';
import { movedPath } from './option-path.ts';
import { typedValue } from './option-value.ts';
import { uwsgiSettings } from './uwsgi-settings.ts';

/** How the old files were read; absent for the new ones. */
export interface OldReading {
  readonly release: string | undefined;
  readonly pathsOf: string | undefined;
}

/** @param farms names of the old farms of mules: how many processes serve each is compared */
export function proofFacts(instance: Instance, farms: readonly string[], from?: OldReading): Fact[] {
  const facts = new Facts('galaxy');
  facts.add(['instance', 'root'], instance.root);
  facts.maybe(['instance', 'virtualenv'], instance.virtualenv);
  webFacts(instance, facts);
  for (const service of instance.services) if (service.kind === 'handler') handlerFacts(service, facts);
  for (const farm of farms)
    facts.add(['pool', farm], derived(serving(instance, farm), 'the processes that serve it'));
  for (const service of instance.services)
    if (!webKinds.has(service.kind) && service.kind !== 'handler')
      facts.entry(['service', service.name], byDefault(service.kind));
  for (const { name, value, secret } of instance.options) {
    const read = {
      ...value,
      value: from ? readAsOld(name, value.value, instance.root.value, from) : value.value,
    };
    facts.add(['option', name], read, secret ? secretMask : masked(name, value.value));
  }
  jobFacts(instance, facts);
  return facts.list;
}

/** How many processes or mules serve a pool. */
function serving({ services, legacy }: Instance, pool: string): number {
  const mules = legacy?.uwsgi?.farms.find((one) => one.name.value === pool)?.mules.length ?? 0;
  const processes = services.flatMap((one) => one.processes);
  return mules + processes.filter((one) => one.pools.some(({ value }) => value === pool)).length;
}

const webKinds: ReadonlySet<string> = new Set(['paste', 'uwsgi', 'zergpool', 'zergling', 'gunicorn']);

function webFacts(instance: Instance, facts: Facts): void {
  const services = instance.services.filter((one) => webKinds.has(one.kind));
  const processes = services.flatMap((one) => one.processes);
  const [first] = processes;
  if (!first) return;
  const { count, threads } = capacity(instance, services);
  facts.add(['web', 'processes'], count);
  if (threads > count.value) facts.add(['web', 'requests at once'], byDefault(threads));
  const gunicorns = services.filter((one) => one.kind === 'gunicorn').length;
  if (gunicorns > 1 || services.some((one) => one.kind === 'zergpool'))
    facts.add(['web', 'restart without a break'], byDefault(true));
  for (const endpoint of processes.flatMap((one) => one.listens)) {
    const address = endpointWords({ ...endpoint, protocol: 'http' });
    facts.entry(['web', 'address', address], {
      value: endpoint.protocol ?? 'http',
      origin: endpoint.origin.origin,
    });
  }
  const { user, group, entry } = uwsgiSettings(instance);
  const base = processes.find((one) => one.env.length > 0) ?? first;
  // What uWSGI changes itself, whoever starts it.
  processFacts(
    ['web'],
    {
      ...base,
      ...(entry.umask === undefined ? {} : { umask: derived(entry.umask, 'umask') }),
      ...(user === undefined ? {} : { user: derived(user, 'uid') }),
      ...(group === undefined ? {} : { group: derived(group, 'gid') }),
    },
    facts,
  );
}

function capacity(
  instance: Instance,
  services: readonly Service[],
): { count: Located<number>; threads: number } {
  const gunicorns = services.filter((one) => one.kind === 'gunicorn');
  if (gunicorns.length > 0) {
    const workers = gunicorns.map((one) => Number(one.settings.workers?.value ?? 1));
    return {
      count: { value: sum(workers), origin: gunicorns[0]?.settings.workers?.origin ?? { kind: 'default' } },
      threads: 0,
    };
  }
  if (services.some((one) => one.kind === 'uwsgi' || one.kind === 'zergling')) {
    const { processes, threads } = uwsgiSettings(instance);
    return { count: derived(processes, 'processes'), threads: processes * threads };
  }
  const threads = services.map((one) => Number(one.settings.threadpool_workers?.value ?? 10) || 10);
  return {
    count: derived(services.flatMap((one) => one.processes).length, '[server:*]'),
    threads: sum(threads),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function handlerFacts(service: Service, facts: Facts): void {
  for (const process of service.processes) {
    const name = process.serverName?.value ?? process.name;
    const at = facts.entry(['job process', name], process.serverName ?? byDefault(name));
    facts.addList([...at, 'pools'], process.pools);
    for (const endpoint of process.listens)
      facts.add([...at, 'address', endpointWords(endpoint)], {
        value: 'http',
        origin: endpoint.origin.origin,
      });
    processFacts(at, process, facts);
  }
}

// What runs a process, whatever its program. Variables that only belong to the old or new way of starting are left out:
// `environment.ts` says which and why, and the report lists them.
function processFacts(at: readonly string[], process: Process, facts: Facts): void {
  facts.add([...at, 'cwd'], process.cwd);
  facts.add([...at, 'umask'], process.umask);
  facts.maybe([...at, 'user'], process.user);
  facts.maybe([...at, 'group'], process.group);
  for (const { name, value, secret } of variablesOf(process).kept) {
    const origin = process.env.find((one) => one.name === name)?.value.origin ?? { kind: 'default' };
    facts.add([...at, 'env', name], { value, origin }, secret ? secretMask : undefined);
  }
}

/** The value of an option as the old release took it: its type, and where its path led. */
function readAsOld(name: string, value: Plain, root: string, { release, pathsOf }: OldReading): Plain {
  if (typeof value !== 'string') return value;
  return (
    movedPath(name, value, { from: pathsOf, root })?.after ??
    typedValue(optionInfo(name), value, release, '').value
  );
}
