// Keys of servers, uWSGI and supervisor: each that people have written ends somewhere, with a reason or a place.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fates, type Outcome } from '../../src/migrate/outcome.ts';
import { serverKey } from '../../src/migrate/tables/server-keys.ts';
import { supervisorKey } from '../../src/migrate/tables/supervisor-keys.ts';
import { canonicalUwsgi, uwsgiKey } from '../../src/migrate/tables/uwsgi-keys.ts';

const test = suite('migrate keys');

function isWhole(outcome: Outcome, name: string): void {
  assert.ok(fates.includes(outcome.fate), name);
  if (outcome.fate === 'moved' || outcome.fate === 'replaced') assert.ok(outcome.to, `${name} has no place`);
  if (outcome.fate === 'dropped' || outcome.fate === 'replaced' || outcome.fate === 'undecided')
    assert.ok((outcome.why ?? '').length > 5, `${name} has no reason`);
  if (outcome.fate === 'undecided') assert.ok((outcome.choices ?? []).length >= 2, `${name} has no choices`);
}

test('keys of a Paste server', () => {
  const fates: [string, string, string, string][] = [
    ['host', '127.0.0.1', 'moved', 'dropped'],
    ['port', '8080', 'moved', 'dropped'],
    ['use', 'egg:Paste#http', 'replaced', 'dropped'],
    ['use', 'egg:gunicorn#main', 'undecided', 'undecided'],
    ['use_threadpool', 'true', 'dropped', 'dropped'],
    ['threadpool_workers', '7', 'dropped', 'dropped'],
    ['threadpool_kill_thread_limit', '10800', 'dropped', 'dropped'],
    ['socket_timeout', '30', 'replaced', 'replaced'],
    ['request_queue_size', '64', 'moved', 'dropped'],
    ['ssl_pem', '/etc/ssl/galaxy.pem', 'moved', 'dropped'],
    ['ssl_pem', '*', 'undecided', 'dropped'],
    ['ssl_context', 'x', 'undecided', 'undecided'],
    ['filter-with', 'proxy-prefix', 'dropped', 'dropped'],
    ['prot', '8080', 'dropped', 'dropped'],
  ];
  for (const [key, value, web, handler] of fates) {
    assert.is(serverKey(key, value, 'web').fate, web, `web ${key} = ${value}`);
    assert.is(serverKey(key, value, 'handler').fate, handler, `handler ${key} = ${value}`);
    for (const role of ['web', 'handler', 'other'] as const) isWhole(serverKey(key, value, role), key);
  }
});

test('options of uWSGI', () => {
  const expected: [string, string, string, string?][] = [
    ['processes', '8', 'moved', 'gravity.gunicorn.workers'],
    ['workers', '8', 'moved', 'gravity.gunicorn.workers'],
    ['p', '%k', 'undecided'],
    ['threads', '4', 'dropped'],
    ['socket', '127.0.0.1:4001', 'moved', 'gravity.gunicorn.bind'],
    ['http', ':8080', 'moved', 'gravity.gunicorn.bind'],
    ['https', ':443,a,b', 'moved', 'gravity.gunicorn.bind'],
    ['shared-socket', ':80', 'undecided'],
    ['chmod-socket', '664', 'moved', 'gravity.gunicorn.extra_args'],
    ['chmod-socket', '666', 'dropped'],
    ['C', '', 'dropped'],
    ['listen', '1024', 'moved', 'gravity.gunicorn.extra_args'],
    ['master', 'true', 'dropped'],
    ['lazy-apps', 'true', 'moved', 'gravity.gunicorn.preload'],
    ['thunder-lock', 'true', 'dropped'],
    ['module', 'galaxy.webapps.galaxy.buildapp:uwsgi_app()', 'dropped'],
    ['module', 'galaxy.webapps.reports.buildapp:uwsgi_app()', 'undecided'],
    ['mount', '/galaxy=galaxy.webapps.galaxy.buildapp:uwsgi_app()', 'moved', 'galaxy.galaxy_url_prefix'],
    ['virtualenv', '.venv', 'moved', 'gravity.virtualenv'],
    ['H', '.venv', 'moved', 'gravity.virtualenv'],
    ['pythonpath', 'lib', 'dropped'],
    ['pp', '/opt/site', 'moved', 'gravity.gunicorn.environment.PYTHONPATH'],
    ['chdir', '/srv/galaxy', 'moved', 'gravity.galaxy_root'],
    ['uid', 'galaxy', 'moved', 'gravity.galaxy_user'],
    ['umask', '027', 'moved', 'gravity.gunicorn.umask'],
    ['env', 'A=b', 'moved', 'gravity.gunicorn.environment'],
    ['logto', '/x/uwsgi.log', 'moved', 'gravity.log_dir'],
    ['log-maxsize', '1', 'dropped'],
    ['pidfile', 'x', 'dropped'],
    ['stats', '127.0.0.1:9191', 'dropped'],
    ['harakiri', '600', 'moved', 'gravity.gunicorn.timeout'],
    ['http-timeout', '60', 'replaced'],
    ['buffer-size', '16384', 'dropped'],
    ['limit-post', '1', 'replaced'],
    ['max-requests', '1000', 'moved', 'gravity.gunicorn.extra_args'],
    ['reload-on-rss', '2048', 'dropped'],
    ['cheaper', '2', 'dropped'],
    ['reload-mercy', '90', 'moved', 'gravity.gunicorn.stop_timeout'],
    ['die-on-term', '', 'dropped'],
    ['hook-master-start', 'unix_signal:2 gracefully_kill_them_all', 'dropped'],
    ['hook-as-user', 'exec:x', 'undecided'],
    ['attach-daemon', 'x', 'undecided'],
    ['cron', '0 0', 'undecided'],
    ['static-map', '/static=static', 'replaced'],
    ['route-uri', 'x', 'undecided'],
    ['mule', 'lib/galaxy/main.py', 'replaced'],
    ['mule', 'other.py', 'undecided'],
    ['farm', 'job-handlers:1,2', 'replaced'],
    ['zerg', 'x', 'replaced'],
    ['master-fifo', 'x', 'replaced'],
    ['set', 'galaxy_config_file=config/galaxy.ini', 'replaced', 'galaxy.yml'],
    ['set', 'x=y', 'dropped'],
    ['if-exists', '/x', 'dropped'],
    ['ini-paste', '%p', 'dropped'],
    ['ini', 'x', 'replaced'],
    ['static-safe: x', '', 'dropped'],
    ['no-such-thing', '', 'dropped'],
  ];
  for (const [key, value, fate, to] of expected) {
    const outcome = uwsgiKey(key, value, false);
    assert.is(outcome.fate, fate, `${key} = ${value}`);
    if (to !== undefined) assert.is(outcome.to, to, key);
    isWhole(outcome, key);
  }
  assert.is(canonicalUwsgi('py_call_osafterfork'), 'py-call-osafterfork');
  for (const key of ['hook-accepting1-once', 'hook-asap', 'if-exists', 'endif', 'exec-pre-app'])
    assert.is(uwsgiKey(key, 'x', true).fate, 'replaced', `${key} in Zerg Mode`);
});

test('keys of a supervisor program', () => {
  for (const key of [
    'command',
    'process_name',
    'numprocs',
    'numprocs_start',
    'directory',
    'user',
    'umask',
    'environment',
    'autostart',
    'autorestart',
    'startsecs',
    'stopwaitsecs',
    'stopsignal',
    'stopasgroup',
    'priority',
    'startretries',
    'exitcodes',
    'stdout_logfile',
    'redirect_stderr',
    'stdout_logfile_maxbytes',
    'unmask',
  ])
    for (const part of ['web', 'handler', 'named', 'galaxy', 'foreign'] as const)
      isWhole(supervisorKey(key, '1', part), `${part} ${key}`);
  assert.is(supervisorKey('autostart', 'false', 'web').fate, 'replaced');
  assert.is(supervisorKey('autostart', 'false', 'handler').fate, 'undecided');
  assert.is(supervisorKey('unmask', '022', 'web').fate, 'dropped');
  assert.is(supervisorKey('command', 'nginx', 'foreign').fate, 'kept');
});

test.run();
