import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Escaped } from '../../../src/backends/kernel.ts';
import {
  account,
  argument,
  breaksListing,
  directory,
  environment,
  logFile,
  name,
  nameValue,
  seconds,
  takesVariable,
  umask,
} from '../../../src/backends/supervisor/escape.ts';
import { hostile } from '../hostile.ts';
import { expand, readValue, splitCommand, splitEnvironment } from './parse.ts';

const test = suite('supervisor escape');

function text(escaped: Escaped): string {
  if ('refusal' in escaped) throw new Error(`refused: ${escaped.refusal}`);
  return escaped.text;
}

function refused(escaped: Escaped): boolean {
  return 'refusal' in escaped;
}

const readCommand = (line: string) => splitCommand(expand(readValue(` ${line}`)));

test('every hostile argument gets the verdict of the real supervisord, and what passes reads back unchanged', () => {
  for (const one of hostile) {
    const word = argument(one.value);
    assert.is(!refused(word), one.possible('supervisor.argv'), one.why);
    if ('text' in word) assert.equal(readCommand(`/x ${word.text} y`), ['/x', one.value, 'y'], one.why);
  }
});

test('every hostile variable goes through environment= or env, with the verdicts of the real supervisord', () => {
  for (const one of hostile) {
    const { value, why } = one;
    const direct = takesVariable('V', value) && !refused(environment('V', value));
    assert.is(direct, one.possible('supervisor.env'), why);
    if (direct) {
      const setting = expand(readValue(`\n    A="1",\n    ${text(environment('V', value))},\n    B="2"`));
      for (const posix of [false, true]) {
        const want = [
          ['A', '1'],
          ['V', value],
          ['B', '2'],
        ];
        assert.equal([...splitEnvironment(setting, posix)], want, why);
      }
    }
    const wrapped = argument(`V=${value}`);
    assert.is(!refused(wrapped), one.possible('supervisor.env.wrapped'), why);
  }
});

test('words look as people write them', () => {
  for (const [value, want] of [
    ['--workers=4', '--workers=4'],
    ['100%', '100%%'],
    ['', "''"],
    ["it's", `'it'"'"'s'`],
    ['a ;b', "'a '';b'"],
    ['a;b', "'a;b'"],
    ['a\nb', "'a''\n ''b'"],
    ['%(here)s', "'%%''(here)s'"],
    ['%(ENV_HOME)s', "'%%(ENV_HOME)s'"],
  ] as const)
    assert.is(text(argument(value)), want);
  assert.is(text(environment('A', 'b c')), 'A="b c"');
  assert.is(text(environment('A', 'say "hi" to all')), `A='say "hi" to all'`);
});

test('variables that some supervisor reads otherwise are left to env', () => {
  for (const [variable, value] of [
    ['A-B', 'x'],
    ['1A', 'x'],
    ['', 'x'],
    ['A', `it's "q"`],
    ['A', `it's \\`],
    ['A', '"a"'],
    ['A', "a'"],
  ] as const) {
    assert.not.ok(takesVariable(variable, value));
    assert.ok(refused(environment(variable, value)));
  }
  assert.ok(takesVariable('A', 'C:\\dir'));
  assert.ok(takesVariable('A', "it's"));
});

test('paths are raw; what would be cut, expanded or taken for a comment is parted', () => {
  const nothing = '%(program_name).0s';
  for (const [path, want] of [
    ['/srv/my galaxy', '/srv/my galaxy'],
    ['/srv/100%', '/srv/100%%'],
    ['/srv/a ;b', `/srv/a ${nothing};b`],
    ['/srv/x ', '/srv/x /'],
    ['/srv/%(here)s', `/srv/%%${nothing}(here)s`],
  ] as const)
    assert.is(text(directory(path)), want);
  for (const path of ['srv', '~/x', '/a\rb', '/a\0b']) assert.ok(refused(directory(path)), path);

  assert.is(text(logFile('/log/100%.log')), '/log/100%%%%.log');
  assert.is(expand(expand(readValue(text(logFile('/log/%(here)s ;x.log'))))), '/log/%(here)s ;x.log');
  for (const path of ['none', 'x.log', '/x ']) assert.ok(refused(logFile(path)), path);
});

test('one wrong value would stop all of supervisord, so each is checked', () => {
  for (const good of ['022', '0', '00027']) assert.is(text(umask(good)), good);
  for (const bad of ['', '0o27', '-22', '8', 'u=rwx', '1777']) assert.ok(refused(umask(bad)), bad);
  assert.is(text(seconds(0)), '0');
  for (const bad of [-1, 1.5, Number.NaN, 1e21]) assert.ok(refused(seconds(bad)), String(bad));
  assert.is(text(account('galaxy')), 'galaxy');
  assert.is(text(account('gal%n')), 'gal%%n');
  for (const bad of ['', 'a b', 'galaxy:galaxy', 'g\nautostart=false', 'a/b'])
    assert.ok(refused(account(bad)), bad);
});

test('names', () => {
  for (const good of ['galaxy_handler0', 'celery-beat', 'gx', 'über', 'a%b', 'a]b', ';a#b', '"a', "it's"])
    assert.is(text(name(good)), good);
  for (const bad of ['', 'a b', 'a:b', 'a/b', 'a,b', 'a\nb', '*', '\uffff', 'x'.repeat(201)])
    assert.ok(refused(name(bad)), bad);
});

test('a name as a value: no comment, no expansion, and nothing that an [include] replaces', () => {
  assert.is(nameValue('a%b'), 'a%%b');
  assert.is(nameValue(';a'), '%(here).0s;a');
  assert.is(nameValue('a;b'), 'a;b');
  assert.is(nameValue('%(here)s'), '%%%(here).0s(here)s');
});

test('arguments with which supervisorctl can no longer list programs are known', () => {
  for (const bad of ['\x01', 'a\x1bb', '\uffff']) assert.ok(breaksListing(bad));
  for (const good of ['', 'a\tb\nc', '\x7f', '\x85', 'é']) assert.not.ok(breaksListing(good));
});

test.run();
