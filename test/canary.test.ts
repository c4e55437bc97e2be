// A canary in every place where a site writes secrets, through every command and every format: it comes out nowhere but
// in files that only their owner reads.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backends } from '../src/backends/index.ts';
import { cli } from '../src/cli.ts';
import { commands } from '../src/commands/index.ts';
import { type MemoryHost, memoryHost } from '../src/host/memory.ts';
import { reporters } from '../src/report/index.ts';

const test = suite('canary');

/** A secret of its own for each place, so that a leak tells where it came from. @param turn two sets to compare */
function canary(place: string, turn: number): string {
  return `canary7${turn}${place.replace(/[^a-z]/g, 'x')}x0Kq8Zv3Wm5`;
}

const anyCanary = /canary7\d\w+x0Kq8Zv3Wm5/g;

/** @param broken with mistakes beside the secrets, so that they stand in the frames of reports */
function site(turn: number, broken: boolean): Record<string, string> {
  const c = (place: string) => canary(place, turn);
  const typo = broken ? 'z' : '';
  return {
    'galaxy.yml': `gravity:
  process_manager: systemd
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
  gunicorn:
    bind: unix:/srv/galaxy/var/gunicorn.sock
    workers: ${turn + 1}
    environment: {BROKER_PASSWORD: "${c('gunicorn')}", URL: "https://user:${c('url')}@example.org/"}
  celery:
    concurrency: ${turn + 1}
    environment: {CELERY_BROKER_URL: "amqp://galaxy:${c('celery')}@mq.example.org//"}
  tusd: {enable: true, upload_dir: /srv/galaxy/tus, environment: {AWS_SECRET_ACCESS_KEY: "${c('tusd')}"}}
  reports: {enable: true, config_file: reports.yml, environment: {REPORTS_PASSWORD: "${c('reports')}"}}
  gx_it_proxy: {enable: true, environment: {SESSION_SECRET: "${c('proxy')}"}}
  handlers:
    handler:
      processes: 2
      pools: [job-handlers]
      environment: {GALAXY_TOKEN: "${c('handler')}"}
galaxy:
  id_secret${typo}: "${c('idsecret')}"
  database_connection: postgresql://galaxy:${c('database')}@db.example.org/galaxy
  install_database_connection: postgresql://galaxy:${c('install')}@db.example.org/install
  amqp_internal_connection: amqp://galaxy:${c('internal')}@mq.example.org//
  bootstrap_admin_api_key: "${c('bootstrap')}"
  remote_user_secret: "${c('remoteuser')}"
  smtp_username: galaxy
  smtp_password: "${c('smtp')}"
  sentry_dsn: https://key:${c('sentry')}@sentry.example.org/1
  galaxy_infrastructure_url: https://galaxy.example.org
  tus_upload_store: /srv/galaxy/tus
  interactivetools_enable: true
  enable_celery_tasks: true
  job_config_file: job_conf.${broken ? 'xml' : 'yml'}
  celery_conf:
    broker_url: amqp://galaxy:${c('celeryconf')}@mq.example.org//
    result_backend: redis://:${c('backend')}@redis.example.org/0
`,
    'job_conf.yml': `runners:
  local: {load: "galaxy.jobs.runners.local:LocalJobRunner"}
  pulsar: {load: "galaxy.jobs.runners.pulsar:PulsarMQJobRunner", amqp_url: "amqp://pulsar:${c('runner')}@mq.example.org//"}
handling:
  assign: [db-skip-locked]
  processes:
    special: {environment: {SPECIAL_PASSWORD: "${c('static')}"}}
execution:
  default: local
  environments:
    local: {runner: local, env: [{name: SCRATCH_PASSWORD, value: "${c('jobenv')}"}]}
    remote: {runner: pulsar, jobs_directory: /srv/pulsar, private_token: "${c('destination')}"}
tools:
  - {id: bwa, environment: remote}
`,
    'job_conf.xml': `<job_conf>
  <plugins>
    <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>
    <plugin id="pulsar" type="runner" load="galaxy.jobs.runners.pulsar:PulsarMQJobRunner">
      <param id="amqp_url">amqp://pulsar:${c('xmlrunner')}@mq.example.org//</param>
    </plugin>
  </plugins>
  <handlers assign_with="db-skip-lockedd"/>
  <destinations default="locall">
    <destination id="local" runner="locall"><env id="X_PASSWORD">${c('xmlenv')}</env><param id="private_token">${c('xmlparam')}</param></destination>
  </destinations>
</job_conf>
`,
    'reports.yml': `reports:\n  database_connection: postgresql://galaxy:${c('reportsdb')}@db.example.org/galaxy\n`,
    'programs.conf': `[program:galaxy_web]
command = /srv/galaxy/venv/bin/gunicorn galaxy.webapps.galaxy.fast_factory:factory()
environment = DB_PASSWORD="${c('supervisor')}"
`,
    'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\ndeployed_as: /srv/galaxy/config/galaxy.yml\n',
  };
}

/** A server of old, with secrets in every place that it has for them. */
function legacy(turn: number): Record<string, string> {
  const c = (place: string) => canary(place, turn);
  return {
    'galaxy.ini': `[server:main]
use = egg:Paste#http
port = 8080
[app:main]
paste.app_factory = galaxy.web.buildapp:app_factory
database_connection = postgresql://galaxy:${c('inidatabase')}@db.example.org/galaxy
id_secret = ${c('iniidsecret')}
master_api_key = ${c('inimaster')}
smtp_password = ${c('inismtp')}
amqp_internal_connection = amqp://galaxy:${c('iniamqp')}@mq.example.org//
remote_user_secret = ${c('iniremote')}
some_unknown_password = ${c('iniunknown')}
job_config_file = job_conf.xml
`,
    'job_conf.xml': `<job_conf>
  <plugins><plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner" workers="4"/></plugins>
  <handlers><handler id="main"/></handlers>
  <destinations default="local">
    <destination id="local" runner="local"><env id="X_PASSWORD">${c('inixmlenv')}</env></destination>
  </destinations>
</job_conf>
`,
  };
}

/** Both sets, whole and with mistakes. */
function inputs(): Record<string, string> {
  return Object.fromEntries(
    [
      ['one', site(1, false)],
      ['two', site(2, false)],
      ['bad', site(3, true)],
      ['old', legacy(4)],
    ].flatMap(([folder, files]) =>
      Object.entries(files as Record<string, string>).map(([name, text]) => [
        `/srv/galaxy/${folder}/${name}`,
        text,
      ]),
    ),
  );
}

const formats = (name: string): readonly string[] =>
  commands.find((one) => one.name === name)?.options.format?.choices ?? [];
const places = ['one/galaxy.yml', 'bad/galaxy.yml'];
const installed = ['--installed', 'systemd=out/system', '--installed', 'supervisor=out/conf.d'];
const lines = site(1, false)['galaxy.yml']?.split('\n').length ?? 0;
const outlines = site(1, false)['job_conf.yml']?.split('\n').length ?? 0;

/** Every command line, by command; those of a command run one after the other on one machine. */
const lists: Readonly<Record<string, readonly (readonly string[])[]>> = {
  render: places.flatMap((file) =>
    backends.flatMap(({ name, layouts }) =>
      layouts.flatMap((layout) => {
        const one = ['render', file, '--target', name, '--layout', layout.name];
        return [
          ...formats('render').map((format) => [...one, '--format', format]),
          [...one, '--out', `out/${name}-${layout.name}`],
        ];
      }),
    ),
  ),
  validate: places.flatMap((file) => [
    ...reporters.map(({ name }) => ['validate', file, '--format', name]),
    ['validate', file, '--supervisor', file.replace('galaxy.yml', 'programs.conf')],
    ['validate', file, '--fix', '--dry-run'],
    ['validate', file, '--write-baseline', 'out/baseline.json'],
    ['validate', file, '--galaxy-version', '19.01'],
  ]),
  model: places.flatMap((file) => formats('model').map((format) => ['model', file, '--format', format])),
  explain: [
    ...Array.from({ length: lines }, (_, index) => ['explain', `one/galaxy.yml:${index + 1}`]),
    ...Array.from({ length: lines }, (_, index) => ['explain', `bad/galaxy.yml:${index + 1}`]),
    ...Array.from({ length: outlines }, (_, index) => [
      'explain',
      `one/job_conf.yml:${index + 1}`,
      '-c',
      'one/galaxy.yml',
    ]),
    ['explain', 'tool:bwa', '-c', 'one/galaxy.yml'],
    ['explain', 'workflow', '-c', 'one/galaxy.yml'],
    ['explain', '--list'],
  ],
  migrate: formats('migrate').flatMap((format) => [
    ['migrate', 'old/galaxy.ini', '--supervisor', 'one/programs.conf', '--format', format],
    ['migrate', 'old/galaxy.ini', '--write', '--out', `out/migrated-${format}`, '--format', format],
  ]),
  diff: [
    ...formats('diff').map((format) => ['diff', 'one/galaxy.yml', 'two/galaxy.yml', '--format', format]),
    ...formats('diff').map((format) => ['diff', 'one/galaxy.yml', ...installed, '--format', format]),
    ['apply', 'one/galaxy.yml', ...installed, '--yes'],
    ...formats('diff').map((format) => ['diff', 'two/galaxy.yml', ...installed, '--format', format]),
    ...formats('diff').map((format) => ['diff', 'bad/galaxy.yml', ...installed, '--format', format]),
  ],
  apply: [
    ['apply', 'one/galaxy.yml', ...installed],
    ['apply', 'one/galaxy.yml', ...installed, '--yes', '--run'],
    ['apply', 'one/galaxy.yml', ...installed, '--yes'],
    ['apply', 'bad/galaxy.yml', ...installed, '--yes'],
    ['apply', 'two/galaxy.yml', ...installed, '--yes', '--run', '--allow-orphans'],
    ['apply', 'two/galaxy.yml', '--installed', 'commands=out/bin', '--yes'],
    ['apply', 'one/galaxy.yml', '--installed', 'commands=out/bin', '--yes'],
    ['apply', 'one/galaxy.yml', '--installed', 'systemd=out/gravity', '--yes'],
    ['apply', 'one/galaxy.yml', '--installed', 'systemd=out/gravity', '--adopt', '--yes'],
  ],
  rollback: [
    ['apply', 'one/galaxy.yml', ...installed, '--yes'],
    ['apply', 'two/galaxy.yml', ...installed, '--yes', '--allow-orphans'],
    ['rollback', ...installed],
    ['rollback', ...installed, '--yes', '--run', '--allow-orphans'],
    ['rollback', '--installed', 'out/system', '--to', '2', '--yes'],
  ],
  history: [
    ['apply', 'one/galaxy.yml', ...installed, '--yes'],
    ['apply', 'two/galaxy.yml', ...installed, '--yes', '--allow-orphans'],
    ...formats('history').map((format) => ['history', ...installed, '--format', format]),
  ],
};

// Commands that read nothing of a site.
const without = new Set(['schema', 'completion']);

test('every command is tried', () => {
  const names = commands.map((one) => one.name).filter((name) => !without.has(name));
  assert.equal(
    names.filter((name) => !(name in lists)),
    [],
  );
});

for (const [name, list] of Object.entries(lists)) {
  test(name, async () => {
    const given = inputs();
    const host = memoryHost({
      cwd: '/srv/galaxy',
      files: { ...given, ...gravity() },
      programs: (argv) => ({
        ok: true,
        status: argv.includes('restart') ? 1 : 0,
        stdout: new Uint8Array(),
        stderr: '',
      }),
    });
    let printed = 0;
    for (const argv of list) {
      await cli(argv, host);
      const said = host.output.stdout + host.output.stderr;
      assert.equal([...new Set(said.match(anyCanary))], [], `${argv.join(' ')} prints it`);
      assert.not.match(said, 'a fault in gxgen');
      printed = said.length;
      const open = readable(host, given);
      assert.equal(open, [], `${argv.join(' ')} writes it`);
    }
    assert.ok(printed > 100);
  });
}

test('the canary is there', async () => {
  const host = memoryHost({ cwd: '/srv/galaxy', files: inputs() });
  const code = await cli(['apply', 'one/galaxy.yml', '--installed', 'systemd=out/system', '--yes'], host);
  assert.is(code, 0, host.output.stderr);
  const found = new Set(
    [...host.entries()].flatMap(([path, entry]) =>
      path.includes('/out/') && entry.kind === 'file'
        ? [...(new TextDecoder().decode(entry.bytes).match(anyCanary) ?? [])]
        : [],
    ),
  );
  for (const place of ['gunicorn', 'url', 'celery', 'tusd', 'reports', 'proxy', 'handler', 'static'])
    assert.ok(found.has(canary(place, 1)), place);
});

/** Files with a canary in them that others may read. */
function readable(host: MemoryHost, given: Readonly<Record<string, string>>): string[] {
  return [...host.entries()].flatMap(([path, entry]) => {
    if (path in given || path.includes('/out/gravity/galaxy') || entry.kind !== 'file') return [];
    const text = new TextDecoder().decode(entry.bytes);
    // The folder of generations is closed to others as a whole: it also keeps what others had in the open.
    const closed = path.includes('/.gxgen/generations/') && closedTo(host, path);
    return text.match(anyCanary) && (entry.mode & 0o077) !== 0 && !closed
      ? [`${path} ${entry.mode.toString(8)}`]
      : [];
  });
}

function closedTo(host: MemoryHost, path: string): boolean {
  const folder = path.slice(0, path.indexOf('/.gxgen/generations') + '/.gxgen/generations'.length);
  return ((host.entry(folder)?.mode ?? 0o777) & 0o077) === 0;
}

/** What Gravity writes in its direct style: secrets in units that everybody reads. */
function gravity(): Record<string, string> {
  const notice = ';\n; This file is maintained by Gravity - CHANGES WILL BE OVERWRITTEN\n;\n\n';
  return {
    '/srv/galaxy/out/gravity/galaxy.target': `${notice}; GRAVITY=0\n\n[Unit]\nDescription=Galaxy\nWants=galaxy-gunicorn.service\n`,
    '/srv/galaxy/out/gravity/galaxy-gunicorn.service': `${notice}[Unit]\nPartOf=galaxy.target\n\n[Service]\nUser=galaxy\nExecStart=/srv/galaxy/venv/bin/gunicorn\nEnvironment=BROKER_PASSWORD=${canary('gravity', 9)}\nEnvironment=URL='https://user:${canary('gravityurl', 9)}@example.org/'\n`,
  };
}

test.run();
