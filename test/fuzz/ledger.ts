// Whether every line of a legacy input is accounted for: that each has an owner, and none is missing.

import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';
import type { Input } from './input.ts';

/** @returns what is wrong, or undefined */
export function unaccounted({ files, words }: Input): string | undefined {
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: Object.fromEntries(
      Object.entries(files).map(([path, bytes]) => [path, { kind: 'file', bytes, mode: 0o644 }]),
    ),
    asset: () => undefined,
  });
  const at = words.indexOf('--supervisor');
  const { ledger } = compile(
    {
      files: [words.at(-1) ?? ''],
      supervisor: at < 0 ? [] : [words[at + 1] ?? ''],
      python3: words.includes('--python3'),
      allowUnknown: false,
      advice: true,
    },
    host,
  );
  for (const { path, source, lines } of ledger().files) {
    const count =
      source.text.split(/\r\n|\r|\n/).length - (source.text === '' || /[\r\n]$/.test(source.text) ? 1 : 0);
    if (lines.length !== count) return `${path} has ${count} lines, and the ledger ${lines.length}`;
    const lost = lines.find((one, index) => one.number !== index + 1 || lines[one.owner - 1] === undefined);
    if (lost) return `${path}:${lost.number} belongs to nobody`;
  }
  return undefined;
}
