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
import { Random } from '../fuzz/random.ts';
import {
  home,
  ownPython,
  ownReadings,
  ownUwsgi,
  type PythonReading,
  type Readings,
  type UwsgiReading,
  vectorFolder,
  vectorNames,
  vectorText,
} from '../legacy/vectors.ts';

const test = suite('peers: readers of INI files');
const recorded = 'test/legacy/readings.json';
const names = vectorNames();
const mutations = Number(process.env.MUTATIONS ?? 3_000);

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

function askPython(
  [program = '', ...args]: readonly string[],
  asked: readonly string[] = names,
): Record<string, PythonReading> {
  const paths = asked.map((name) => join(folder, name));
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
  return Object.fromEntries(asked.map((name, index) => [name, answers[index] as PythonReading]));
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

// Damage that people do not do by hand: the readers have to agree on it as well.
const damaged = Array.from({ length: mutations }, (_, number) => `damaged-${number}.ini`);
const lines = [...new Set(names.flatMap((name) => vectorText(name).source.text.split('\n')))].sort();
const texts = damaged.map((name, number) => {
  const random = new Random(number);
  let text = vectorText(random.pick(names)).source.text;
  for (let count = 1 + random.int(4); count > 0; count--) text = damage(text, random);
  writeFileSync(join(folder, name), text);
  return text;
});

/** One change of a text, within what all three programs read as text: no NUL, no characters beyond ASCII. */
function damage(text: string, random: Random): string {
  const at = random.int(text.length + 1);
  const rows = text.split('\n');
  const row = random.int(rows.length);
  switch (random.int(6)) {
    case 0:
      return text.slice(0, at) + random.pick([...'[]=:;# \t\r\n%()\'"{}$\x0b\x0c']) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.int(4));
    case 2:
      return rows.toSpliced(row, 0, random.pick(lines)).join('\n');
    case 3:
      return rows.with(row, random.pick([' ', '\t', '# ', '; ', 'rem ']) + (rows[row] ?? '')).join('\n');
    case 4:
      return rows
        .with(row, (rows[row] ?? '') + random.pick([' ; x', ' # x', '%', '%%', ' ', '\r', ']']))
        .join('\n');
    default:
      return rows.toSpliced(row, 1 + random.int(2)).join('\n');
  }
}

for (const reader of ['python2', 'python3'] as const) {
  const found = programs[reader];
  if (!found) continue;
  test(`${mutations} damaged files as ${found.join(' ')} reads them`, () => {
    const read = askPython(found, damaged);
    const wrong = damaged.flatMap((name, number) => {
      const own = ownPython(vectorText(name, new TextEncoder().encode(texts[number])), reader);
      return same(refusedOrNot(own), refusedOrNot(read[name]))
        ? []
        : [
            `${JSON.stringify(texts[number])}\n  gxgen: ${JSON.stringify(own)}\n  ${reader}: ${JSON.stringify(read[name])}`,
          ];
    });
    assert.is(wrong.slice(0, 4).join('\n'), '', `${wrong.length} files are read differently`);
  });
}

if (programs.uwsgi) {
  // A process each, so fewer of them.
  const few = damaged.slice(0, Math.ceil(mutations / 10));
  test(`${few.length} damaged files as uWSGI reads them`, () => {
    let read = 0;
    const wrong = few.flatMap((name, number) => {
      const own = ownUwsgi(name, vectorText(name, new TextEncoder().encode(texts[number])));
      const answer = askUwsgi(name);
      // A value may be one that uWSGI stops at when it uses it: no reader's business.
      if ('refused' in answer) return [];
      read++;
      if (same(own, answer)) return [];
      return [
        `${JSON.stringify(texts[number])}\n  gxgen: ${JSON.stringify(own)}\n  uwsgi: ${JSON.stringify(answer)}`,
      ];
    });
    assert.ok(read > few.length / 2, `uWSGI reads only ${read}`);
    assert.is(wrong.slice(0, 4).join('\n'), '', `${wrong.length} files are read differently`);
  });
}

// Of several reasons to refuse a file, which comes first is of no interest.
function refusedOrNot(one: PythonReading | undefined): unknown {
  return one && 'refused' in one ? 'refused' : one;
}

function same(a: unknown, b: unknown): boolean {
  try {
    assert.equal(a, b);
    return true;
  } catch {
    return false;
  }
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
