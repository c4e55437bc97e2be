// Every INI file of the vectors: read as the real programs read it (their answers are recorded; `npm run test:peers -- legacy`
// asks them again), every byte and every line accounted for.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ledgerOf } from '../../src/frontends/legacy/ledger.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';
import { decodeIni, encodeIni } from '../../src/syntax/decode-ini.ts';
import { readPythonIni } from '../../src/syntax/ini-python.ts';
import type { IniTree } from '../../src/syntax/ini-tree.ts';
import { readUwsgiIni, uwsgiMagic } from '../../src/syntax/ini-uwsgi.ts';
import {
  gxgenPaste,
  gxgenPython,
  gxgenUwsgi,
  home,
  type PasteAnswer,
  type PythonAnswer,
  type Readings,
  type UwsgiAnswer,
  vectorBytes,
  vectorFiles,
  vectorNames,
  vectorText,
} from './vectors.ts';

const test = suite('legacy readers');
const names = vectorNames();
const recorded: Readings[] = readFileSync('test/legacy/readings.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const files = vectorFiles();

test('at least sixty files, each with recorded answers', () => {
  assert.ok(names.length >= 60, String(names.length));
  assert.equal(
    recorded.map(({ name }) => name),
    names,
  );
});

/** Where gxgen says something else than uWSGI, with the reason. */
const differences: Readonly<Record<string, string>> = {
  'uwsgi-file-contents.ini': 'what `@(file)` holds is on the server only, so it stays as it is written',
  'uwsgi-nested-in-false.ini':
    'whether a condition on files holds is known on the server only, so gxgen refuses',
};

/** Refused is refused: each program has its own words for it. */
function verdict(answer: PythonAnswer | UwsgiAnswer) {
  return 'refused' in answer ? 'refused' : answer;
}

for (const { name, ...answers } of recorded) {
  const bytes = vectorBytes(name);
  for (const reader of ['python2', 'python3'] as const)
    test(`${name} as ${reader} reads it`, () => {
      assert.equal(verdict(gxgenPython(bytes, reader, name)), verdict(answers[reader]));
    });
  test(`${name} as PasteDeploy reads it`, () => {
    same(gxgenPaste(name, 'python2'), answers.paste2);
    same(gxgenPaste(name, 'python3'), answers.paste3);
  });
  test(`${name} as uWSGI reads it`, () => {
    const own = verdict(gxgenUwsgi(bytes, name, files));
    if (differences[name] !== undefined) assert.not.equal(own, verdict(answers.uwsgi), differences[name]);
    else assert.equal(own, verdict(answers.uwsgi));
  });
}

// The real one takes all memory there is, so its answer cannot be recorded.
test('names of uWSGI that lead back to each other are refused', () => {
  const bytes = new TextEncoder().encode('[uwsgi]\na = x%(b)\nb = y%(a)\n');
  assert.match(JSON.stringify(gxgenUwsgi(bytes, 'ring.ini', files)), /comes to no end/);
});

test('a file of more lines than people write is refused', () => {
  const found: string[] = [];
  const bytes = new TextEncoder().encode('\n'.repeat(300_001));
  assert.is(
    decodeIni('galaxy.ini', bytes, (one) => found.push(one.code)),
    undefined,
  );
  assert.equal(found, ['GX003']);
});

// gxgen looks for one application, where Paste may serve several under different paths.
function same(own: PasteAnswer | undefined, { refused, app, servers }: PasteAnswer): void {
  if (!own || own.refused !== undefined) {
    assert.ok(refused !== undefined, JSON.stringify(own));
  } else {
    assert.is(refused, undefined);
    assert.equal(own.app, app?.length === 1 ? app : app?.filter(([path]) => path === own.app?.[0]?.[0]));
  }
  if (own) assert.equal(own.servers, servers);
}

for (const name of names) {
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
