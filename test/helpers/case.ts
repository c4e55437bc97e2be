// A fixture: a folder with a command line, the files it reads, and everything it must leave behind, byte for byte.
//
//   case.json       argv, exit, note (why the case exists); cwd, setup, edits, answers, modes and removed where needed
//   in/             what stands in /srv/galaxy before
//   out/            the whole of /srv/galaxy/out afterwards
//   after/          other files of /srv/galaxy that were made or changed
//   stdout stderr   what was printed; absent: nothing

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Host } from '../../src/host/host.ts';
import { type MemoryEntry, type MemoryHost, memoryHost } from '../../src/host/memory.ts';
import { unifiedDiff } from '../../src/text/patch.ts';

export type Cli = (argv: readonly string[], host: Host) => Promise<number>;

/** case.json */
export interface Case {
  readonly argv: readonly string[];
  readonly exit: number;
  readonly note: string;
  /** Working directory; /srv/galaxy when absent. */
  readonly cwd?: string;
  /** Command lines that run before, each with success; what they print is nobody's concern. */
  readonly setup?: readonly (readonly string[])[];
  /** After that: paths below /srv/galaxy that get the text of another file there. */
  readonly edits?: Readonly<Record<string, string>>;
  /** Lines that are typed; there is a terminal then. */
  readonly answers?: readonly string[];
  /** Modes of files in out/ that are not 0644, in octal. */
  readonly modes?: Readonly<Record<string, string>>;
  /** Files of in/ that are gone afterwards. */
  readonly removed?: readonly string[];
}

type Tree = ReadonlyMap<string, Uint8Array>;

const root = '/srv/galaxy/';
const usualMode = 0o644;
const keys = new Set(['argv', 'exit', 'note', 'cwd', 'setup', 'edits', 'answers', 'modes', 'removed']);

/** The folders below `folder`, each a case. Anything else there is a mistake. */
export function listCases(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .map((one) => {
      const isCase = one.isDirectory() && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(one.name);
      if (!isCase) throw new Error(`${folder}/${one.name} is no case: a folder in kebab case`);
      return one.name;
    })
    .sort();
}

/**
 * Runs a case and compares everything it left behind. Throws with all differences.
 * @param update rewrite the expectations instead; the exit code stays what a person decided
 */
export async function runCase(folder: string, cli: Cli, update: boolean): Promise<void> {
  const wanted = readCase(folder);
  const given = readTree(join(folder, 'in'));
  const before = new Map([...given].map(([path, bytes]) => [root + path, bytes]));
  const host = memoryHost({
    cwd: wanted.cwd ?? root.slice(0, -1),
    files: Object.fromEntries(
      [...before].map(([path, bytes]) => [path, { kind: 'file', bytes, mode: usualMode }]),
    ),
    ...(wanted.answers === undefined ? {} : { isTTY: true, answers: wanted.answers, env: { NO_COLOR: '1' } }),
    asset: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
  for (const argv of wanted.setup ?? [])
    if ((await cli(argv, host)) !== 0)
      throw new Error(`setup failed: ${argv.join(' ')}\n${host.output.stderr}`);
  for (const [path, from] of Object.entries(wanted.edits ?? {})) edit(host, root + path, root + from);
  const { stdout, stderr } = { ...host.output };
  const exit = await cli(wanted.argv, host);
  const printed = {
    stdout: host.output.stdout.slice(stdout.length),
    stderr: host.output.stderr.slice(stderr.length),
  };
  const found = collect(host, before, printed);
  const expected = readExpected(folder);
  const description = describe(wanted, host, before);
  if (exit !== wanted.exit)
    throw new Error(`exit ${exit} instead of ${wanted.exit}\n${printed.stderr}${printed.stdout}`);
  if (update) {
    rewrite(folder, found, expected);
    writeFileSync(join(folder, 'case.json'), toJson(description));
    return;
  }
  const differences = [
    ...compareTrees(expected, found),
    unifiedDiff(
      { name: 'case.json', text: toJson(wanted) },
      { name: 'case.json (found)', text: toJson(description) },
    ),
  ].filter((text) => text !== '');
  if (differences.length > 0) throw new Error(`\n${differences.join('\n')}`);
}

function readCase(folder: string): Case {
  const wanted: unknown = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const { argv, exit, note } = wanted as Partial<Case>;
  const unknown = Object.keys(wanted as object).filter((key) => !keys.has(key));
  if (unknown.length > 0) throw new Error(`case.json has an unknown key "${unknown[0]}"`);
  if (!Array.isArray(argv) || typeof exit !== 'number' || !note)
    throw new Error('case.json needs argv, exit and note');
  return wanted as Case;
}

/** Everything that must be there afterwards, by path in the case folder. */
function readExpected(folder: string): Tree {
  const expected = new Map<string, Uint8Array>();
  for (const [path, bytes] of readTree(folder)) {
    if (path === 'case.json' || path.startsWith('in/')) continue;
    if (!/^(stdout|stderr|(out|after)\/.*)$/.test(path))
      throw new Error(`${path} belongs to no part of a case`);
    if (/^std/.test(path) && bytes.length === 0) throw new Error(`${path} is empty: absent means nothing`);
    expected.set(path, bytes);
  }
  return expected;
}

/** What the run left behind, by the path it has in a case folder. */
function collect(
  host: MemoryHost,
  before: Tree,
  printed: Readonly<Record<'stdout' | 'stderr', string>>,
): Tree {
  const found = new Map<string, Uint8Array>();
  for (const [path, entry] of host.entries()) {
    if (isState(path)) continue;
    if (entry.kind !== 'file') throw new Error(`${path} is no regular file`);
    const place = within(path);
    const old = before.get(path);
    if (place.startsWith('out/')) found.set(place, entry.bytes);
    else if (!old || !Buffer.from(old).equals(entry.bytes)) found.set(`after/${place}`, entry.bytes);
  }
  for (const stream of ['stdout', 'stderr'] as const)
    if (printed[stream] !== '') found.set(stream, Buffer.from(printed[stream]));
  return found;
}

function edit(host: MemoryHost, path: string, from: string): void {
  const read = host.read(from);
  if (!read.ok) throw new Error(`${from} cannot be read`);
  const mode = host.mode(path) ?? usualMode;
  if (host.entry(path)) host.remove(path);
  host.create(path, read.bytes, mode);
}

/** What gxgen keeps of an installed directory, which has tests of its own. */
function isState(path: string): boolean {
  return path.split('/').includes('.gxgen');
}

/** case.json as the run would have it. */
function describe(wanted: Case, host: MemoryHost, before: Tree): Case {
  const entries = host.entries();
  const removed = [...before.keys()].filter((path) => !entries.has(path)).map(within);
  const modes = [...entries].flatMap(([path, entry]) => {
    const place = within(path);
    return place.startsWith('out/') && !isState(path) && modeOf(entry) !== usualMode
      ? [[place.slice('out/'.length), modeOf(entry).toString(8).padStart(4, '0')] as const]
      : [];
  });
  return {
    argv: wanted.argv,
    exit: wanted.exit,
    note: wanted.note,
    ...(wanted.cwd === undefined ? {} : { cwd: wanted.cwd }),
    ...(wanted.setup === undefined ? {} : { setup: wanted.setup }),
    ...(wanted.edits === undefined ? {} : { edits: wanted.edits }),
    ...(wanted.answers === undefined ? {} : { answers: wanted.answers }),
    ...(modes.length > 0 ? { modes: Object.fromEntries(modes) } : {}),
    ...(removed.length > 0 ? { removed } : {}),
  };
}

function compareTrees(expected: Tree, found: Tree): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].sort().map((path) => {
    const [wanted, got] = [expected.get(path), found.get(path)];
    if (wanted && got && Buffer.from(wanted).equals(got)) return '';
    const [text, other] = [decode(wanted), decode(got)];
    if (text !== other) {
      const diff = unifiedDiff({ name: path, text }, { name: `${path} (found)`, text: other });
      if (text !== undefined && other !== undefined) return diff;
      return `${text === undefined ? 'not expected' : 'expected, but absent'}: ${path}\n${diff}`;
    }
    return `${path}: the bytes differ`;
  });
}

function rewrite(folder: string, found: Tree, expected: Tree): void {
  for (const path of expected.keys()) if (!found.has(path)) rmSync(join(folder, path));
  for (const [path, bytes] of found) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

function readTree(folder: string): Tree {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (one) => !one.isDirectory(),
  );
  const paths = files.map((one) => relative(folder, join(one.parentPath, one.name))).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/** The path below /srv/galaxy. */
function within(path: string): string {
  if (!path.startsWith(root)) throw new Error(`${path} was written outside ${root}`);
  return path.slice(root.length);
}

function modeOf(entry: MemoryEntry): number {
  return entry.kind === 'file' ? entry.mode : 0;
}

function decode(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('utf8');
}

// Short lists stay on one line, as the formatter has them.
function toJson(value: Case): string {
  const rows = Object.entries(value).map(([key, item]) => {
    const flat = JSON.stringify(item).replace(/,(?=")/g, ', ');
    const text =
      Array.isArray(item) && flat.length < 100 ? flat : JSON.stringify(item, null, 2).replace(/\n/g, '\n  ');
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${rows.join(',\n')}\n}\n`;
}
