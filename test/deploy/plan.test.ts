// What the plan makes of single changes. That it is what systemd and supervisor do: test/daemons/plan.test.ts.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandLines, planText } from '../../src/deploy/plan-text.ts';
import { sourcesDiff } from '../../src/deploy/target-diff.ts';
import type { Deployment } from '../../src/model/deployment.ts';
import { backendNamed, render } from '../backends/render.ts';
import { compiled } from '../helpers/compiled.ts';

const test = suite('plan');

interface Options {
  readonly target?: string;
  readonly layout?: string;
  readonly before?: string;
  readonly user?: boolean;
}

function planOf(old: Deployment, fresh: Deployment, options: Options = {}) {
  const target = options.target ?? 'systemd';
  const systemd = { mode: options.user ? 'user' : 'system', directory: '/etc/systemd/system' } as const;
  const files = (deployment: Deployment, layout = options.layout) =>
    render(layout ? `${target}/${layout}` : target, deployment, { systemd }).files;
  const side = {
    backend: backendNamed(target),
    deployment: fresh,
    files: files(fresh),
    directory: '',
    systemd,
  };
  const before = { deployment: old, files: files(old, options.before ?? options.layout) };
  const { plan } = sourcesDiff(side, before, () => undefined);
  if (!plan) throw new Error('no plan');
  return {
    ...plan,
    actions: Object.fromEntries(plan.steps.map((one) => [one.process, one.action])),
    lines: commandLines(plan),
  };
}

const site = (gravity: string, galaxy = '') => `gravity:
  galaxy_user: galaxy
  galaxy_root: /srv/galaxy
  virtualenv: /srv/venv
${gravity}galaxy:
  database_connection: postgresql:///galaxy
${galaxy}`;
const handlers = (count: number) => `  handlers:
    handler:
      processes: ${count}
      pools: [job-handlers]
`;
const assigned = '  job_config: {handling: {assign: [db-skip-locked]}}\n';

test('nothing', () => {
  const one = compiled(site(handlers(2), assigned));
  const plan = planOf(one, one);
  assert.equal(plan.commands, []);
  assert.ok(plan.steps.every(({ action }) => action === 'untouched'));
  assert.is(planText(plan), 'Nothing restarts (systemd).\n');
});

test('Galaxy options: who reads them starts again, tusd and the proxy go on', () => {
  const more = '  tusd: {enable: true, upload_dir: /srv/up}\n';
  const url = '  galaxy_infrastructure_url: https://galaxy.example.org\n';
  const old = compiled(site(more + handlers(1), `${url}${assigned}`));
  const fresh = compiled(site(more + handlers(1), `${url}${assigned}  brand: Test\n`));
  const plan = planOf(old, fresh);
  assert.equal(plan.actions, {
    celery: 'restart',
    'celery-beat': 'restart',
    handler_0: 'restart',
    gunicorn: 'restart',
    tusd: 'untouched',
  });
  assert.equal(plan.lines, [
    'systemctl restart galaxy-celery-beat.service galaxy-celery.service galaxy-handler_0.service',
    'systemctl restart galaxy-gunicorn.service',
  ]);
});

test('an option that Galaxy reloads: only where it watches its file', () => {
  const at = (admins: string, watch: string) => compiled(site('', `  admin_users: ${admins}\n${watch}`));
  const watched = '  watch_core_config: auto\n';
  const calm = planOf(at('a@example.org', watched), at('b@example.org', watched));
  assert.equal(calm.lines, []);
  assert.equal(
    calm.withoutRestart.map((one) => one.words),
    ['option admin_users a@example.org to b@example.org'],
  );
  assert.is(planOf(at('a@example.org', ''), at('b@example.org', '')).actions.gunicorn, 'restart');
});

test('a gunicorn that loads Galaxy in each worker takes options on SIGHUP, and arguments by a restart', () => {
  const web = (timeout: number) =>
    `  gunicorn: {preload: false, timeout: ${timeout}}\n  celery: {enable: false, enable_beat: false}\n`;
  const old = compiled(site(web(300)));
  const reload = planOf(old, compiled(site(web(300), '  brand: Test\n')));
  assert.equal(reload.lines, ['systemctl reload-or-restart galaxy-gunicorn.service']);
  assert.is(planOf(old, compiled(site(web(600)))).actions.gunicorn, 'restart');
  const mine = planOf(old, compiled(site(web(300), '  brand: Test\n')), { user: true });
  assert.equal(mine.lines, ['systemctl --user reload-or-restart galaxy-gunicorn.service']);
  const programs = planOf(old, compiled(site(web(300), '  brand: Test\n')), { target: 'supervisor' });
  assert.equal(programs.lines, ['supervisorctl signal HUP galaxy:gunicorn']);
});

test('several gunicorns roll; how each is asked', () => {
  const list = (workers: number) => `  gunicorn:
    - {bind: "0.0.0.0:8080", workers: ${workers}, restart_timeout: 10}
    - {bind: "unix:/srv/my galaxy/web.sock", workers: ${workers}}
    - {bind: "[::1]:8082", workers: ${workers}}
`;
  const plan = planOf(compiled(site(list(1))), compiled(site(list(2))));
  assert.equal(
    plan.steps.filter((one) => one.action === 'rolling').map((one) => one.process),
    ['gunicorn0', 'gunicorn1', 'gunicorn2'],
  );
  const asked = plan.commands.filter((one) => one.kind === 'wait').map((one) => one.argv.slice(-3));
  assert.equal(asked, [
    ['2', '--retry-all-errors', 'http://localhost:8080/api/version'],
    ['--unix-socket', '/srv/my galaxy/web.sock', 'http://localhost/api/version'],
    ['2', '--retry-all-errors', 'http://[::1]:8082/api/version'],
  ]);
  assert.equal(
    plan.commands.filter((one) => one.kind === 'wait').map((one) => one.seconds),
    [10, 300, 300],
  );
  const one = planOf(
    compiled(site(list(1))),
    compiled(site(list(1).replace('8082", workers: 1', '8082", workers: 2'))),
  );
  assert.equal(
    one.steps
      .filter(({ action }) => action !== 'untouched')
      .map(({ process, action }) => `${process} ${action}`),
    ['gunicorn2 rolling'],
  );
});

test("Gravity's style and the wrapper: units that stay the same read new settings when they start", () => {
  const styled = (workers: number) =>
    compiled(
      site(`  service_command_style: gravity\n  gunicorn: {workers: ${workers}}\n${handlers(2)}`, assigned),
    );
  const plan = planOf(styled(1), styled(2));
  assert.is(plan.actions.gunicorn, 'restart');
  assert.is(plan.actions.celery, 'untouched');
  const wrapped = (workers: number) =>
    compiled(site(`  process_manager: multiprocessing\n  gunicorn: {workers: ${workers}}\n`));
  assert.is(planOf(wrapped(1), wrapped(2), { layout: 'wrapper' }).actions.galaxy, 'restart');
});

test('another layout: old units stop, new ones start, and no job is left behind', () => {
  const one = compiled(site(handlers(2), assigned));
  const plan = planOf(one, one, { layout: 'template', before: 'units' });
  assert.equal(plan.orphans, []);
  assert.ok(plan.lines.includes('systemctl stop galaxy-handler_0.service galaxy-handler_1.service'));
  assert.ok(
    plan.lines.includes("systemctl start 'galaxy-handler@0.service' 'galaxy-handler@1.service'") ||
      plan.lines.some((line) => /^systemctl start galaxy-handler@0/.test(line)),
  );
});

test('an instance that is renamed: its target goes, its jobs do not', () => {
  const plan = planOf(
    compiled(site(handlers(1), assigned)),
    compiled(site(`  instance_name: main\n${handlers(1)}`, assigned)),
  );
  assert.equal(plan.orphans, []);
  assert.equal(
    plan.commands.map((one) => one.kind),
    ['stop', 'disable', 'remove', 'switch', 'daemon-reload', 'enable', 'start'],
  );
  assert.match(plan.lines[0] ?? '', /^systemctl stop galaxy\.target galaxy-celery-beat\.service /);
});

test('jobs that would be left behind: of handlers, of web workers, under tags', () => {
  const names = (old: string, fresh: string) =>
    planOf(compiled(old), compiled(fresh)).orphans.map(
      ({ kind, name, heir }) => `${kind} ${name} to ${heir}`,
    );
  assert.equal(names(site(handlers(3), assigned), site(handlers(1), assigned)), [
    'process handler_1 to handler_0',
    'process handler_2 to handler_0',
  ]);
  assert.equal(
    names(site(handlers(1), assigned), site(handlers(1).replace('handler:', 'worker:'), assigned)),
    ['process handler_0 to worker_0'],
  );
  // Without handlers the web workers run the jobs, under names of their own.
  assert.equal(names(site('  gunicorn: {workers: 3}\n'), site('  gunicorn: {workers: 1}\n')), [
    'process main.2 to main.1',
    'process main.3 to main.1',
  ]);
  const tagged = (tag: string) =>
    site(handlers(1).replace('[job-handlers]', `[job-handlers, job-handlers.${tag}]`), assigned);
  assert.equal(names(tagged('big'), tagged('small')), ['tag big to handler_0']);
  assert.equal(names(site(handlers(1), assigned), site(handlers(2), assigned)), []);
});

test('the drain steps quote names for the database', () => {
  const named = (name: string) => site(`  handlers:\n    "${name}": {pools: [job-handlers]}\n`, assigned);
  const [orphan] = planOf(compiled(named("o'brien1")), compiled(named('h1'))).orphans;
  assert.match(orphan?.drain.join('\n') ?? '', /handler = 'o''brien1'/);
});

test('supervisor: one program changed, and its group is replaced', () => {
  const old = compiled(site(handlers(2), assigned));
  const fresh = compiled(site(`  gunicorn: {workers: 2}\n${handlers(2)}`, assigned));
  const shared = planOf(old, fresh, { target: 'supervisor' });
  assert.ok(shared.steps.every(({ action }) => action === 'restart'));
  assert.equal(shared.lines.slice(-1), ['supervisorctl update galaxy']);
  const apart = planOf(old, fresh, { target: 'supervisor', layout: 'self-contained' });
  assert.equal(
    apart.steps.filter(({ action }) => action !== 'untouched').map(({ process }) => process),
    ['gunicorn'],
  );
  assert.equal(apart.lines.slice(-1), ['supervisorctl -c ./supervisord.conf update gunicorn']);
  const none = { elsewhere: [], limits: {}, instances: [], named: false };
  const first = planOf(none, fresh, { target: 'supervisor', layout: 'self-contained' });
  assert.equal(first.lines.slice(-1), ['supervisord -c ./supervisord.conf']);
});

test('how long it may take', () => {
  const at = (stop: number, workers: number) =>
    compiled(site(`  gunicorn: {workers: ${workers}, stop_timeout: ${stop}}\n`));
  assert.is(planOf(at(100, 1), at(100, 2)).seconds, 100);
  const endless = planOf(at(0, 1), at(0, 2));
  assert.is(endless.seconds, Number.POSITIVE_INFINITY);
  assert.match(planText(endless), /may take any time/);
});

test.run();
