// gxgen without a process of its own, on a machine in memory: for thousands of small configurations.

import { existsSync, readFileSync } from 'node:fs';
import { cli } from '../../../src/cli.ts';
import { memoryHost } from '../../../src/host/memory.ts';
import type { Kind } from './web-server.ts';

export interface Compiled {
  readonly status: number;
  /** What was written, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** What gxgen said. */
  readonly said: string;
}

const out = '/out/';

/** Renders one target from files given by absolute path; the first one is named on the command line. */
export async function compile(
  files: Readonly<Record<string, string>>,
  kind: Kind,
  layout: 'site' | 'blocks',
): Promise<Compiled> {
  const host = memoryHost({
    files,
    asset: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
  const [first = ''] = Object.keys(files);
  const argv = ['render', first, '--target', kind, '--layout', layout, '--out', out.slice(0, -1)];
  const status = await cli(argv, host);
  const written = [...host.entries()].flatMap(([path, entry]) =>
    path.startsWith(out) && entry.kind === 'file'
      ? [[path.slice(out.length), Buffer.from(entry.bytes).toString('utf8')] as const]
      : [],
  );
  return { status, files: new Map(written), said: `${host.output.stdout}${host.output.stderr}` };
}
