import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Instance, Process } from '../../../src/model/deployment.ts';
import { byDefault, written } from '../../../src/model/located.ts';
import { makeSource, span } from '../../../src/text/source.ts';
import { render } from '../render.ts';
import { here, sampleDeployment, systemOptions } from '../sample.ts';
import { readCommand, readEnvironmentFile } from './parse.ts';

const test = suite('systemd');

const user = { systemd: { mode: 'user', directory: '~/.config/systemd/user' } } as const;

/** The sample with gunicorn0 changed. */
function changed(change: (process: Process) => Partial<Process>, name?: string) {
  return sampleDeployment({
    ...(name === undefined ? {} : { name }),
    change: (one) => (one.name === 'gunicorn0' ? { ...one, ...change(one) } : one),
  });
}

function withInstance(parts: Partial<Instance>) {
  return sampleDeployment({ instance: parts });
}

const unit = 'galaxy-gunicorn0.service';

test('secrets go to a file of their own, which only its owner reads', () => {
  const secret = 'pa$$ "word" `x`\\';
  const { files, text, problems } = render(
    'systemd',
    changed(({ env }) => ({
      env: [...env, { name: 'DB_PASSWORD', value: byDefault(secret), secret: true }],
    })),
  );
  assert.equal(problems, []);
  const file = files.find((one) => one.path === 'galaxy-gunicorn0.env');
  assert.is(file?.mode, 0o600);
  const lines = (file?.text ?? '').split('\n').slice(1).join('\n');
  assert.equal([...readEnvironmentFile(lines)], [['DB_PASSWORD', secret]]);
  assert.not.match(file?.masked ?? secret, 'word');
  assert.match(file?.masked ?? '', 'DB_PASSWORD="********"');
  assert.match(text(unit), '\nEnvironmentFile=/etc/systemd/system/galaxy-gunicorn0.env\n');
  for (const one of files) if (one !== file) assert.not.match(one.text, 'DB_PASSWORD');
});

test("in a user's manager the file is found from its home", () => {
  const { text } = render(
    'systemd',
    changed(() => ({ env: [{ name: 'S', value: byDefault('x'), secret: true }] })),
    user,
  );
  assert.match(text(unit), '\nEnvironmentFile=%h/.config/systemd/user/galaxy-gunicorn0.env\n');
});

test('a secret under a name only env can set is refused, because it would stand in the unit', () => {
  const { files, problems } = render(
    'systemd',
    changed(() => ({ env: [{ name: 'DB-PASSWORD', value: here('hunter2'), secret: true }] })),
  );
  assert.is(problems.length, 1);
  assert.match(problems[0] ?? '', /^error GX700 systemd cannot be given variable "DB-PASSWORD"/);
  assert.not.match(JSON.stringify([files, problems]), 'hunter2');
});

test('a bare program is found through the PATH of the service', () => {
  const { text } = render('systemd', sampleDeployment());
  assert.match(text('galaxy-tusd.service'), '\nExecStart=/usr/bin/env tusd -host=localhost ');
});

test('readiness, signals, restarts, limits, directories', () => {
  const { text, problems } = render(
    'systemd',
    changed(() => ({
      readiness: 'notify',
      stopSignal: 'INT',
      restart: 'on-failure',
      startTimeout: byDefault(0),
      stopTimeout: byDefault(0),
      memoryMax: byDefault(1_610_612_736),
      dirs: [byDefault('/srv/my dir'), byDefault('/srv/100%')],
    })),
  );
  assert.equal(problems, []);
  for (const line of [
    'Type=notify\nNotifyAccess=main',
    'KillSignal=SIGINT',
    'Restart=on-failure\nRestartSec=5',
    'TimeoutStartSec=infinity\nTimeoutStopSec=infinity',
    'MemoryMax=1610612736',
    'ExecStartPre=/bin/mkdir -p -- "/srv/my dir" /srv/100%%',
  ])
    assert.match(text(unit), `\n${line}\n`);
});

test('what is not to start with the rest is not wanted', () => {
  const { text } = render(
    'systemd',
    changed(() => ({ autostart: false })),
  );
  assert.not.match(text('galaxy.target'), 'gunicorn0');
  assert.match(text('galaxy.target'), 'Wants=galaxy-gunicorn1.service');
});

test('who runs it: root is an error, a name in units for a user is told', () => {
  assert.equal(render('systemd', sampleDeployment({ user: null })).problems, [
    'error GX704 no "galaxy_user" is set, so systemd would run Galaxy as root',
  ]);
  const own = render('systemd', sampleDeployment(), user);
  assert.ok(own.problems.every((one) => one.startsWith('info GX705')));
  assert.not.match(own.text(unit), /User=|Group=|network/);
});

test('a log namespace is for the system only', () => {
  const deployment = sampleDeployment({ instance: { logNamespace: here('galaxy') } });
  assert.match(render('systemd', deployment).text(unit), '\nLogNamespace=galaxy\n');
  const own = render('systemd', deployment, user);
  assert.not.match(own.text(unit), 'LogNamespace');
  assert.ok(own.problems.some((one) => one.startsWith('info GX711')));
});

test('no virtualenv', () => {
  const { instances, ...rest } = sampleDeployment();
  const without = instances.map(({ virtualenv: _, ...one }) => one);
  assert.equal(render('systemd', { ...rest, instances: without }).problems, [
    'error GX703 no "virtualenv" is set, which systemd needs',
  ]);
});

test('values that systemd cannot take are errors where they are written, and that unit is not made', () => {
  const cases: [string, Partial<Process>][] = [
    ['an argument', { argv: [byDefault('/x'), here('a\0b')] }],
    ['a relative program', { argv: [here('.venv/bin/x')] }],
    ['a program that is a folder', { argv: [here('/x/')] }],
    ['a variable', { env: [{ name: 'A', value: here('\ufffe'), secret: false }] }],
    ['a relative folder', { cwd: here('server') }],
    ['a folder with ..', { cwd: here('/srv/../x') }],
    ['an umask', { umask: here('u=rwx') }],
    ['a user', { user: here('a:b') }],
    ['a timeout', { stopTimeout: here(-1) }],
    ['a limit', { memoryMax: here(0.5) }],
    ['a directory', { dirs: [here('\ud800')] }],
    ['a command too long', { argv: ['/x', ...Array(9).fill('y'.repeat(130_000))].map(here) }],
  ];
  for (const [why, parts] of cases) {
    const { files, diagnostics } = render(
      'systemd',
      changed(() => parts),
    );
    assert.equal(
      diagnostics.map((one) => one.code),
      ['GX700'],
      why,
    );
    assert.is(diagnostics[0]?.span?.start, 11, why);
    assert.not.ok(
      files.some((one) => one.path === unit),
      why,
    );
    assert.is(files.length, 13, why);
  }
});

test('one mistake that reaches every process is one finding', () => {
  const bad = here('/srv/\ufffe');
  const deployment = sampleDeployment({ change: (one) => ({ ...one, cwd: bad, dirs: [bad] }) });
  assert.is(render('systemd', deployment).problems.length, 1);
});

test('names: bytes that no unit name holds are escaped, clashes and lengths are errors', () => {
  const odd = render(
    'systemd',
    changed(() => ({ name: 'a b/é%n' })),
  );
  assert.ok(odd.files.some((one) => one.path === 'galaxy-a\\x20b\\x2f\\xc3\\xa9\\x25n.service'));
  assert.match(odd.text('galaxy.target'), '\nWants=galaxy-a\\x20b\\x2f\\xc3\\xa9\\x25n.service\n');
  assert.match(odd.text('galaxy-a\\x20b\\x2f\\xc3\\xa9\\x25n.service'), '\nDescription=Galaxy a b/é%%n\n');

  assert.equal(
    render(
      'systemd',
      changed(() => ({ name: 'tusd' })),
    ).problems,
    ['error GX702 two processes make the unit "galaxy-tusd.service"'],
  );
  const long = render(
    'systemd',
    changed(() => ({ name: 'x'.repeat(300) })),
  );
  assert.equal(
    long.diagnostics.map((one) => one.code),
    ['GX700'],
  );

  const one = sampleDeployment({ name: 'a' });
  const other = sampleDeployment({
    name: 'a-b',
    change: (p) => (p.name === 'tusd' ? { ...p, name: 'x' } : p),
  });
  const first = sampleDeployment({
    name: 'a',
    change: (p) => (p.name === 'tusd' ? { ...p, name: 'b-x' } : p),
  });
  const both = { ...one, instances: [...first.instances, ...other.instances] };
  assert.equal(render('systemd', both).problems, [
    'error GX702 two processes make the unit "galaxy-a-b-x.service"',
  ]);
});

test('the template layout: secrets that differ, or two ways to write the number, keep units apart', () => {
  const secret = (of: (name: string) => string) =>
    render(
      'systemd/template',
      sampleDeployment({
        change: (p) =>
          /^handler\d/.test(p.name)
            ? { ...p, env: [{ name: 'S', value: byDefault(of(p.name)), secret: true }] }
            : p,
      }),
    );
  const same = secret(() => 'x');
  assert.match(
    same.text('galaxy-handler@.service'),
    '\nEnvironmentFile=/etc/systemd/system/galaxy-handler@.env\n',
  );
  const apart = secret((name) => name);
  assert.ok(apart.files.some((one) => one.path === 'galaxy-handler0.service'));
  assert.not.ok(apart.files.some((one) => one.path === 'galaxy-handler@.service'));

  const padded = render(
    'systemd/template',
    sampleDeployment({
      change: (p) => {
        const number = /^handler(\d)/.exec(p.name)?.[1];
        return number
          ? { ...p, name: `w_00${number}`, argv: [byDefault('/x'), byDefault(`-n${number}`)] }
          : p;
      },
    }),
  );
  assert.ok(padded.files.some((one) => one.path === 'galaxy-w_001.service'));
});

test('the template layout: a refused value is told with the name of its process', () => {
  const { problems } = render(
    'systemd/template',
    sampleDeployment({ change: (p) => (/^handler\d/.test(p.name) ? { ...p, umask: here('9') } : p) }),
  );
  assert.equal(problems, [
    'error GX700 systemd cannot be given the umask of "handler0": it is no octal number up to 777',
  ]);
});

test('the wrapper layout: what its one unit cannot do', () => {
  const manager = written('systemd' as const, span(makeSource('galaxy.yml', 'systemd'), 0, 7));
  const { problems } = render('systemd/wrapper', withInstance({ processManager: manager }));
  assert.match(problems[0] ?? '', /^error GX722 .* hand its processes to systemd$/);

  const [a, b] = [sampleDeployment({ name: 'a' }), sampleDeployment({ name: 'b' })];
  const both = render('systemd/wrapper', { ...a, instances: [...a.instances, ...b.instances] });
  assert.is(both.problems.filter((one) => one.includes('every instance')).length, 2);
  assert.equal(
    both.files.map((one) => one.path),
    ['galaxy-a.service', 'galaxy-b.service'],
  );

  const masks = render(
    'systemd/wrapper',
    changed(() => ({ umask: here('077') })),
  );
  assert.ok(masks.problems.some((one) => one.includes('umask')));
});

test('a hostile command line comes out of the unit unchanged', () => {
  const argv = ['/srv/a b/prog', '100%n', '$HOME $X$', "it's", '"', '\\', ';', '', 'a\nb', '#'];
  const { text } = render(
    'systemd',
    changed(() => ({ argv: argv.map(byDefault) })),
    systemOptions,
  );
  const line = /\nExecStart=(.*)\n/.exec(text(unit))?.[1] ?? '';
  assert.equal(readCommand(line), argv);
});

test.run();
