// Hand-written supervisor files, and what gxgen renders from them: supervisord's own parser has to read the same
// processes from both, with the same commands, accounts, environments, order and signals.

import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { splitShellWords } from '../../src/model/shell-words.ts';

const test = suite('peers: supervisor files');
const python = ['/usr/bin/python3', 'python3'].find(
  (one) => spawnSync(one, ['-c', 'import supervisor.options']).status === 0,
);
const cases = readdirSync('fixtures').filter(
  (name) => name.startsWith('render-legacy-') && /supervisor$|2017$/.test(name) && hasProgram(name),
);

function hasProgram(name: string): boolean {
  return statSync(`fixtures/${name}/in/supervisor/galaxy.conf`, { throwIfNoEntry: false }) !== undefined;
}

async function render(name: string): Promise<string> {
  const folder = `fixtures/${name}/in`;
  const files: Record<string, string> = {};
  for (const one of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, one);
    if (statSync(path).isFile()) files[`/srv/galaxy/${relative(folder, path)}`] = readFileSync(path, 'utf8');
  }
  const host = memoryHost({ cwd: '/srv/galaxy', files, asset: (path) => readFileSync(path, 'utf8') });
  const words = [
    'render',
    'config/galaxy.ini',
    '--supervisor',
    'supervisor/galaxy.conf',
    '--target',
    'supervisor',
  ];
  assert.is(await cli(words, host), 0, host.output.stderr);
  return host.output.stdout;
}

interface Read {
  readonly processes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly refused?: string;
}

// A command is its words: how they are quoted is the writer's choice.
function words({ processes, refused }: Read): Record<string, Record<string, unknown>> {
  assert.is(refused, undefined);
  assert.ok(Object.keys(processes ?? {}).length >= 3);
  return Object.fromEntries(
    Object.entries(processes ?? {}).map(([name, one]) => {
      const split = splitShellWords(String(one.command));
      return [name, { ...one, command: split.ok ? split.words : one.command }];
    }),
  );
}

if (!python) {
  test.skip('supervisor is not installed: apt-get install supervisor', () => {});
} else {
  test('there are cases', () => assert.ok(cases.length >= 3));
  for (const name of cases) {
    test(name, async () => {
      const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-programs-')));
      try {
        mkdirSync(join(scratch, 'rendered'));
        const rendered = join(scratch, 'rendered/galaxy.conf');
        writeFileSync(rendered, await render(name));
        const written = join(process.cwd(), `fixtures/${name}/in/supervisor/galaxy.conf`);
        const { stdout, stderr, status } = spawnSync(
          python,
          ['test/peers/legacy/supervisor_programs.py', scratch, written, rendered],
          {
            encoding: 'utf8',
            env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
          },
        );
        assert.is(status, 0, stderr);
        const [before, after] = JSON.parse(stdout) as [Read, Read];
        // What a program leaves out is written down: the umask of supervisord is the usual one.
        const expected = Object.fromEntries(
          Object.entries(words(before)).map(([key, one]) => [key, { ...one, umask: one.umask ?? 0o022 }]),
        );
        assert.equal(words(after), expected);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    });
  }
}

test.run();
