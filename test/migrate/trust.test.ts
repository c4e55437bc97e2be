// The nine properties that an administrator counts on, each tried on every example: by the command line, in memory.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { type MemoryEntry, type MemoryHost, memoryHost } from '../../src/host/memory.ts';
import type { Node } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { readPatch } from '../../src/text/patch.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('migrate trust');

interface Example {
  readonly name: string;
  /** Without --write, --out and --format. */
  readonly argv: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const examples: Example[] = readdirSync('fixtures')
  .filter((name) => /^migrate-/.test(name) && !/-(?:modern|obstacle|markdown|json)$/.test(name))
  .map((name) => {
    const { argv } = JSON.parse(readFileSync(`fixtures/${name}/case.json`, 'utf8')) as { argv: string[] };
    const folder = `fixtures/${name}/in`;
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
      /\.\w+$/.test(one),
    );
    return {
      name,
      argv: argv.filter((one, index) => !/^--(?:write|out)$/.test(one) && argv[index - 1] !== '--out'),
      files: Object.fromEntries(paths.map((one) => [one, readFileSync(join(folder, one), 'utf8')])),
    };
  });

interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly host: MemoryHost;
}

async function run(files: Readonly<Record<string, string | MemoryEntry>>, ...argv: string[]): Promise<Ran> {
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`/srv/galaxy/${path}`, text])),
    asset: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
  const exit = await cli(argv, host);
  return { exit, stdout: host.output.stdout, stderr: host.output.stderr, host };
}

/** Every file below the working directory. */
function texts(host: MemoryHost): Record<string, string> {
  return Object.fromEntries(
    [...host.entries()].flatMap(([path, entry]) =>
      entry.kind === 'file'
        ? [[path.replace('/srv/galaxy/', ''), new TextDecoder().decode(entry.bytes)]]
        : [],
    ),
  );
}

/** The same with their modes. */
function entries(host: MemoryHost): Record<string, MemoryEntry> {
  return Object.fromEntries(
    [...host.entries()].map(([path, entry]) => [path.replace('/srv/galaxy/', ''), entry]),
  );
}

/** Whether a key stands in the new file: `gravity.handlers.*.processes`, or in a member of a list. */
function isThere(node: Node | undefined, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return true;
  if (node?.kind === 'seq') return node.items.some((one) => isThere(one, path));
  if (node?.kind !== 'map') return false;
  const values = node.entries
    .filter((one) => first === '*' || String(one.key.value) === first)
    .map((one) => one.value);
  return values.some((one) => isThere(one, rest));
}

const writing = ['--write', '--out', 'out'];
const ran = new Map<string, Promise<Ran>>();

/** A run of an example, each once: what it leaves behind is only looked at. */
function migrated(one: Example, ...more: string[]): Promise<Ran> {
  const key = [one.name, ...more].join(' ');
  const known = ran.get(key) ?? run(one.files, ...one.argv, ...more);
  ran.set(key, known);
  return known;
}

const made = (host: MemoryHost) =>
  Object.fromEntries(
    Object.entries(texts(host)).filter(([path]) => /^out\/[^.]/.test(path) && path !== 'out/undo.patch'),
  );

interface Report {
  readonly clean: boolean;
  readonly coverage: {
    readonly lines: number;
    readonly accounted: number;
    readonly percent: number;
    readonly comments: { readonly source: number; readonly carried: number };
  };
  readonly differences: readonly { readonly words: string; readonly explained: boolean }[];
  readonly trust: readonly { readonly name: string; readonly holds: boolean }[];
  readonly lines: readonly {
    readonly file: string;
    readonly line: number;
    readonly text: string;
    readonly kind: string;
    readonly fate: string | null;
    readonly to: string | null;
    readonly why: string | null;
  }[];
  readonly diff: string;
  readonly tables: { readonly findings?: { readonly rows: readonly Record<string, string>[] } };
}

async function reported(one: Example): Promise<Report> {
  const { stdout } = await migrated(one, '--format', 'json');
  return JSON.parse(stdout) as Report;
}

test('there are examples', () => {
  assert.ok(examples.length >= 10, examples.map((one) => one.name).join());
});

test('1. dry by default: nothing is written', async () => {
  for (const one of examples) {
    const { host, exit } = await migrated(one);
    assert.equal(texts(host), one.files, one.name);
    assert.ok(exit === 0 || exit === 1, one.name);
  }
});

test('2. a file that gxgen did not write, or that was changed since, stops the writing', async () => {
  for (const one of examples) {
    const foreign = { ...one.files, 'out/galaxy.yml': 'gravity: {}\n' };
    const stopped = await run(foreign, ...one.argv, ...writing);
    assert.is(stopped.exit, 1, one.name);
    assert.ok(stopped.stderr.includes('GX940'), stopped.stderr);
    assert.equal(texts(stopped.host), foreign, one.name);

    const first = texts((await migrated(one, ...writing)).host);
    const edited = { ...first, 'out/galaxy.yml': `${first['out/galaxy.yml']}# mine\n` };
    const again = await run(edited, ...one.argv, ...writing);
    assert.is(again.exit, 1, one.name);
    assert.equal(texts(again.host), edited, one.name);
  }
});

test('3. every line of every file is accounted for, in text and numbers', async () => {
  for (const one of examples) {
    const { lines, coverage } = await reported(one);
    assert.is(coverage.percent, 100, one.name);
    const open = lines
      .filter((line) => line.fate === null)
      .map((line) => `${line.file}:${line.line}: ${line.text}`);
    assert.equal(open, [], one.name);
    for (const [path, text] of Object.entries(one.files)) {
      // One tells gxgen about the server, the other is of another server and is refused.
      if (/gxgen\.yml$|reports_wsgi\.ini$/.test(path)) continue;
      const own = lines.filter((line) => line.file === path);
      const wanted = text.split('\n');
      if (wanted.at(-1) === '') wanted.pop();
      assert.is(own.length, wanted.length, `${one.name}: ${path}`);
    }
    for (const { fate, to, why, text } of lines) {
      if (fate === 'dropped' || fate === 'replaced' || fate === 'undecided')
        assert.ok(why, `${one.name}: ${text}: no reason`);
      if (fate === 'moved' || fate === 'renamed') assert.ok(to, `${one.name}: ${text}: no place`);
    }
  }
});

test('3. where the report says that something went, there it is', async () => {
  for (const one of examples) {
    const { lines } = await reported(one);
    const files = texts((await migrated(one, ...writing)).host);
    const root = parseYaml(makeSource('galaxy.yml', files['out/galaxy.yml'] ?? ''), () => undefined);
    const missing = lines
      .filter(
        ({ fate, to }) =>
          fate !== null && fate !== 'dropped' && to !== null && /^(?:gravity|galaxy)\.(?!yml)/.test(to),
      )
      .filter(({ to }) => !isThere(root, (to ?? '').split('.')))
      .map(({ file, line, text, to }) => `${file}:${line}: ${text} -> ${to}`);
    assert.equal(missing, [], one.name);
  }
});

test('4. old and new are compared, every difference has its reason, and the result is valid', async () => {
  for (const one of examples) {
    const { differences, tables } = await reported(one);
    assert.equal(
      differences.filter((other) => !other.explained).map((other) => other.words),
      [],
      one.name,
    );
    const errors = tables.findings?.rows.filter((row) => row.severity === 'error') ?? [];
    assert.equal(errors, [], one.name);
    // And by itself, as validate sees it.
    const { host } = await migrated(one, ...writing);
    const alone = await run(texts(host), 'validate', 'out/galaxy.yml', '--format', 'concise');
    assert.equal(
      alone.stdout.split('\n').filter((line) => / error GX/.test(line)),
      [],
      one.name,
    );
  }
});

test('5. twice gives the same bytes, and its own result is nothing to migrate', async () => {
  for (const one of examples) {
    const [first, second] = [await migrated(one, ...writing), await run(one.files, ...one.argv, ...writing)];
    assert.equal(texts(first.host), texts(second.host), one.name);
    assert.is(first.stdout, second.stdout, one.name);
    const over = await run(entries(first.host), ...one.argv, ...writing);
    assert.equal(texts(over.host), texts(first.host), one.name);
    assert.ok(/ 0 files written/.test(over.stderr), over.stderr);
    const own = await run(texts(first.host), 'migrate', 'out/galaxy.yml', '--write', '--out', 'again');
    assert.is(own.exit, 0, `${one.name}: ${own.stderr}`);
    assert.equal(texts(own.host), texts(first.host), one.name);
  }
});

test('6. every comment is in the new files', async () => {
  for (const one of examples) {
    const { host } = await migrated(one, ...writing);
    const all = Object.values(made(host)).join('\n');
    let count = 0;
    for (const [path, text] of Object.entries(one.files)) {
      const comments = path.endsWith('.xml')
        ? [...text.matchAll(/<!--([\s\S]*?)-->/g)].flatMap((match) => (match[1] ?? '').split('\n'))
        : text
            .split('\n')
            .filter((line) => /^\s*[#;]/.test(line))
            .map((line) => line.trim().slice(1));
      for (const comment of comments
        .map((line) => line.trim())
        .filter((line) => line !== '' && line !== 'not ours')) {
        count++;
        assert.ok(all.includes(comment), `${one.name}: ${path}: ${comment}`);
      }
    }
    const { coverage } = await reported(one);
    assert.is(coverage.comments.carried, coverage.comments.source, one.name);
    assert.ok(
      coverage.comments.source >= count || count === 0,
      `${one.name}: ${coverage.comments.source} of ${count}`,
    );
  }
});

test('7. the undo patch gives back what was there', async () => {
  for (const one of examples) {
    const { host } = await migrated(one, ...writing);
    const files = texts(host);
    const undo = readPatch(files['out/undo.patch'] ?? '');
    for (const [path, text] of Object.entries(made(host))) {
      const name = path.replace('out/', '');
      const before = one.files[`config/${name}`];
      const patch = undo.find((other) => other.before === `a/${name}`);
      if (before === text) continue;
      assert.ok(patch, `${one.name}: ${name}`);
      assert.is(patch?.apply(text), before ?? '', `${one.name}: ${name}`);
      assert.is(patch?.after, before === undefined ? '/dev/null' : `b/${name}`);
    }
    assert.equal(
      Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('out/'))),
      one.files,
      one.name,
    );
  }
});

test('8. what is in use is taken as it is: broken lines are told, and nothing throws', async () => {
  let seed = 17;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  const pieces = [
    '=',
    ':',
    '[',
    ']',
    '%(here)s',
    '%',
    ';',
    '#',
    '\n',
    '\t',
    '  ',
    '\r\n',
    'é',
    '"',
    "'",
    '[uwsgi]\n',
    '[server:x]\n',
    '{',
    '-',
    '0x',
  ];
  for (let number = 0; number < 60; number++) {
    const one = examples[number % examples.length] as Example;
    const files = Object.fromEntries(
      Object.entries(one.files).map(([path, text]) => {
        const at = random(text.length);
        return [
          path,
          path.endsWith('.xml')
            ? text
            : `${text.slice(0, at)}${pieces[random(pieces.length)]}${text.slice(at + random(4))}`,
        ];
      }),
    );
    const { exit, stderr } = await run(files, ...one.argv, '--format', 'json');
    assert.ok(
      exit === 0 || exit === 1,
      `${one.name} ${number}: exit ${exit}\n${stderr}\n${JSON.stringify(files)}`,
    );
  }
});

test('9. one diff holds the whole change', async () => {
  for (const one of examples) {
    const { diff } = await reported(one);
    const { host } = await migrated(one, ...writing);
    const names = Object.keys(made(host)).map((path) => path.replace('out/', ''));
    const patches = readPatch(diff);
    assert.equal(
      patches.map((other) => other.after).sort(),
      names.filter((name) => one.files[`config/${name}`] !== made(host)[`out/${name}`]).sort(),
      one.name,
    );
  }
});

test('the report prints all nine', async () => {
  for (const one of examples) {
    const { stdout } = await migrated(one);
    const { trust } = await reported(one);
    assert.is(trust.length, 9);
    for (const { name, holds } of trust) {
      assert.ok(holds, `${one.name}: ${name}`);
      assert.ok(stdout.includes(`yes  ${name}: `), `${one.name}: ${name}`);
    }
  }
});

test('no secret is printed, in any format', async () => {
  const one = examples.find((other) => other.name === 'migrate-paste');
  assert.ok(one);
  for (const format of ['text', 'markdown', 'json']) {
    const { stdout, stderr } = await migrated(one, '--format', format);
    for (const secret of ['Sequencing4All', '7d1f9a63c28e4b05a9f31c66d2e80b47'])
      assert.not.ok(`${stdout}${stderr}`.includes(secret), `${format}: ${secret}`);
  }
  const { host } = await migrated(one, ...writing);
  const entry = host.entries().get('/srv/galaxy/out/galaxy.yml');
  assert.is(entry?.kind === 'file' ? entry.mode : 0, 0o600);
  assert.ok(made(host)['out/galaxy.yml']?.includes('Sequencing4All'));
});

test.run();
