// Writes down what the real programs make of every file of test/legacy/vectors, for tests that run without them.
// Usage: node --import tsx test/peers/legacy/record.ts; PYTHON2=... names Python 2.7 itself, else Jython answers.

import { writeFileSync } from 'node:fs';
import { type Readings, vectorNames } from '../../legacy/vectors.ts';
import { type Found, python2, python3, uwsgiMissing } from './programs.ts';
import { pythonReadings, uwsgiReadings } from './vectors.ts';

function need<T>(found: Found<T>): T {
  if (typeof found === 'object' && found !== null && 'missing' in found) throw new Error(found.missing);
  return found as T;
}

const missing = uwsgiMissing();
if (missing !== undefined) throw new Error(missing);
const [two, three, uwsgi] = [
  pythonReadings(need(python2())),
  pythonReadings(need(python3())),
  await uwsgiReadings(),
];
const lines = vectorNames().map((name, at) => {
  const [by2, by3] = [two[at], three[at]];
  const own = uwsgi[at];
  if (!by2?.paste || !by3?.paste || !own) throw new Error(`no answer about ${name}`);
  const reading: Readings = {
    name,
    python2: by2.python,
    python3: by3.python,
    paste2: by2.paste,
    paste3: by3.paste,
    uwsgi: own,
  };
  return `${JSON.stringify(reading)}\n`;
});
writeFileSync('test/legacy/readings.jsonl', lines.join(''));
