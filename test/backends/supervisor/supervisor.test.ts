import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Process } from '../../../src/model/deployment.ts';
import { byDefault } from '../../../src/model/located.ts';
import { render } from '../render.ts';
import { here, sampleDeployment } from '../sample.ts';
import { expand, readValue, splitCommand, splitEnvironment } from './parse.ts';

const test = suite('supervisor');

/** The sample with celery changed. */
function changed(change: (process: Process) => Partial<Process>, name?: string) {
  return sampleDeployment({
    ...(name === undefined ? {} : { name }),
    change: (one) => (one.name === 'celery' ? { ...one, ...change(one) } : one),
  });
}

/** The keys of a section, as configparser sees them. */
function section(text: string, name: string): Map<string, string> {
  const keys = new Map<string, string>();
  const body = text.split(`[${name}]\n`)[1]?.split(/\n\n?(?=\[)|\n$/)[0];
  if (body === undefined) throw new Error(`no [${name}]`);
  for (const one of body.split(/\n(?=\S)/)) {
    const [, key = '', value = ''] = /^(\S+)\s*=(.*)$/s.exec(one) ?? [];
    keys.set(key, readValue(value));
  }
  return keys;
}

const known = ['GX710', 'GX713', 'GX714'];

function others(rendered: ReturnType<typeof render>): readonly string[] {
  return rendered.problems.filter((one) => !known.some((code) => one.includes(code)));
}

test('hostile words and variables come out of the section unchanged', () => {
  const argv = ['/srv/a b/prog', '100%', ' ;x #y', "it's", '"', '\\', '', 'a\n ;b', '%(here)s', '$HOME'];
  const env = { A: ' ;x', B: 'a\n #b', C: '%(ENV_X)s', D: 'C:\\dir', E: "it's", F: '' };
  const variables = Object.entries(env).map(([name, value]) => ({
    name,
    value: byDefault(value),
    secret: false,
  }));
  const rendered = render(
    'supervisor',
    changed(() => ({ argv: argv.map(byDefault), env: variables })),
  );
  assert.equal(others(rendered), []);
  const keys = section(rendered.text('galaxy.conf'), 'program:galaxy_celery');
  assert.equal(splitCommand(expand(keys.get('command') ?? '')), argv);
  for (const posix of [false, true])
    assert.equal([...splitEnvironment(expand(keys.get('environment') ?? ''), posix)], Object.entries(env));
});

test('variables that environment= cannot hold, and relative programs, go through env', () => {
  const variable = (name: string, value: string) => ({ name, value: byDefault(value), secret: false });
  const rendered = render(
    'supervisor',
    changed(() => ({
      argv: [byDefault('./scripts/x'), byDefault('y')],
      env: [variable('A', `"'`), variable('B', 'b'), variable('C-D', 'e')],
    })),
  );
  const keys = section(rendered.text('galaxy.conf'), 'program:galaxy_celery');
  assert.equal(splitCommand(expand(keys.get('command') ?? '')), [
    '/usr/bin/env',
    `A="'`,
    'C-D=e',
    './scripts/x',
    'y',
  ]);
  assert.is(keys.get('environment'), 'B="b"');
});

test('a file with a secret is for its owner only, and has a masked form', () => {
  const rendered = render(
    'supervisor',
    changed(() => ({ env: [{ name: 'DB', value: byDefault('hunter2'), secret: true }] })),
  );
  const [file] = rendered.files;
  assert.is(file?.mode, 0o600);
  assert.match(file?.text ?? '', 'DB="hunter2"');
  assert.match(file?.masked ?? '', 'DB="********"');
  assert.not.match(file?.masked ?? 'hunter2', 'hunter2');

  const own = render(
    'supervisor/self-contained',
    changed(() => ({ env: [{ name: 'DB', value: byDefault('hunter2'), secret: true }] })),
  );
  assert.equal(
    own.files.filter((one) => one.mode === 0o600).map((one) => one.path),
    ['supervisord.conf.d/_default_.d/celery_celery.conf'],
  );
});

test('a secret that only a command line can hold is told, without its value', () => {
  const rendered = render(
    'supervisor',
    changed(() => ({ env: [{ name: 'DB', value: here(`"hunter2"`), secret: true }] })),
  );
  assert.equal(others(rendered), [
    'warning GX717 the secret variable "DB" can only be set on a command line',
  ]);
  assert.not.match(
    JSON.stringify(rendered.diagnostics.map((one) => [one.message, one.notes, one.help])),
    'hunter2',
  );
  assert.not.match(rendered.files[0]?.masked ?? 'hunter2', 'hunter2');
});

test('log files are named where the folder for logs is written, or supervisord is our own', () => {
  assert.not.match(render('supervisor', sampleDeployment()).text('galaxy.conf'), 'logfile');
  const text = render('supervisor', sampleDeployment({ logDir: 'written' })).text('galaxy.conf');
  assert.is(section(text, 'program:galaxy_celery').get('stdout_logfile'), '/srv/galaxy/log/celery.log');
  assert.is(
    section(text, 'program:galaxy_handler_').get('stdout_logfile'),
    '/srv/galaxy/log/handler_%(process_num)d.log',
  );
});

test('restarts, signals, padded numbers', () => {
  const rendered = render(
    'supervisor',
    sampleDeployment({
      change: (p) => {
        if (p.name === 'celery') return { ...p, restart: 'on-failure', stopSignal: 'INT', autostart: false };
        if (p.name === 'tusd') return { ...p, restart: 'no' };
        const number = /^handler(\d)$/.exec(p.name)?.[1];
        return number
          ? {
              ...p,
              name: `w00${number}`,
              argv: [byDefault('/x'), byDefault(`w00${number}-${number}`)],
              log: byDefault('/l'),
            }
          : p;
      },
    }),
  );
  const text = rendered.text('galaxy.conf');
  const celery = section(text, 'program:galaxy_celery');
  assert.is(celery.get('autostart'), 'false');
  assert.is(celery.get('autorestart'), 'unexpected');
  assert.is(celery.get('stopsignal'), 'INT');
  assert.is(section(text, 'program:galaxy_tusd').get('autorestart'), 'false');
  const folded = section(text, 'program:galaxy_w');
  assert.is(folded.get('process_name'), 'w%(process_num)03d');
  assert.is(folded.get('command'), '/x w%(process_num)03d-%(process_num)d');
});

test('what supervisor cannot do, or takes otherwise', () => {
  const cases: [Parameters<typeof changed>[0], string][] = [
    [() => ({ startTimeout: here(30) }), 'info GX712 '],
    [() => ({ stopTimeout: here(0) }), 'warning GX718 '],
    [() => ({ argv: [byDefault('/x'), here('\x1b')] }), 'warning GX721 '],
  ];
  for (const [change, want] of cases) {
    const found = others(render('supervisor', changed(change)));
    assert.is(found.length, 1, want);
    assert.ok(found[0]?.startsWith(want), found[0]);
  }
  const grouped = sampleDeployment({ instance: { group: here('biology'), logNamespace: here('galaxy') } });
  assert.equal(
    others(render('supervisor', grouped)).map((one) => one.slice(0, 13)),
    ['info GX711 su', 'warning GX715'],
  );
  assert.ok(
    render('supervisor', sampleDeployment({ user: null })).problems.some((one) =>
      one.startsWith('warning GX716'),
    ),
  );
  const own = render('supervisor/self-contained', sampleDeployment({ user: null })).problems;
  assert.equal(
    own.map((one) => one.split(' ')[1]),
    ['GX710', 'GX710', 'GX713'],
  );
});

test('HOME is told unless every process has its own', () => {
  const home = { name: 'HOME', value: byDefault('/home/galaxy'), secret: false };
  const all = sampleDeployment({ change: (p) => ({ ...p, env: [...p.env, home] }) });
  assert.not.ok(render('supervisor', all).problems.some((one) => one.includes('GX714')));
});

test('wrong values and names are errors where they are written', () => {
  const cases: [string, Partial<Process>][] = [
    ['an argument', { argv: [byDefault('/x'), here('a\rb')] }],
    ['a variable', { env: [{ name: 'A', value: here('\ud800'), secret: false }] }],
    ['a folder', { cwd: here('server') }],
    ['an umask', { umask: here('0o22') }],
    ['a user', { user: here('a b') }],
    ['a timeout', { stopTimeout: here(1.5) }],
    ['a name', { name: 'a:b', serverName: here('a:b') }],
  ];
  for (const layout of ['conf.d', 'self-contained'])
    for (const [why, parts] of cases) {
      if (layout === 'self-contained' && why === 'a user') continue;
      const rendered = render(
        `supervisor/${layout}`,
        changed(() => parts),
      );
      const errors = rendered.diagnostics.filter((one) => one.severity === 'error');
      assert.equal(
        errors.map((one) => one.code),
        ['GX700'],
        `${layout}: ${why}`,
      );
      assert.is(errors[0]?.span?.start, 11, why);
      const all = rendered.files.map((one) => one.text).join('');
      assert.not.match(all, /\[program:.*celery\]/, why);
      // A group that names a program which is not there stops supervisord.
      for (const name of (/^programs = (.*)$/m.exec(all)?.[1] ?? '').split(','))
        if (name !== '') assert.match(all, `[program:${name}]`);
    }
  const odd = render('supervisor', sampleDeployment({ name: 'a b' }));
  assert.ok(odd.problems.some((one) => one.startsWith('error GX700')));
  assert.equal(odd.files, []);
});

test('programs of the same name in two files would be merged', () => {
  const named = (name: string, from: string, to: string) =>
    sampleDeployment({ name, change: (p) => (p.name === from ? { ...p, name: to } : p) });
  const [a, b] = [named('a', 'tusd', 'b_tusd'), named('a_b', '', '')];
  const both = { ...a, instances: [...a.instances, ...b.instances] };
  assert.ok(
    render('supervisor', both).problems.includes('error GX702 two processes make the program "a_b_tusd"'),
  );
});

test.run();
