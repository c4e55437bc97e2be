// gxgen history: the generations that are kept of an installed directory.

import { type HistoryEntry, historyOf } from '../deploy/history.ts';
import { interruption } from '../deploy/interrupted.ts';
import { readManifest } from '../deploy/manifest.ts';
import { nothingInstalled } from '../deploy/session.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { visible } from '../text/width.ts';
import { type Command, exits, reportOptions } from './command.ts';
import { writeReport } from './compiling.ts';
import { installedDirectories, installedOption } from './installed.ts';

export const history: Command = {
  name: 'history',
  words: '',
  summary: 'list what was installed in a directory, and when',
  options: {
    ...installedOption,
    format: { type: 'string', choices: ['text', 'json'], default: 'text', describe: 'of stdout' },
    ...reportOptions,
  },
  run(args, host) {
    const found: Diagnostic[] = [];
    const lists = installedDirectories(args, host.cwd).map(({ directory }) => ({
      directory,
      entries: entriesOf(host, directory, found),
    }));
    const nothing = { secrets: () => [], unreadable: false };
    const code = writeReport(found, nothing, host.stderr, 'text', args, host);
    if (args.text('format') === 'json') host.stdout.write(`${JSON.stringify(lists.map(toJson), null, 2)}\n`);
    else
      for (const { directory, entries } of lists) {
        if (lists.length > 1) host.stdout.write(`==> ${visible(directory)} <==\n`);
        host.stdout.write(entries.map(toText).join(''));
      }
    return code === exits.clean ? exits.clean : code;
  },
};

function entriesOf(host: Host, directory: string, found: Diagnostic[]): HistoryEntry[] {
  if (host.kind(directory) !== 'directory') {
    found.push(problem('GX012', `there is no directory "${directory}"`, directory));
    return [];
  }
  const interrupted = interruption(host, directory);
  if (interrupted) found.push(interrupted);
  const entries = historyOf(host, host.realpath(directory), (one) => found.push(one));
  // A folder that may not be looked into is as good as empty: the installed generation, named by a link, tells.
  if (entries.length === 0 && found.length === 0) readManifest(host, directory, (one) => found.push(one));
  if (entries.length === 0 && found.length === 0) found.push(nothingInstalled(directory));
  return entries;
}

const mostNames = 6;

function toText({ manifest, isCurrent, changes }: HistoryEntry): string {
  const { generation, when, command, from } = manifest;
  const what = { apply: 'from', adopt: 'taken over:', rollback: 'back to' }[command];
  const head = `${isCurrent ? '*' : ' '} ${String(generation).padStart(3)}  ${visible(when.replace(/\.\d+Z$/, 'Z'))}  ${what} ${visible(from)}`;
  const rows = changes.map(({ path, change }) => `${words[change]} ${visible(path)}`);
  const shown =
    rows.length > mostNames
      ? [...rows.slice(0, mostNames - 1), `and ${rows.length - mostNames + 1} more`]
      : rows;
  const files = `${manifest.files.length} ${manifest.files.length === 1 ? 'file' : 'files'}`;
  return `${head}, ${files}\n${shown.map((row) => `         ${row}\n`).join('')}`;
}

const words = { added: 'new    ', changed: 'changed', removed: 'removed' } as const;

function toJson({ directory, entries }: { directory: string; entries: readonly HistoryEntry[] }) {
  return {
    directory,
    generations: entries.map(({ manifest, isCurrent, changes }) => ({
      generation: manifest.generation,
      current: isCurrent,
      when: manifest.when,
      command: manifest.command,
      from: manifest.from,
      target: manifest.target,
      ...(manifest.layout === undefined ? {} : { layout: manifest.layout }),
      files: manifest.files.map(({ path, mode, secret }) => ({
        path,
        mode: mode.toString(8).padStart(4, '0'),
        secret,
      })),
      changes,
    })),
  };
}
