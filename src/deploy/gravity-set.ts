// Sets of files that Gravity wrote: which they are, and which process of the model each of its services is.

import type { Host } from '../host/host.ts';
import type { Deployment, Instance, Process } from '../model/deployment.ts';
import { dirname, join } from '../model/paths.ts';
import type { RunningProcess } from '../model/running.ts';

const notice = /^;\s*\n; This file is maintained by Gravity\b/;

/** True for the text of a file that Gravity wrote. */
export function isOfGravity(text: string): boolean {
  return notice.test(text);
}

/**
 * The files that Gravity wrote for the same servers as a set that is to take their place: the targets of the set with
 * what they want, or whatever stands in the same folders. By path.
 */
export function gravityFiles(host: Host, directory: string, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const add = (path: string): string | undefined => {
    const place = join(directory, path);
    const read = host.entry(place)?.kind === 'file' ? host.read(place) : undefined;
    const text = read?.ok ? new TextDecoder().decode(read.bytes) : '';
    if (!isOfGravity(text)) return undefined;
    found.set(path, text);
    return text;
  };
  for (const path of paths) {
    const text = add(path);
    // Only what its own target names is Gravity's: a pattern would take an administrator's galaxy-backup.service along.
    if (text !== undefined && path.endsWith('.target'))
      for (const unit of wantedUnits(text)) add(unit.replace(/@[^@]+\.service$/, '@.service'));
  }
  const folders = new Set(paths.filter((path) => path.endsWith('.conf') && path.includes('/')).map(dirname));
  for (const folder of folders)
    for (const name of host.list(join(directory, folder)))
      if (name.endsWith('.conf')) add(`${folder}/${name}`);
  return found;
}

/**
 * What Gravity wrote beside a set of gxgen's when it was run again: it would go on running, handlers of the same names
 * among it. @param own the paths of the set
 */
export function gravityBeside(host: Host, directory: string, own: readonly string[]): string[] {
  return [...gravityFiles(host, directory, own).keys()].filter((path) => !own.includes(path)).sort();
}

function wantedUnits(text: string): string[] {
  return [...text.matchAll(/^Wants=(.*)$/gm)]
    .flatMap(([, units = '']) => units.split(/\s+/))
    .filter((unit) => /^[\w:.@\\-]+\.service$/.test(unit));
}

/** What a unit or a program of Gravity's default style runs: one of its services, by way of galaxyctl. */
export interface GravityCall {
  readonly configFile: string | undefined;
  readonly instance: string;
  readonly service: string;
  readonly number: number;
}

export function gravityCall({ argv }: Pick<RunningProcess, 'argv'>): GravityCall | undefined {
  const exec = argv.indexOf('exec');
  if (exec < 1 || !/(^|\/)galaxy(ctl)?$/.test(argv[0] ?? '')) return undefined;
  const rest = argv.slice(exec + 1);
  const at = rest.indexOf('--service-instance');
  const number = at < 0 ? 0 : Number(rest[at + 1]);
  const [instance, service] = at < 0 ? rest : rest.toSpliced(at, 2);
  const config = argv.indexOf('--config-file');
  if (instance === undefined || service === undefined) return undefined;
  return { configFile: config < 0 ? undefined : argv[config + 1], instance, service, number };
}

/** The instance and the process that Gravity starts for a call. */
export function calledProcess(
  call: GravityCall,
  { instances }: Deployment,
): { readonly instance: Instance; readonly process: Process } | undefined {
  const instance = instances.find((one) => one.name.value === call.instance);
  const processes = instance?.services
    .filter((one) => one.name === call.service)
    .flatMap((one) => one.processes);
  const process = processes?.[call.number];
  return instance && process ? { instance, process } : undefined;
}
