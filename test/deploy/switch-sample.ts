// Two sets of files to switch between, in one directory or two, and what whoever reads them sees.

import { type Content, createContent } from '../../src/deploy/content.ts';
import { manifestFiles, writeGeneration } from '../../src/deploy/generations.ts';
import type { SetChange } from '../../src/deploy/stage.ts';
import { stateFolder, statePath } from '../../src/deploy/state.ts';
import type { Host } from '../../src/host/host.ts';
import { type Fault, type MemoryEntry, type MemoryHost, memoryHost } from '../../src/host/memory.ts';

export const directories = ['/etc/systemd/system', '/etc/nginx/conf.d'];

function file(text: string, mode = 0o644, user = 0): Content {
  return { bytes: new TextEncoder().encode(text), mode, user, group: user };
}

type Set = Readonly<Record<string, Content>>;
const handlers = (from: number, to: number, text: string): Set =>
  Object.fromEntries(
    Array.from({ length: to - from + 1 }, (_, index) => [
      `galaxy-handler_${from + index}.service`,
      file(`${text} ${from + index}\n`),
    ]),
  );

/** By directory: 14 files before, 14 after; some change in text, mode or owner, some stay, some come and some go. */
export const before: readonly Set[] = [
  {
    'galaxy.target': file('old target\n'),
    'galaxy-gunicorn.service': file('old gunicorn\n'),
    'galaxy-gunicorn.env': file('SECRET=old\n', 0o600),
    'galaxy-celery.service': file('the same\n'),
    'galaxy-tusd.service': file('mode\n', 0o600),
    'galaxy-reports.service': file('owner\n', 0o644, 1000),
    'old/deep/x.conf': file('goes with its folder\n'),
    ...handlers(0, 4, 'old handler'),
  },
  { 'galaxy.conf': file('old proxy\n'), 'galaxy-old.conf': file('goes\n') },
];
export const after: readonly Set[] = [
  {
    'galaxy.target': file('new target\n'),
    'galaxy-gunicorn.service': file('new gunicorn\n'),
    'galaxy-gunicorn.env': file('SECRET=new\n', 0o600),
    'galaxy-celery.service': file('the same\n'),
    'galaxy-tusd.service': file('mode\n', 0o644),
    'galaxy-reports.service': file('owner\n'),
    'new/deep/x.conf': file('comes with its folder\n'),
    ...handlers(2, 6, 'new handler'),
  },
  { 'galaxy.conf': file('new proxy\n'), 'galaxy-new.conf': file('comes\n') },
];
export const foreign: Readonly<Record<string, Content>> = {
  'galaxy-backup.service': file('not ours\n', 0o640, 7),
};

/** Lays `before` down, installed as generation 1. @param count how many of the directories */
export function install(host: Host, count: number): void {
  directories.slice(0, count).forEach((directory, index) => {
    const set = before[index] ?? {};
    for (const [path, content] of Object.entries(index === 0 ? { ...set, ...foreign } : set)) {
      host.mkdir(`${directory}/${path}`.replace(/\/[^/]*$/, ''));
      createContent(host, `${directory}/${path}`, content);
    }
    host.mkdir(statePath(directory), 0o755);
    keep(host, directory, index, 1, set);
    host.symlink('generations/1', statePath(directory, 'current'));
  });
}

/** Keeps `after` as generation 2, and tells what has to change. */
export function prepare(host: Host, count: number): SetChange[] {
  return directories.slice(0, count).map((directory, index) => {
    const [old, fresh] = [before[index] ?? {}, after[index] ?? {}];
    keep(host, directory, index, 2, fresh);
    const paths = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort();
    const files = paths
      .filter((path) => describe(old[path]) !== describe(fresh[path]))
      .map((path) => ({ path, before: old[path], after: fresh[path] }));
    return { directory, target: targets[index] ?? '', generation: 2, files };
  });
}

const targets = ['systemd', 'nginx'];

function keep(host: Host, directory: string, index: number, generation: number, set: Set): void {
  const files = new Map(Object.entries(set));
  const common = { target: targets[index] ?? '', when: '2026-11-28T10:00:00Z', command: 'apply' } as const;
  writeGeneration(host, directory, {
    manifest: {
      version: 1,
      generation,
      ...common,
      from: 'galaxy.yml',
      sources: [],
      files: manifestFiles(files, new Set()),
    },
    files,
  });
}

/** Everything below the directories as a reader sees it, links followed, the folder of gxgen apart. */
export function seen(host: Host, count: number): string {
  return directories
    .slice(0, count)
    .flatMap((directory) => walk(host, directory, ''))
    .join('');
}

function walk(host: Host, directory: string, folder: string): string[] {
  return host.list(`${directory}/${folder}`).flatMap((name) => {
    if (name === stateFolder) return [];
    const path = `${folder}${name}`;
    const place = `${directory}/${path}`;
    if (host.entry(place)?.kind === 'directory') return walk(host, directory, `${path}/`);
    const real = host.realpath(place);
    const entry = host.entry(real);
    const read = host.read(place);
    if (!read.ok || !entry || entry.kind !== 'file') return [];
    // What an included file without a line does.
    if (directory.includes('nginx') && read.bytes.length === 0) return [];
    return [
      `${place} ${describe({ bytes: read.bytes, mode: entry.mode, user: entry.user, group: entry.group })}`,
    ];
  });
}

export function describe(content: Content | undefined): string {
  if (!content) return 'nothing\n';
  const { bytes, mode, user, group } = content;
  return `${mode.toString(8)} ${user}:${group} ${JSON.stringify(new TextDecoder().decode(bytes))}\n`;
}

/** Names that are links, or left behind. */
export function leftovers(host: Host, count: number): string[] {
  const found: string[] = [];
  const visit = (path: string, isState: boolean) => {
    for (const name of host.list(path)) {
      const place = `${path}/${name}`;
      const entry = host.entry(place);
      if (isState ? !/^(current|generations)$/.test(name) : entry?.kind === 'link') found.push(place);
      else if (entry?.kind === 'directory' && !isState) {
        if (host.list(place).length === 0) found.push(place);
        visit(place, name === stateFolder);
      }
    }
  };
  for (const directory of directories.slice(0, count)) {
    visit(directory, false);
    const outside = directory.replace(/[^/]*$/, '');
    found.push(
      ...host
        .list(outside)
        .filter((name) => name.startsWith(stateFolder))
        .map((name) => outside + name),
    );
  }
  return found;
}

const installed = new Map<number, Readonly<Record<string, MemoryEntry>>>();

/** A machine on which `before` is installed. */
export function machine(count: number, fault?: Fault): MemoryHost {
  let files = installed.get(count);
  if (!files) {
    const plain = memoryHost();
    install(plain, count);
    files = Object.fromEntries(plain.everything());
    installed.set(count, files);
  }
  return memoryHost({ files, ...(fault ? { fault } : {}) });
}
