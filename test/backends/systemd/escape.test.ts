import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Escaped } from '../../../src/backends/kernel.ts';
import { fileNamePart } from '../../../src/backends/names.ts';
import {
  account,
  argument,
  besideUnits,
  bytes,
  description,
  environment,
  environmentFileLine,
  environmentFilePath,
  logNamespace,
  startsDirectly,
  timeout,
  umask,
  unitName,
  workingDirectory,
} from '../../../src/backends/systemd/escape.ts';
import { hostile } from '../hostile.ts';
import { readCommand, readEnvironment, readEnvironmentFile } from './parse.ts';

const test = suite('systemd escape');

function text(escaped: Escaped): string {
  if ('refusal' in escaped) throw new Error(`refused: ${escaped.refusal}`);
  return escaped.text;
}

function verdict(escaped: Escaped): string {
  return 'text' in escaped ? 'ok' : 'impossible';
}

test('every hostile value gets the verdict of the real systemd, and what passes reads back unchanged', () => {
  for (const one of hostile) {
    const { value, why } = one;
    const asArgument = argument(value);
    assert.is(verdict(asArgument) === 'ok', one.possible('systemd.argv'), `argument: ${why}`);
    if ('text' in asArgument) assert.equal(readCommand(asArgument.text), [value], why);

    // The limit of 131,071 bytes holds for the whole assignment.
    const assignment = environment('V', value);
    assert.is(verdict(assignment) === 'ok', one.possible('systemd.env'), `variable: ${why}`);
    if ('text' in assignment) assert.equal(readEnvironment(assignment.text), [`V=${value}`], why);

    const line = environmentFileLine('V', value);
    assert.is(verdict(line) === 'ok', one.possible('systemd.envfile'), `file: ${why}`);
    if ('text' in line) assert.is(readEnvironmentFile(`${line.text}\n`).get('V'), value, why);
  }
});

test('all hostile values in one command stay that many words', () => {
  const values = hostile.filter((one) => one.possible('systemd.argv') && one.value.length < 4000);
  const line = values.map((one) => text(argument(one.value))).join(' ');
  assert.equal(
    readCommand(line),
    values.map((one) => one.value),
  );
});

test('plain words stay as people write them', () => {
  for (const [value, want] of [
    ['--workers=4', '--workers=4'],
    ['galaxy.celery', 'galaxy.celery'],
    ['unix:/srv/galaxy/g.sock', 'unix:/srv/galaxy/g.sock'],
    ['100%n', '100%%n'],
    ['', '""'],
    ['a b', '"a b"'],
    ['$HOME', '"$$HOME"'],
    ['a;b', '"a;b"'],
    ["it's", '"it\'s"'],
    ['C:\\dir', '"C:\\\\dir"'],
    ['a\tb\n\x01', '"a\\tb\\n\\x01"'],
    ['fast_factory:factory()', '"fast_factory:factory()"'],
  ] as const)
    assert.is(text(argument(value)), want);
});

test('variables keep their dollars, command lines double them', () => {
  assert.is(text(environment('A', 'x$y')), '"A=x$y"');
  assert.is(text(environment('A', '50%')), 'A=50%%');
  assert.is(text(environmentFileLine('A', '50% $x `y` "z" \\')), 'A="50% \\$x \\`y\\` \\"z\\" \\\\"');
});

test('names systemd drops in silence are refused', () => {
  for (const name of ['A-B', '1A', 'é', '', 'A B', 'A=B']) {
    assert.is(verdict(environment(name, 'x')), 'impossible');
    assert.is(verdict(environmentFileLine(name, 'x')), 'impossible');
  }
});

test('executables that systemd refuses, mangles or searches elsewhere do not start directly', () => {
  const direct = ['/a/b', '/a b/c', '/a;b', '/a%b', '/a=b', '/é', '/a '];
  for (const path of direct) assert.ok(startsDirectly(path), path);
  for (const path of ['tusd', './x', '/a"b', "/a'b", '/a\\b', '/a\tb', '/a$b', '/a\nb'])
    assert.not.ok(startsDirectly(path), path);
});

test('paths are raw, with a slash where an end would be lost', () => {
  for (const [path, want] of [
    ['/srv/my galaxy', '/srv/my galaxy'],
    ['/srv/100%n', '/srv/100%%n'],
    ['/srv/$HOME', '/srv/$HOME'],
    ['/srv/x ', '/srv/x /'],
    ['/srv/x\\', '/srv/x\\/'],
    ['/srv/"q"', '/srv/"q"'],
  ] as const)
    assert.is(text(workingDirectory(path)), want);
  for (const path of ['srv', '~/x', '/a/../b', '/a\nb', '/a\rb', '/a\0b', '/a\ufffe', `/${'x'.repeat(4095)}`])
    assert.is(verdict(workingDirectory(path)), 'impossible', JSON.stringify(path.slice(0, 20)));
  assert.is(text(workingDirectory('/a/..b')), '/a/..b');
});

test('the path of an environment file is a glob', () => {
  assert.is(text(environmentFilePath('/etc/a b/[x]*?\\x20.env')), '/etc/a b/\\[x]\\*\\?\\\\x20.env');
  assert.is(text(besideUnits('~/.config/systemd/user', 'a.env')), '%h/.config/systemd/user/a.env');
  assert.is(text(besideUnits('/etc/systemd/system/', 'a.env')), '/etc/systemd/system/a.env');
  assert.is(verdict(besideUnits('units', 'a.env')), 'impossible');
});

test('plain values are checked, because systemd drops wrong ones with a warning', () => {
  for (const good of ['022', '22', '0', '0777', '00000077']) assert.is(text(umask(good)), good);
  for (const bad of ['', '0o22', '078', '1777', '+22', 'u=rwx', '8'])
    assert.is(verdict(umask(bad)), 'impossible', bad);

  assert.is(text(timeout(0)), 'infinity');
  assert.is(text(timeout(65)), '65');
  for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e21])
    assert.is(verdict(timeout(bad)), 'impossible', String(bad));

  assert.is(text(bytes(1_610_612_736)), '1610612736');
  for (const bad of [0, -1, 1.5, Number.NaN, 1e300])
    assert.is(verdict(bytes(bad)), 'impossible', String(bad));

  assert.is(text(logNamespace('galaxy-main')), 'galaxy-main');
  for (const bad of ['', '.', '..', 'my ns', 'a/b', 'é', 'a%n', 'x'.repeat(201)])
    assert.is(verdict(logNamespace(bad)), 'impossible', bad);

  assert.is(text(account('galaxy')), 'galaxy');
  assert.is(text(account('gal%n')), 'gal%%n');
  for (const bad of ['', 'g\nExecStartPre=/bin/true', 'galaxy:galaxy', 'a ', ' a', 'a\\', 'a/b'])
    assert.is(verdict(account(bad)), 'impossible', bad);
});

test('names of units hold what systemd loads', () => {
  for (const [name, want] of [
    ['celery-beat', 'celery-beat'],
    ['a b', 'a\\x20b'],
    ['a/b', 'a\\x2fb'],
    ['a%n', 'a\\x25n'],
    ['é', '\\xc3\\xa9'],
    ['h@1', 'h\\x401'],
    ['a\\x20b', 'a\\x5cx20b'],
  ] as const)
    assert.is(fileNamePart(name), want);
  assert.is(verdict(unitName(`${'x'.repeat(247)}.service`)), 'ok');
  assert.is(verdict(unitName(`${'x'.repeat(248)}.service`)), 'impossible');
});

test('a description stays one line and expands nothing', () => {
  assert.is(description('Galaxy a%n'), 'Galaxy a%%n');
  assert.is(description('a\nUser=root'), 'a?User=root');
  assert.is(description('a\\'), 'a?');
});

test.run();
