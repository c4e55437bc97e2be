// What commands and environments of supervisor programs say.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandFacts, configOf } from '../../src/frontends/legacy/command-facts.ts';
import { splitEnvironment } from '../../src/frontends/legacy/supervisor-environment.ts';
import { splitShellWords } from '../../src/model/shell-words.ts';

const test = suite('legacy programs');

// As `dict_of_key_value_pairs` of supervisor 4.2.5 answered; null where it refuses.
const environments = JSON.parse(readFileSync('test/legacy/environment.json', 'utf8')) as [
  string,
  Record<string, string> | null,
][];

for (const [text, wanted] of environments) {
  test(`environment=${JSON.stringify(text)}`, () => {
    const found = splitEnvironment(text);
    if (wanted === null) assert.not(found.ok);
    else
      assert.equal(
        found.ok
          ? Object.fromEntries(found.variables.map(({ name, value }) => [name, value]))
          : found.message,
        wanted,
      );
  });
}

function facts(command: string) {
  const split = splitShellWords(command);
  assert.ok(split.ok);
  return commandFacts(split.ok ? split.words : []);
}

const main = './lib/galaxy/main.py -c config/galaxy.ini --server-name=handler0';
const commands: readonly [
  command: string,
  role: string,
  more?: { virtualenv?: string; unixGroup?: string; user?: string; directory?: string; configFile?: string },
][] = [
  [
    '/srv/venv/bin/python ./scripts/paster.py serve galaxy.ini --server-name=web0',
    'paste',
    { virtualenv: '/srv/venv', configFile: 'galaxy.ini' },
  ],
  [
    'python ./scripts/paster.py serve reports_wsgi.ini --server-name=main',
    'reports',
    { configFile: 'reports_wsgi.ini' },
  ],
  [
    '/usr/bin/python ./scripts/galaxy-main -c /etc/galaxy.ini --server-name handler0',
    'webless',
    { configFile: '/etc/galaxy.ini' },
  ],
  [`python -m galaxy.main --config-file=x.ini`, 'webless', { configFile: 'x.ini' }],
  [
    'uwsgi --plugin python --virtualenv /srv/venv --ini-paste g.ini',
    'uwsgi',
    { virtualenv: '/srv/venv', configFile: 'g.ini' },
  ],
  [
    '/srv/venv/bin/uwsgi --yaml config/galaxy.yml',
    'uwsgi',
    { virtualenv: '/srv/venv', configFile: 'config/galaxy.yml' },
  ],
  ['uwsgi_python3 -H /srv/venv --ini=g.ini', 'uwsgi', { virtualenv: '/srv/venv', configFile: 'g.ini' }],
  ['uwsgi --master --zerg-pool /run/pool.sock:127.0.0.1:4001', 'zergpool'],
  ['uwsgi --zerg /run/pool.sock --ini g.ini', 'zergling', { configFile: 'g.ini' }],
  [
    `bash -c "source /srv/venv/bin/activate && cd /srv/galaxy && python ${main}"`,
    'webless',
    { virtualenv: '/srv/venv', directory: '/srv/galaxy', configFile: 'config/galaxy.ini' },
  ],
  [
    `/usr/bin/sg galaxy 'bash -lc ". /srv/venv/bin/activate; rm -rf database/template_cache; exec python ${main}"'`,
    'webless',
    { virtualenv: '/srv/venv', unixGroup: 'galaxy', configFile: 'config/galaxy.ini' },
  ],
  [
    `sudo -u galaxy -g users env A=b nice -n 5 python ${main}`,
    'webless',
    { user: 'galaxy', unixGroup: 'users', configFile: 'config/galaxy.ini' },
  ],
  [
    '/srv/venv/bin/gunicorn galaxy.webapps.galaxy.fast_factory:factory() -b localhost:8080',
    'gunicorn',
    { virtualenv: '/srv/venv' },
  ],
  ['/srv/venv/bin/celery --app galaxy.celery worker', 'celery', { virtualenv: '/srv/venv' }],
  ['celery --app galaxy.celery beat', 'celery-beat'],
  ['/usr/sbin/nginx -g "daemon off;"', 'other'],
  ['bash -c "sleep 5; echo paster"', 'other'],
  ['', 'other'],
];

for (const [command, role, more = {}] of commands) {
  test(`${role}: ${command}`, () => {
    const found = facts(command);
    const { virtualenv, unixGroup, user, directory } = found;
    const all = { virtualenv, unixGroup, user, directory, ...configOf(found) };
    const set = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    assert.is(found.role, role);
    assert.equal(set, more);
  });
}

test.run();
