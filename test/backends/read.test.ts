// What back ends read back from files is what was written: for every configuration among the fixtures in every layout,
// and for hostile values.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backends } from '../../src/backends/index.ts';
import type { Deployment, Process } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';
import type { RunningProcess } from '../../src/model/running.ts';
import { Random } from '../fuzz/random.ts';
import { fixtureDeployments } from '../helpers/deployments.ts';
import { hostile } from './hostile.ts';
import { render } from './render.ts';
import { sampleDeployment } from './sample.ts';

const test = suite('reading back');
const targets = backends
  .filter((one) => one.read)
  .flatMap((one) => one.layouts.map((layout) => `${one.name}/${layout.name}`))
  .filter((target) => target !== 'systemd/wrapper');

/** What a target was given and what it says it runs, in the same form. */
function compared(target: string, deployment: Deployment): [unknown[], unknown[]] {
  const rendered = render(target, deployment);
  const backend = backends.find((one) => one.name === target.split('/')[0]);
  const set = backend?.read?.(new Map(rendered.files.map((one) => [one.path, one.text])));
  assert.equal(set?.unread, []);
  const system = target.startsWith('systemd');
  const wanted = deployment.instances.flatMap(({ services }) =>
    services.flatMap(({ processes }) => processes.map((one) => modelFacts(one, system, target))),
  );
  return [wanted.sort(byJson), (set?.processes ?? []).map((one) => readFacts(one, system)).sort(byJson)];
}

function modelFacts(process: Process, system: boolean, target: string) {
  const env = new Map(process.env.map((one) => [one.name, one.value.value]));
  const account = system || target.endsWith('conf.d');
  return {
    argv: process.argv.map((one) => one.value),
    env: [...env].sort(),
    cwd: process.cwd.value.replace(/(.)\/+$/s, '$1'),
    umask: Number.parseInt(process.umask.value, 8),
    user: account ? (process.user?.value ?? '') : '',
    ...(system ? { group: process.group?.value ?? '' } : {}),
    stop: process.stopTimeout.value === 0 && system ? Number.POSITIVE_INFINITY : process.stopTimeout.value,
    autostart: process.autostart,
  };
}

function readFacts(one: RunningProcess, system: boolean) {
  return {
    argv: one.argv,
    env: [...one.env].sort(),
    cwd: one.cwd,
    umask: Number.parseInt(one.umask, 8),
    user: one.user,
    ...(system ? { group: one.userGroup } : {}),
    stop: one.stopSeconds,
    autostart: one.autostart,
  };
}

function byJson(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

for (const target of targets) {
  test(`${target}: every configuration among the fixtures`, () => {
    let count = 0;
    for (const { name, deployment } of fixtureDeployments()) {
      const problems = render(target, deployment).problems.filter((one) => one.startsWith('error'));
      if (problems.length > 0) continue;
      const [wanted, found] = compared(target, deployment);
      assert.equal(found, wanted, `${name} in ${target}`);
      count += wanted.length;
    }
    assert.ok(count > 500, `${count} processes`);
  });

  test(`${target}: hostile values`, () => {
    let count = 0;
    for (const { value } of hostile) {
      for (const change of changes(value)) {
        const deployment = sampleDeployment({
          change: (one) => ({ ...one, ...(one.name === 'celery' ? change(one) : {}) }),
        });
        if (render(target, deployment).problems.some((one) => one.startsWith('error'))) continue;
        const [wanted, found] = compared(target, deployment);
        assert.equal(found, wanted, `${JSON.stringify(value).slice(0, 80)} in ${target}`);
        count++;
      }
    }
    assert.ok(count > 500, `${count} values`);
  });
}

function changes(value: string): ((process: Process) => Partial<Process>)[] {
  return [
    ({ argv }) => ({ argv: [...argv, byDefault(value), byDefault(`--x=${value}`)] }),
    () => ({ env: [{ name: 'A', value: byDefault(value), secret: false }] }),
    () => ({ env: [{ name: 'DB_PASSWORD', value: byDefault(value), secret: true }] }),
    () => ({ cwd: byDefault(`/srv/r${value}`) }),
  ];
}

test('drop-ins count, and an empty value takes back what stood before', () => {
  const read = backends.find((one) => one.name === 'systemd')?.read;
  const set = read?.(
    new Map([
      [
        'galaxy-h1.service',
        '[Unit]\nPartOf=galaxy.target\n[Service]\nExecStart=/bin/a "b c"\nUMask=0022\nEnvironment=A=1\n',
      ],
      [
        'galaxy-h1.service.d/10-own.conf',
        '[Service]\nExecStart=\nExecStart=-/bin/b \\\n  $$x %%i\nUMask=077\nEnvironment="B=2 %n"\n',
      ],
      ['galaxy.target', '[Unit]\nWants=galaxy-h1.service\n'],
    ]),
  );
  const [one] = set?.processes ?? [];
  assert.equal(one?.argv, ['/bin/b', '$x', '%i']);
  assert.is(one?.umask, '077');
  assert.equal(
    [...(one?.env ?? [])],
    [
      ['A', '1'],
      ['B', '2 galaxy-h1.service'],
    ],
  );
  assert.is(one?.name, 'h1');
  assert.is(one?.autostart, true);
});

test('of drop-ins with one name the one for the more particular names counts', () => {
  const conf = (umask: string) => `[Service]\nUMask=${umask}\n`;
  const paths = [
    'service.d/a.conf',
    'galaxy-.service.d/a.conf',
    'galaxy-celery-.service.d/a.conf',
    'galaxy-celery-beat.service.d/a.conf',
  ];
  for (let count = 1; count <= paths.length; count++) {
    const files = new Map(paths.slice(0, count).map((path, index) => [path, conf(`0${index}`)]));
    files.set('galaxy-celery-beat.service', '[Service]\nExecStart=/bin/a\nUMask=022\n');
    files.set('service.d/b.conf', '[Service]\nTimeoutStopSec=5\n');
    const read = backends.find((one) => one.name === 'systemd')?.read;
    const [one] = read?.(files).processes ?? [];
    assert.is(one?.umask, `0${count - 1}`);
    assert.is(one?.stopSeconds, 5);
  }
});

test('units of Gravity are read', () => {
  const read = backends.find((one) => one.name === 'systemd')?.read;
  const unit = [
    '; generated',
    '[Unit]',
    'Description=Galaxy handler (process %i)',
    'PartOf=galaxy.target',
    '',
    '[Service]',
    'UMask=022',
    'Type=simple',
    'WorkingDirectory=/srv/galaxy',
    'TimeoutStartSec=20',
    'TimeoutStopSec=65',
    'ExecStart=/srv/venv/bin/galaxyctl --config-file /srv/galaxy.yml exec --service-instance %i _default_ handler',
    "Environment=FOO='a b'",
    'Restart=always',
    '[Install]',
    'WantedBy=multi-user.target',
  ].join('\n');
  const target =
    '[Unit]\nWants=galaxy-handler@0.service galaxy-handler@1.service\n[Install]\nWantedBy=multi-user.target\n';
  const set = read?.(
    new Map([
      ['galaxy-handler@.service', unit],
      ['galaxy.target', target],
    ]),
  );
  assert.equal(
    set?.processes.map((one) => [one.id, one.argv[5], one.env.get('FOO'), one.stopSeconds, one.autostart]),
    [
      ['galaxy-handler@0.service', '0', 'a b', 65, true],
      ['galaxy-handler@1.service', '1', 'a b', 65, true],
    ],
  );
  assert.equal(set?.groups, [{ id: 'galaxy.target', file: 'galaxy.target', wantedBy: 'multi-user.target' }]);
});

test('no text of a unit or program file makes reading fail, or take long', () => {
  const random = new Random(5);
  const pieces = [
    ...[
      '[Service]\n',
      '[program:x]\n',
      '[group:g]\nprograms=x,y\n',
      '[Unit]\nPartOf=galaxy.target\n',
      '[',
      ']',
      '\n',
      '\r',
      '=',
    ],
    ...[
      'ExecStart=/bin/a ',
      'command=',
      'environment=A="',
      'Environment=',
      "'",
      '"',
      '\\',
      '%',
      '%(',
      '$',
      ';',
      '#',
      '\0',
      '\t',
      ' ',
    ],
    ...[
      '\\x4',
      '\\u12',
      '%(process_num)',
      'd',
      '@',
      'é',
      '\u{1f9ec}',
      'numprocs=3\n',
      'numprocs=-1\n',
      'numprocs=99999999\n',
      'EnvironmentFile=/x.env\n',
    ],
  ];
  const begin = performance.now();
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: random.int(40) }, () => random.pick(pieces)).join('');
    const files = new Map([
      ['galaxy-h@.service', text],
      ['galaxy-x.service', `[Service]\nExecStart=/bin/x\nEnvironmentFile=/x.env\n${text}`],
      ['galaxy.target', `[Unit]\nWants=galaxy-h@0.service galaxy-h@1.service\n${text}`],
      ['x.env', text],
      ['galaxy.conf', text],
      ['supervisord.conf', `[program:p]\ncommand=/bin/x\n${text}`],
    ]);
    for (const backend of backends) backend.read?.(files);
  }
  const long = '"\\'.repeat(100_000);
  for (const backend of backends)
    backend.read?.(
      new Map([
        [
          'galaxy-x.service',
          `[Service]\nExecStart=/bin/x ${long}\nEnvironment=${long}\nEnvironmentFile=/x.env`,
        ],
        ['x.env', long.repeat(2)],
        ['galaxy.conf', `[program:x]\ncommand=${long}\nenvironment=${long}\n`],
      ]),
    );
  assert.ok(performance.now() - begin < 120_000);
});

test.run();
