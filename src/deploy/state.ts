// Where gxgen keeps what it knows of a directory it installs into: a hidden folder in that directory.
//
//   .gxgen/current -> generations/7      the generation that is installed
//   .gxgen/generations/7/manifest.json   what it consists of
//   .gxgen/generations/7/files/...       its files, with their modes and owners
//   .gxgen/lock-1 -> pid=...             who changes the directory now
//   .gxgen/switch/                       a switch under way (journal.ts), or one that was interrupted

import type { Host } from '../host/host.ts';
import { basename, dirname, join } from '../model/paths.ts';

/** Hidden, so that no process manager takes what is in it for its own files. */
export const stateFolder = '.gxgen';

export function statePath(directory: string, ...rest: readonly string[]): string {
  return [join(directory, stateFolder), ...rest].join('/');
}

export function generationPath(directory: string, generation: number, ...rest: readonly string[]): string {
  return statePath(directory, 'generations', String(generation), ...rest);
}

/**
 * Where the two views of a switch stand, which installed names lead to while it is under way. systemd takes a link that
 * stays inside its own directory for an alias, and a unit that is its own alias for none; so theirs stand beside it.
 */
export function viewsPath(directory: string, target: string): string {
  return target === 'systemd'
    ? join(dirname(directory), `${stateFolder}-${basename(directory)}`)
    : statePath(directory, 'switch', 'views');
}

/** A copy that programs are asked about, which a run that was killed may leave. */
export function checkPath(directory: string): string {
  return statePath(directory, 'check');
}

/** The generations that are kept, oldest first: those that were written to their end. */
export function keptGenerations(host: Host, directory: string): number[] {
  return numbersIn(host, directory).filter(
    (number) => host.kind(generationPath(directory, number, 'manifest.json')) === 'file',
  );
}

/** Every generation that something is left of, oldest first. */
export function numbersIn(host: Host, directory: string): number[] {
  return host
    .list(statePath(directory, 'generations'))
    .filter((name) => /^[1-9]\d{0,14}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The generation that `current` names, which an interrupted switch may be ahead of. */
export function namedGeneration(host: Host, directory: string): number | undefined {
  const to = host.entry(statePath(directory, 'current'))?.to;
  const number = /^generations\/([1-9]\d{0,14})$/.exec(to ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}
