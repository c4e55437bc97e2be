// What a migration writes is what the real Gravity takes: every migrated example gives the same processes from Gravity as
// from gxgen, but for the differences that are meant.

import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Case } from './case.ts';
import { compare, describe } from './compare.ts';
import { differences } from './differences.ts';
import { Driver } from './driver.ts';
import { pythonWith, requirements } from './python.ts';
import { byGravity, byGxgen, prepare, program, standIns } from './tools.ts';

const test = suite('peers: migrated files');

const found = pythonWith(requirements('requirements.txt'));
const python = 'python' in found ? found.python : '';
if ('missing' in found)
  process.stdout.write(`SKIPPED: Gravity from the Python registry is needed\n  ${found.missing}\n`);

/** The new files of a fixture, as they stand on a server whose root is the folder `galaxy` of the case. */
function caseOf(fixture: string): Case {
  const out = `fixtures/${fixture}/out`;
  const names = readdirSync(out).filter((one) => /\.(?:yml|xml)$/.test(one));
  const text = (name: string) => readFileSync(join(out, name), 'utf8');
  const root = /galaxy_root: (\S+)/.exec(text('galaxy.yml'))?.[1] ?? '';
  const virtualenv = /virtualenv: (\S+)/.exec(text('galaxy.yml'))?.[1] ?? '';
  return {
    name: fixture,
    targets: ['systemd'],
    configs: ['config/galaxy.yml'],
    files: Object.fromEntries(
      names.map((name) => [
        `config/${name}`,
        text(name).replace(`galaxy_root: ${root}`, 'galaxy_root: @here@/galaxy'),
      ]),
    ),
    gunicorn: 'gunicorn==23.0.0',
    virtualenv,
    about: [],
  };
}

const fixtures = readdirSync('fixtures').filter(
  (name) => name.startsWith('migrate-') && existsSync(`fixtures/${name}/out/undo.patch`),
);

(python === '' ? test.skip : test)('Gravity and gxgen run the same from migrated files', async () => {
  assert.ok(existsSync(program), `${program} is missing: npm run build`);
  assert.ok(fixtures.length >= 10, fixtures.join());
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-migrated-')));
  const tools = standIns(join(folder, 'bin'));
  const driver = new Driver(python);
  let count = 0;
  try {
    for (const fixture of fixtures) {
      const one = caseOf(fixture);
      const place = join(folder, fixture);
      prepare(one, 'systemd', place);
      const gravity = await byGravity(driver, one, 'systemd', place, tools);
      const gxgen = await byGxgen(driver, one, 'systemd', place);
      assert.ok(gravity.ok, `${fixture}: Gravity: ${gravity.ok ? '' : gravity.error}`);
      assert.ok(gxgen.ok, `${fixture}: gxgen: ${gxgen.ok ? '' : gxgen.error}`);
      if (!gravity.ok || !gxgen.ok) continue;
      const { compared, defects } = compare(
        gravity.processes,
        gxgen.processes,
        { target: 'systemd', one },
        differences,
      );
      assert.equal(defects.map(describe), [], fixture);
      count += compared;
    }
  } finally {
    driver.close();
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`  ${fixtures.length} migrations, ${count} processes compared\n`);
});

test.run();
