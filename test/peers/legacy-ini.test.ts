// The INI files of test/legacy/vectors, read by the real programs: ConfigParser of Python 2.7 (or of Jython, which carries
// its library), configparser of Python 3, and uWSGI. gxgen has to read the same values. UPDATE=1 records the answers.

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  home,
  ownReadings,
  type PythonReading,
  type Readings,
  type UwsgiReading,
  vectorFolder,
  vectorNames,
} from '../legacy/vectors.ts';

const test = suite('peers: readers of INI files');
const recorded = 'test/legacy/readings.json';
const names = vectorNames();

/** The first of the commands that can be started. */
function command(...candidates: readonly (readonly [string, ...string[]])[]): string[] | undefined {
  const found = candidates.find(
    ([program, ...args]) => spawnSync(program, [...args, '--version']).status === 0,
  );
  return found && [...found];
}

const programs = {
  python2: command(['python2.7'], ['jython']),
  python3: command(['python3']),
  uwsgi: command(['uwsgi']),
};
const packages = { python2: 'jython', python3: 'python3', uwsgi: 'uwsgi-core' };

// The files lie in a folder of their own, whose name is replaced in the answers.
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-ini-')));
const folder = join(scratch, 'config');
mkdirSync(folder);
for (const name of names) copyFileSync(join(vectorFolder, name), join(folder, name));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

function askPython([program = '', ...args]: readonly string[]): Record<string, PythonReading> {
  const paths = names.map((name) => join(folder, name));
  const { stdout, stderr, status } = spawnSync(
    program,
    [...args, 'test/peers/legacy/python_ini.py', home, ...paths],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  assert.is(status, 0, stderr);
  const answers = JSON.parse(stdout) as PythonReading[];
  return Object.fromEntries(names.map((name, index) => [name, answers[index] as PythonReading]));
}

// `--show-config` prints what it has; the socket in no folder then ends the program before it serves anything.
function askUwsgi(name: string): UwsgiReading {
  const { stdout, stderr } = spawnSync(
    'timeout',
    ['-s', 'KILL', '10', 'uwsgi', '-s', '/nonexistent/gxgen.sock', '--ini', name, '--show-config'],
    { cwd: folder, env: { PATH: process.env.PATH }, maxBuffer: 1 << 24 },
  );
  const bytes = Buffer.concat([stdout, stderr]);
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\ufffd') ? bytes.toString('latin1') : utf8;
  const from = text.indexOf('[uwsgi]\n');
  const to = text.indexOf(';end of configuration');
  if (from < 0 || to < 0) return { refused: true };
  const lines = text
    .slice(from + '[uwsgi]\n'.length, to)
    .replaceAll(scratch, '/srv/galaxy')
    .split('\n')
    .slice(0, -1);
  return lines
    .map((line): [string, string] => {
      const at = line.indexOf(' = ');
      return [line.slice(0, at), line.slice(at + 3)];
    })
    .slice(2, -1);
}

const answers: { -readonly [P in keyof Readings]: Record<string, unknown> } = {
  python2: {},
  python3: {},
  uwsgi: {},
};

for (const reader of ['python2', 'python3', 'uwsgi'] as const) {
  const found = programs[reader];
  if (!found) {
    test.skip(`${reader} is not installed: apt-get install ${packages[reader]}`, () => {});
    continue;
  }
  test(`${names.length} files as ${found.join(' ')} reads them`, () => {
    answers[reader] =
      reader === 'uwsgi' ? Object.fromEntries(names.map((name) => [name, askUwsgi(name)])) : askPython(found);
    const wrong = names.filter((name) => {
      try {
        assert.equal(ownReadings(name)[reader], answers[reader][name]);
        return false;
      } catch {
        return true;
      }
    });
    const told = wrong
      .slice(0, 8)
      .map((name) =>
        [
          name,
          `gxgen: ${JSON.stringify(ownReadings(name)[reader])}`,
          `${reader}: ${JSON.stringify(answers[reader][name])}`,
        ].join('\n  '),
      );
    assert.is(told.join('\n'), '', `${wrong.length} files are read differently: ${wrong.join(' ')}`);
  });
}

test('the recorded answers are those of the programs', () => {
  const readers = (['python2', 'python3', 'uwsgi'] as const).filter((one) => programs[one]);
  const before = existsSync(recorded)
    ? (JSON.parse(readFileSync(recorded, 'utf8')) as Record<string, Readings>)
    : {};
  const now = Object.fromEntries(
    names.map((name) => [
      name,
      { ...before[name], ...Object.fromEntries(readers.map((one) => [one, answers[one][name]])) },
    ]),
  );
  if (process.env.UPDATE === '1') writeFileSync(recorded, `${JSON.stringify(now, null, 1)}\n`);
  else assert.equal(now, before);
});

test.run();
