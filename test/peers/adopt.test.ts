// Taking over what the real Gravity wrote: over the corpus and in both of its styles, every process of the set is
// recognised, and those that gxgen runs the same are told to be the same.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../../src/rules/index.ts';
import type { Case } from './case.ts';
import { corpus } from './corpus.ts';
import { Driver } from './driver.ts';
import { pythonWith, requirements } from './python.ts';
import { byGravity, prepare, program, standIns } from './tools.ts';

const test = suite('peers: adopting');
const python = pythonWith(requirements('requirements.txt'));
// As in tools.ts: a generated configuration is no server anybody would run.
const settings = `rules:\n${rules.map(({ code }) => `  ${code}: "off"\n`).join('')}`;

interface Adopted {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function adopt(one: Case, target: string, folder: string, directory: string): Adopted {
  const layout = target === 'supervisor' ? ['--layout', 'self-contained'] : [];
  writeFileSync(join(dirname(join(folder, one.configs[0] ?? '')), 'gxgen.yml'), settings);
  return spawnSync(
    process.execPath,
    [
      program,
      'apply',
      ...one.configs.flatMap((config) => ['-c', join(folder, config)]),
      ...layout,
      '--installed',
      `${target}=${directory}`,
      '--adopt',
      '--yes',
      '--allow-orphans',
    ],
    { cwd: folder, encoding: 'utf8', env: { PATH: '/nonexistent' } },
  );
}

function textsOf(directory: string): Map<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.split('/').includes('.gxgen'))
    .filter((path) => lstatSync(join(directory, path)).isFile())
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

if (!existsSync(program) || 'missing' in python) {
  test.skip('what Gravity wrote is taken over', () => undefined);
} else {
  for (const target of ['systemd', 'supervisor'] as const)
    test(`${target}: what Gravity wrote is compared process by process, and brought back byte for byte`, async () => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-adopt-')));
      const tools = standIns(join(folder, 'bin'));
      const driver = new Driver(python.python);
      const tally = { same: 0, different: 0, processes: 0 };
      const differences = new Map<string, number>();
      try {
        // One in seven: each takes three runs of gxgen.
        for (const one of corpus().filter(
          (each, index) => index % 7 === 0 && each.targets.includes(target),
        )) {
          const place = join(folder, 'case');
          prepare(one, target, place);
          const gravity = await byGravity(driver, one, target, place, tools);
          if (!gravity.ok) continue;
          const out = join(place, 'by-gravity');
          const wanted = gravity.processes.filter(({ id }) => !id.endsWith('.target')).length;
          const directory = target === 'systemd' ? out : setOf(place);
          if (directory === undefined) continue;
          writeFileSync(join(directory, 'galaxy-backup.service'), 'of others\n');
          const before = textsOf(directory);
          const { status, stdout, stderr } = adopt(one, target, place, directory);
          const [, section = ''] = /^What Gravity installed in .*:\n([\s\S]*?)\n\n/m.exec(stdout) ?? [];
          const rows = [...section.matchAll(/^ {2}(\S+) +(.*)$/gm)];
          assert.match(
            stdout,
            'What Gravity installed in',
            `${one.name}\n${stderr}\n${stdout.slice(0, 500)}`,
          );
          assert.is(rows.length, wanted, `${one.name}\n${stdout.slice(0, 2000)}`);
          tally.processes += rows.length;
          const different = rows.filter(([, , what = '']) => !what.startsWith('the same'));
          for (const [, , what = ''] of different) differences.set(what, (differences.get(what) ?? 0) + 1);
          tally[different.length === 0 ? 'same' : 'different']++;
          // Taken over when everything is the same, untouched otherwise.
          assert.is(status, different.length === 0 ? 0 : 1, `${one.name}\n${stderr}`);
          if (status !== 0) {
            assert.match(stderr, 'GX850', one.name);
            assert.equal([...textsOf(directory)], [...before], one.name);
            continue;
          }
          assert.is(textsOf(directory).get('galaxy-backup.service'), 'of others\n');
          const back = spawnSync(
            process.execPath,
            [program, 'rollback', '--installed', directory, '--yes', '--allow-orphans'],
            { encoding: 'utf8' },
          );
          assert.is(back.status, 0, back.stderr);
          assert.equal([...textsOf(directory)], [...before], one.name);
        }
      } finally {
        driver.close();
        rmSync(folder, { recursive: true, force: true });
      }
      process.stdout.write(
        `  ${target}: ${tally.same} sets taken over, ${tally.different} not, ${tally.processes} processes\n`,
      );
      for (const [what, times] of [...differences].sort((a, b) => b[1] - a[1]).slice(0, 12))
        process.stdout.write(`  ${times} x ${what.slice(0, 160)}\n`);
      assert.ok(tally.same > 5);
    });
}

/** Where Gravity keeps the programs of a supervisord of its own. */
function setOf(out: string): string | undefined {
  const found = readdirSync(out, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('supervisord.conf.d'),
  );
  return found === undefined ? undefined : dirname(join(out, found));
}

test.run();
