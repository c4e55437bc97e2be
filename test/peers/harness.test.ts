// The instruments of the parity suite: what reads units must read them as systemd does, and what compares must see a
// planted difference. Needs no Python.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Case } from './case.ts';
import { compare } from './compare.ts';
import { corpus } from './corpus.ts';
import { count, galaxyOptions, handlerSettings, wantedKinds } from './coverage.ts';
import { mask } from './effective.ts';
import { minimise } from './minimise.ts';
import { bytes, readEnvironmentFile, readUnit, split } from './systemd-units.ts';
import { raw, yamlText } from './yaml-text.ts';

const test = suite('peers: the instruments');

const none = (path: string): string => {
  throw new Error(`no file ${path}`);
};

const unit = (...service: string[]) =>
  readUnit('galaxy-gunicorn.service', `[Service]\n${service.join('\n')}\n`, none);

test('words of a line', () => {
  const table: [string, string[]][] = [
    ['a  b', ['a', 'b']],
    [`a "b c" 'd "e"'`, ['a', 'b c', 'd "e"']],
    ['"a\\"b" "c\\\\d" "\\x41\\102\\u00e9\\n"', ['a"b', 'c\\d', 'ABé\n']],
    ['"" x', ['', 'x']],
    ['"\\xc3\\xa9"', ['é']],
  ];
  for (const [line, words] of table) assert.equal(split(line), words, line);
  assert.throws(() => split('"open'), /unbalanced/);
  assert.throws(() => split('a\\q'), /unknown escape/);
});

test('a command line', () => {
  const argv = (line: string) =>
    JSON.parse(unit('Environment=FOO="x y"', `ExecStart=${line}`).fields.get('argv') ?? '');
  assert.equal(argv('/bin/x "100%%" "$$HOME" "a b"'), ['/bin/x', '100%', '$HOME', 'a b']);
  assert.equal(argv('/bin/x $' + '{FOO} $FOO'), ['/bin/x', 'x y', 'x', 'y']);
  assert.equal(argv(':/bin/x $FOO'), ['/bin/x', '$FOO']);
  assert.equal(argv('/usr/bin/env A=1 tusd -x'), ['tusd', '-x']);
  assert.throws(() => argv('/bin/x %n'), /expands/);
  assert.throws(() => argv('/bin/x ; /bin/y'), /two commands/);
});

test('directives', () => {
  const { fields } = unit(
    'UMask=22',
    'WorkingDirectory=/srv//a b/./c/',
    'MemoryMax=1.5G',
    'TimeoutStopSec=65',
    'Environment="A=1" \'B=x "y"\'',
    'Type=simple',
    '# Type=exec',
    'ExecStart=/bin/x \\',
    '  y',
  );
  assert.equal(Object.fromEntries(fields), {
    umask: '0022',
    cwd: '/srv/a b/c',
    memoryMax: '1610612736',
    stopTimeout: '65',
    'env.A': '1',
    'env.B': 'x "y"',
    'directive.Service.Type': 'simple',
    argv: '["/bin/x","y"]',
  });
});

test('an environment file wins over the unit', () => {
  const read = readUnit(
    'x.service',
    '[Service]\nEnvironmentFile=/e/x.env\nEnvironment=A=unit\nExecStart=/bin/x\n',
    () => 'A=file\nB="q\\"\\$"\n',
  );
  assert.is(read.fields.get('env.A'), 'file');
  assert.is(read.fields.get('env.B'), 'q"$');
  assert.equal(readEnvironmentFile("# no\nA='a\nb'\n"), [['A', 'a\nb']]);
});

test('sizes and masks', () => {
  assert.is(bytes('2G'), '2147483648');
  assert.is(bytes('0.7G'), '751619276');
  assert.is(bytes('123'), '123');
  assert.match(bytes('1e-10G'), /ignores/);
  assert.is(mask('22'), mask('0022'));
});

test('YAML of the corpus', () => {
  assert.is(
    yamlText({ gravity: { on: 'yes', n: raw('0x10'), list: [{ a: 1, b: [] }, 'x: y'], none: null } }),
    'gravity:\n  "on": "yes"\n  "n": 0x10\n  list:\n    -\n      a: 1\n      b: []\n    - "x: y"\n  none: null\n',
  );
});

test('a planted difference is seen, an explained one is counted', () => {
  const left = unit('ExecStart=/bin/x a', 'UMask=022', 'Environment=A=1');
  const about = { target: 'systemd', one: corpus(1)[0] as Case } as const;
  const changes = [
    'ExecStart=/bin/x a ""|UMask=022|Environment=A=1',
    'ExecStart=/bin/x a|UMask=027|Environment=A=1',
    'ExecStart=/bin/x a|UMask=022',
  ];
  for (const change of changes) {
    const { defects, compared } = compare([left], [unit(...change.split('|'))], about, []);
    assert.is(defects.length, 1, change);
    assert.is(compared, 1);
  }
  const gone = compare([left], [], about, []);
  assert.is(gone.defects[0]?.field, 'presence');
  const allowed = {
    id: 'mask',
    reason: 'a test',
    explains: ({ field }: { field: string }) => field === 'umask',
  };
  const explained = compare([left], [unit('ExecStart=/bin/x a', 'UMask=027', 'Environment=A=1')], about, [
    allowed,
  ]);
  assert.equal([explained.defects.length, explained.explained.get('mask')], [0, 1]);
});

test('a failing case is made small', async () => {
  const [start] = corpus(1);
  const big: Case = {
    ...(start as Case),
    files: {
      ...start?.files,
      'galaxy/config/galaxy.yml': { gravity: { a: 1, gunicorn: { x: 1, bad: 2 }, c: [1] }, galaxy: {} },
    },
  };
  const small = await minimise(big, async (one) => JSON.stringify(one.files).includes('"bad"'));
  assert.equal(small.files, { 'galaxy/config/galaxy.yml': { gravity: { gunicorn: { bad: 2 } } } });
});

test('the corpus is large, always the same, and holds every kind of configuration at least three times', () => {
  const cases = corpus();
  assert.ok(cases.length >= 200);
  assert.is(new Set(cases.map((one) => one.name)).size, cases.length);
  assert.is(JSON.stringify(corpus()), JSON.stringify(cases));
  const totals = count(cases);
  for (const name of [...wantedKinds, ...handlerSettings, ...galaxyOptions]) {
    assert.ok((totals.get(name) ?? 0) >= 3, `${name}: ${totals.get(name) ?? 0}`);
  }
});

test.run();
