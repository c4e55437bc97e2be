// The readers of legacy INI against the real programs: Python 2 (Jython has its library), Python 3, PasteDeploy on both,
// and uWSGI. For the files of test/legacy/vectors their answers are recorded, and the unit tests compare gxgen with the
// record; here the programs are asked again. Random texts are compared at once.

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryHost } from '../../src/host/memory.ts';
import { makeFiles } from '../../src/syntax/files.ts';
import { Random } from '../fuzz/random.ts';
import {
  gxgenPython,
  gxgenSupervisor,
  gxgenUwsgi,
  home,
  type PythonAnswer,
  type Readings,
  type SupervisorAnswer,
  type UwsgiAnswer,
  vectorNames,
  vectorText,
} from '../legacy/vectors.ts';
import {
  askPython,
  askUwsgiAll,
  type Found,
  type Interpreter,
  python2,
  python3,
  uwsgiMissing,
} from './legacy/programs.ts';
import { damagedText, pythonText, uwsgiText } from './legacy/random-ini.ts';
import { pythonReadings, uwsgiReadings } from './legacy/vectors.ts';

const test = suite('peers: readers of INI files');

const counts = {
  python: Number(process.env.LEGACY_RUNS ?? 4_000),
  uwsgi: Number(process.env.LEGACY_RUNS ?? 600),
};
const first = Number(process.env.LEGACY_FROM ?? 1);
const say = (text: string) => process.stdout.write(`${text}\n`);
const recorded: Readings[] = readFileSync('test/legacy/readings.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Texts from the first number on, in a folder that the work gets with the names of the files. */
async function withTexts(
  make: (random: Random) => string,
  count: number,
  work: (folder: string, names: readonly string[], texts: readonly Uint8Array[]) => void | Promise<void>,
): Promise<void> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-ini-')));
  // `%c` is the name of the last folder.
  const folder = join(scratch, home.split('/').at(-1) ?? '');
  mkdirSync(folder);
  const texts = Array.from({ length: count }, (_, at) => Buffer.from(make(new Random(first + at))));
  const names = texts.map((_, at) => `t${first + at}.ini`);
  for (const [at, text] of texts.entries()) writeFileSync(join(folder, names[at] ?? ''), text);
  try {
    await work(folder, names, texts);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Answer = PythonAnswer | UwsgiAnswer | SupervisorAnswer;
const verdict = (answer: Answer) => ('refused' in answer ? 'refused' : JSON.stringify(answer));

function compare(
  texts: readonly Uint8Array[],
  own: (text: Uint8Array, at: number) => Answer,
  real: readonly (Answer | undefined)[],
): void {
  const wrong: string[] = [];
  let read = 0;
  for (const [at, text] of texts.entries()) {
    const [mine, theirs] = [verdict(own(text, at)), verdict(real[at] ?? { refused: 'not asked' })];
    if (theirs !== 'refused') read++;
    if (mine !== theirs)
      wrong.push(
        `number ${first + at}: ${JSON.stringify(Buffer.from(text).toString())}\n  gxgen ${mine}\n  real  ${theirs}`,
      );
  }
  say(`${texts.length} texts, ${read} read, ${texts.length - read} refused, ${wrong.length} differences`);
  assert.is(wrong.slice(0, 5).join('\n'), '', `${wrong.length} differences`);
  // Texts that are always refused would prove little.
  if (texts.length >= 100) assert.ok(read > texts.length / 8);
}

function python(name: string, reader: 'python2' | 'python3', found: Found<Interpreter>): void {
  if ('missing' in found) {
    say(`skipped: ${name}: ${found.missing}`);
    test.skip(`${name} reads INI files as gxgen does`, () => undefined);
    return;
  }
  test(`${recorded.length} files are read by ${name} as it is recorded`, () => {
    const answers = pythonReadings(found);
    const paste = reader === 'python2' ? 'paste2' : 'paste3';
    const wrong = recorded.filter((one, at) => {
      const [real, deployed] = [answers[at]?.python, answers[at]?.paste];
      return JSON.stringify([real, deployed]) !== JSON.stringify([one[reader], one[paste]]);
    });
    assert.is(wrong.map((one) => one.name).join(' '), '');
  });
  test(`${counts.python} random texts are read by ${name} as by gxgen`, () =>
    withTexts(anyPythonText, counts.python, (folder, names, texts) => {
      const paths = names.map((one) => join(folder, one));
      const answers = askPython(found, paths, false).map((one) => one.python);
      compare(texts, (text, at) => gxgenPython(text, reader, names[at]), answers);
    }));
}

const originals = vectorNames().map((one) => vectorText(one).source.text);
const lines = [...new Set(originals.flatMap((text) => text.split('\n')))].sort();

/** One of the files damaged, or a text of odd parts, in turn. */
function anyPythonText(random: Random): string {
  return random.once(2) ? pythonText(random) : damagedText(random.pick(originals), random, lines);
}

// No file of supervisord has defaults.
function supervisorText(random: Random): string {
  return anyPythonText(random).replaceAll('[DEFAULT]', '[program:x]');
}

const two = python2();
python('Python 2', 'python2', two);
// Where both are, they have to agree with each other too.
if (!('missing' in two) && two.name !== 'jython') {
  const jython = python2('jython');
  if (!('missing' in jython)) python('Jython', 'python2', jython);
}
const three = python3();
python('Python 3', 'python3', three);

if ('missing' in three) {
  test.skip('the parser of supervisord reads INI files as gxgen does', () => undefined);
} else {
  test(`${counts.python} random texts are read by the parser of supervisord as by gxgen`, () =>
    withTexts(supervisorText, counts.python, (folder, names, texts) => {
      const paths = names.map((one) => join(folder, one));
      const answers = askPython(three, paths, false).map((one) => one.supervisor);
      compare(texts, gxgenSupervisor, answers);
    }));
}

const missing = uwsgiMissing();
if (missing !== undefined) {
  say(`skipped: uWSGI: ${missing}`);
  test.skip('uWSGI reads INI files as gxgen does', () => undefined);
} else {
  test(`${recorded.length} files are read by uWSGI as it is recorded`, async () => {
    const answers = await uwsgiReadings();
    const wrong = recorded.filter((one, at) => JSON.stringify(answers[at]) !== JSON.stringify(one.uwsgi));
    assert.is(wrong.map((one) => one.name).join(' '), '');
  });
  test(`${counts.uwsgi} random texts are read by uWSGI as by gxgen`, () =>
    withTexts(uwsgiText, counts.uwsgi, async (folder, names, texts) => {
      const files = makeFiles(memoryHost({ cwd: home, files: {}, asset: () => undefined }));
      const answers = await askUwsgiAll(folder, names);
      compare(texts, (text, at) => gxgenUwsgi(text, names[at], files), answers);
    }));
}

test.run();
