// Which differences follow from others: a process has most of what it is given from its service and its instance.

import type { Difference } from './compare.ts';

type Found = Pick<Difference, 'instance' | 'path' | 'change'>;

// What a leaf of a process follows from: settings of its service, and of the instance.
const sources: Readonly<
  Record<string, { readonly service?: readonly string[]; readonly instance?: readonly string[] }>
> = {
  argv: { instance: ['virtualenv', 'root', 'config_file', 'state_dir'] },
  cwd: { instance: ['root'] },
  user: { instance: ['user'] },
  group: { instance: ['group'] },
  log: { instance: ['log_dir'] },
  umask: { service: ['umask'] },
  start_timeout: { service: ['start_timeout'] },
  readiness: { service: ['start_timeout'] },
  stop_timeout: { service: ['stop_timeout'] },
  memory_limit: { service: ['memory_limit'] },
  memory_high: { service: ['memory_high'] },
  graceful: { service: ['preload', 'extra_args'] },
  listens: { service: ['bind', 'host', 'port', 'extra_args'] },
  dirs: { service: ['upload_dir'], instance: ['state_dir'] },
  'env VIRTUAL_ENV': { instance: ['virtualenv'] },
  'env PATH': { instance: ['virtualenv'] },
  'env GALAXY_CONFIG_FILE': { instance: ['config_file'] },
  'env GALAXY_REPORTS_CONFIG': { service: ['config_file'] },
};

/**
 * A question about each of the differences: whether another one is its cause.
 * @param services the service of each process, by instance and name of the process
 */
export function implications(
  found: readonly Found[],
  services: ReadonlyMap<string, string>,
): (one: Found) => boolean {
  const differs = new Set(found.map(({ instance, path }) => key(instance, path)));
  // What has settings that differ, by its first two parts.
  const touched = new Set(
    found.filter(({ path }) => path.length > 2).map(({ instance, path }) => key(instance, path.slice(0, 2))),
  );
  const processes = new Map<string, string[]>();
  for (const [process, service] of services) {
    const [instance = '', name = ''] = process.split('\0');
    const own = key(instance, ['service', service]);
    processes.set(own, [...(processes.get(own) ?? []), key(instance, ['process', name])]);
  }
  return ({ instance, path, change }) => {
    const [kind, name = '', first = '', ...rest] = path;
    // A service that comes or goes shows in its processes.
    if (kind === 'service' && path.length === 2 && change !== 'changed')
      return (processes.get(key(instance, path)) ?? []).some((one) => differs.has(one));
    if (kind !== 'process' || path.length === 2) return false;
    const service = services.get(`${instance}\0${name}`) ?? '';
    const source = sources[[first, ...rest].join(' ')];
    return (
      (first === 'argv' && touched.has(key(instance, ['service', service]))) ||
      (first === 'argv' && differs.has(key(instance, ['process', name, 'pools']))) ||
      (source?.service ?? []).some((one) => differs.has(key(instance, ['service', service, one]))) ||
      (source?.instance ?? []).some((one) => differs.has(key(instance, ['instance', one])))
    );
  };
}

function key(instance: string, path: readonly string[]): string {
  return `${instance}\0${path.join('\0')}`;
}
