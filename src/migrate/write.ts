// Writes a migration into a directory, through the writer that all commands use. A file that stands there is replaced
// only when an earlier migration wrote it and nobody changed it since.

import { writeFiles } from '../deploy/write.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import { hash } from '../text/hash.ts';
import { type Migration, undoName } from './index.ts';

export interface MigrationWritten {
  readonly diagnostics: readonly Diagnostic[];
  readonly written: number;
  readonly unchanged: number;
}

/** Remembers what was written. */
const recordName = '.gxgen-migrate.json';

export function writeMigration(
  { files, undo, isSecret }: Migration,
  host: Host,
  directory: string,
): MigrationWritten {
  const all = [
    ...files.map((one) => ({ path: one.path, text: one.text, mode: isSecret(one) ? 0o600 : 0o644 })),
    // It holds both the old and the new texts.
    { path: undoName, text: undo, mode: 0o600 },
  ];
  const known = readRecord(host, join(directory, recordName));
  const diagnostics = all.flatMap(({ path, text }) =>
    obstacle(host, join(directory, path), text, known.get(path)),
  );
  if (diagnostics.length > 0) return { diagnostics, written: 0, unchanged: 0 };
  const record = { version: 1, files: Object.fromEntries(all.map((one) => [one.path, hash(one.text)])) };
  const own = { path: recordName, text: `${JSON.stringify(record, null, 2)}\n`, mode: 0o644 };
  return writeFiles(host, directory, [...all, own]);
}

function obstacle(host: Host, path: string, text: string, known: string | undefined): Diagnostic[] {
  const found = host.read(path);
  if (!found.ok) return [];
  const standing = new TextDecoder().decode(found.bytes);
  if (standing === text || hash(standing) === known) return [];
  return [
    problem(
      'GX940',
      known === undefined
        ? `"${path}" is there already, and gxgen did not write it`
        : `"${path}" was changed since gxgen wrote it`,
      path,
      {
        why: 'a migration replaces nothing but what an earlier one wrote, so nothing was written',
        help: 'choose another directory with --out, or move the file away',
      },
    ),
  ];
}

/** Hashes of the files that were written, by name; nothing where the record is missing or broken. */
function readRecord(host: Host, path: string): Map<string, string> {
  const found = host.read(path);
  if (!found.ok) return new Map();
  try {
    const { files } = JSON.parse(new TextDecoder().decode(found.bytes)) as {
      files?: Record<string, unknown>;
    };
    return new Map(
      Object.entries(files ?? {}).filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
  } catch {
    return new Map();
  }
}
