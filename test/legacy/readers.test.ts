// Every INI file of the vectors: read as the real programs read it (their answers are recorded; `npm run test:peers -- legacy`
// asks them again), every byte and every line accounted for.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ledgerOf } from '../../src/frontends/legacy/ledger.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';
import { encodeIni } from '../../src/syntax/decode-ini.ts';
import { readPythonIni } from '../../src/syntax/ini-python.ts';
import type { IniTree } from '../../src/syntax/ini-tree.ts';
import { readUwsgiIni, uwsgiMagic } from '../../src/syntax/ini-uwsgi.ts';
import { home, ownReadings, type Readings, vectorBytes, vectorNames, vectorText } from './vectors.ts';

const test = suite('legacy readers');
const recorded = JSON.parse(readFileSync('test/legacy/readings.json', 'utf8')) as Record<string, Readings>;
const names = vectorNames();

test('at least sixty files, each with recorded answers', () => {
  assert.ok(names.length >= 60, String(names.length));
  assert.equal(Object.keys(recorded).sort(), names);
});

for (const name of names) {
  test(`${name} as Python 2, Python 3 and uWSGI read it`, () => {
    assert.equal(ownReadings(name), recorded[name]);
  });

  test(`${name}: lines joined give the bytes back, for every reader`, () => {
    const text = vectorText(name);
    const { source } = text;
    const trees: IniTree[] = [
      readPythonIni(source, 'python2'),
      readPythonIni(source, 'python3'),
      readUwsgiIni(source, uwsgiMagic(`${home}/${name}`)),
    ];
    for (const { lines, reader } of trees) {
      const joined = lines.map((one) => source.text.slice(one.span.start, one.span.end) + one.end).join('');
      assert.is(joined, source.text, reader);
    }
    assert.equal(Buffer.from(encodeIni(text)), Buffer.from(vectorBytes(name)));
  });

  test(`${name}: every line has an owner`, () => {
    const { source } = vectorText(name);
    const { lines } = ledgerOf(source, 'ini');
    const count =
      source.text.split(/\r\n|\r|\n/).length - (/[\r\n]$/.test(source.text) || source.text === '' ? 1 : 0);
    assert.is(lines.length, count);
    for (const [index, line] of lines.entries()) {
      assert.is(line.number, index + 1);
      const owner = lines[line.owner - 1];
      assert.ok(owner, `${name}:${line.number} belongs to nobody`);
      if (line.kind === 'option' || line.kind === 'header') assert.is(line.owner, line.number);
      if (line.kind === 'option') assert.ok(line.key !== undefined);
      if (line.kind === 'continuation') assert.ok((owner?.number ?? 0) < line.number);
    }
  });

  test(`${name} compiles or is refused, and says where`, () => {
    const host = memoryHost({
      cwd: '/srv/galaxy',
      files: Object.fromEntries(
        names.map((one) => [`${home}/${one}`, { kind: 'file', bytes: vectorBytes(one), mode: 0o644 }]),
      ),
      asset: () => undefined,
    });
    const found = compile({ files: [`config/${name}`], allowUnknown: false, advice: true }, host);
    if (found.deployment.instances.length === 0)
      assert.ok(found.diagnostics.some((one) => one.severity === 'error' && (one.span ?? one.file)));
    const { files } = found.ledger();
    for (const file of files) assert.ok(file.lines.every((line) => line.owner > 0));
  });
}

test.run();
