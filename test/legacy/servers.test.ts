// Who is who in a legacy configuration, where it listens, and which prefix it is served under.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryHost } from '../../src/host/memory.ts';
import type { Endpoint, Instance } from '../../src/model/deployment.ts';
import { compile } from '../../src/pipeline.ts';

const test = suite('legacy servers');
const app = '[app:main]\npaste.app_factory = galaxy.web.buildapp:app_factory\n';

interface Files {
  readonly ini: string;
  readonly handlers?: string;
  readonly supervisor?: string;
}

function read({ ini, handlers, supervisor }: Files): Instance {
  const files: Record<string, string> = { '/srv/galaxy/config/galaxy.ini': ini };
  if (handlers !== undefined)
    files['/srv/galaxy/config/job_conf.xml'] =
      `<job_conf><plugins><plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/></plugins>${handlers}<destinations><destination id="local" runner="local"/></destinations></job_conf>`;
  if (supervisor !== undefined) files['/srv/galaxy/s.conf'] = supervisor;
  const host = memoryHost({ cwd: '/srv/galaxy', files });
  const { deployment } = compile(
    {
      files: ['config/galaxy.ini'],
      ...(supervisor === undefined ? {} : { supervisor: ['s.conf'] }),
      allowUnknown: false,
      advice: true,
    },
    host,
  );
  const [instance] = deployment.instances;
  if (!instance) throw new Error('no instance');
  return instance;
}

const servers = (...names: string[]) =>
  names.map((name, index) => `[server:${name}]\nuse = egg:Paste#http\nport = ${8080 + index}\n`).join('');
const listed = (...ids: string[]) =>
  `<handlers>${ids.map((id) => `<handler id="${id}"/>`).join('')}</handlers>`;
const paste = (name: string) =>
  `[program:${name}]\ncommand=python ./scripts/paster.py serve config/galaxy.ini --server-name=${name}\n`;
const webless = (name: string, more = '') =>
  `[program:${name}]\ncommand=python ./scripts/galaxy-main -c config/galaxy.ini --server-name=${name} ${more}\n`;

const cases: readonly [what: string, files: Files, classes: string][] = [
  ['one server, nothing else', { ini: servers('main') + app }, 'main:all-in-one'],
  ['main is its own handler', { ini: servers('main') + app, handlers: listed('main') }, 'main:all-in-one'],
  [
    'web servers and handlers',
    { ini: servers('web0', 'web1', 'handler0') + app, handlers: listed('handler0') },
    'web0:web web1:web handler0:handler',
  ],
  [
    'any name that is listed',
    { ini: servers('blue', 'green') + app, handlers: listed('green') },
    'blue:web green:handler',
  ],
  [
    'a handler that is not listed',
    { ini: servers('web0', 'handler7') + app, handlers: listed('web0') },
    'web0:handler handler7:unused',
  ],
  [
    'a handler that nothing starts',
    { ini: servers('web0') + app, handlers: listed('handler0') },
    'web0:web handler0:orphan',
  ],
  [
    'uWSGI leaves no work to Paste',
    { ini: `[uwsgi]\nsocket = :4001\n${servers('main', 'handler0')}${app}`, handlers: listed('handler0') },
    'main:unused handler0:handler',
  ],
  [
    'the manager of 2013',
    {
      ini: `${servers('web0', 'manager', 'handler0')}${app}job_manager = manager\njob_handlers = handler0\n`,
    },
    'web0:web manager:manager handler0:handler',
  ],
  [
    'job options have no effect beside job_conf.xml',
    { ini: `${servers('web0', 'x')}${app}job_handlers = x\n`, handlers: listed('web0') },
    'web0:handler x:web',
  ],
  ['the runner of 2012', { ini: `${servers('web0', 'runner0')}${app}` }, 'web0:web runner0:handler'],
  [
    'webless handlers of a program',
    { ini: `[uwsgi]\nsocket = :4001\n${app}`, handlers: listed('handler0'), supervisor: webless('handler0') },
    'handler0:handler',
  ],
  [
    'a webless handler in a pool',
    { ini: app, supervisor: webless('h', '--attach-to-pool=job-handlers') },
    'h:handler',
  ],
  [
    'a server that no program starts',
    { ini: servers('web0', 'web1') + app, handlers: listed('h'), supervisor: paste('web0') + webless('h') },
    'web0:web web1:unused h:handler',
  ],
  [
    'mules',
    {
      ini: `[uwsgi]\nsocket = :4001\nmule = lib/galaxy/main.py\nmule = lib/galaxy/main.py\nfarm = job-handlers:1,2\n${app}`,
    },
    'main.job-handlers.1:handler main.job-handlers.2:handler',
  ],
  [
    'the reports',
    {
      ini: `${servers('main')}[app:main]\npaste.app_factory = galaxy.webapps.reports.buildapp:app_factory\n`,
    },
    'main:other',
  ],
];

for (const [what, files, classes] of cases) {
  test(what, () => {
    const { legacy } = read(files);
    const found = legacy?.servers ?? [];
    assert.is(found.map((one) => `${one.name.value}:${one.class}`).join(' '), classes);
    for (const { reasons } of found) assert.ok(reasons.length > 0);
  });
}

const shown = (one: Endpoint) =>
  `${one.protocol} ${one.kind === 'tcp' ? `${one.host} ${one.port}` : one.kind === 'unix' ? one.path : one.fd}`;

for (const [keys, wanted] of [
  ['', 'http 127.0.0.1 8080'],
  ['port = 8081\n', 'http 127.0.0.1 8081'],
  ['host = 0.0.0.0\nport = 80\n', 'http 0.0.0.0 80'],
  ['host = ::1\nport = 8080\n', 'http ::1 8080'],
  ['host = [::1]\n', 'http ::1 8080'],
  ['host = galaxy.example.org:9000\n', 'http galaxy.example.org 9000'],
  ['ssl_pem = *\n', 'http 127.0.0.1 4443'],
  ['port = none\n', ''],
] as const) {
  test(`Paste with ${JSON.stringify(keys)} listens on ${wanted || 'nothing known'}`, () => {
    const { services } = read({ ini: `[server:main]\nuse = egg:Paste#http\n${keys}${app}` });
    assert.is(
      services.flatMap(({ processes }) => processes.flatMap(({ listens }) => listens.map(shown))).join(),
      wanted,
    );
  });
}

for (const [keys, wanted] of [
  ['socket = 127.0.0.1:4001', 'uwsgi 127.0.0.1 4001'],
  ['socket = :4001', 'uwsgi 0.0.0.0 4001'],
  ['socket = /run/galaxy.sock', 'uwsgi /run/galaxy.sock'],
  ['socket = [::1]:4001', 'uwsgi ::1 4001'],
  ['socket = fd://3', 'uwsgi 3'],
  ['socket = 127.0.0.1:4001  # nginx', 'uwsgi 127.0.0.1 4001'],
  ['http = :8080', 'http 0.0.0.0 8080'],
  ['http = 8080', 'http 0.0.0.0 8080'],
  ['http-socket = localhost:8080', 'http localhost 8080'],
  ['https = :8443,/k.crt,/k.key', 'http 0.0.0.0 8443'],
  ['shared-socket = 127.0.0.1:80\nhttp = =0', 'http 127.0.0.1 80'],
  ['socket = :4001\nhttp = :8080', 'uwsgi 0.0.0.0 4001,http 0.0.0.0 8080'],
  ['set = port=4001\nsocket = 127.0.0.1:%(port)', 'uwsgi 127.0.0.1 4001'],
  ['zerg = /run/pool.sock\nstats = :9191', ''],
] as const) {
  test(`uWSGI with ${JSON.stringify(keys)} listens on ${wanted || 'nothing'}`, () => {
    const { services } = read({ ini: `[uwsgi]\n${keys}\n${app}` });
    assert.is(
      services.flatMap(({ processes }) => processes.flatMap(({ listens }) => listens.map(shown))).join(),
      wanted,
    );
  });
}

const filter = '[filter:proxy-prefix]\nuse = egg:PasteDeploy#prefix\nprefix = /galaxy\n';

for (const [what, ini, prefix] of [
  ['a filter that nobody applies', app + filter, undefined],
  ['a filter around the application', `${app}filter-with = proxy-prefix\n${filter}`, '/galaxy'],
  [
    'a filter behind another',
    `${app}filter-with = gzip\n[filter:gzip]\nuse = egg:Paste#gzip\nfilter-with = proxy-prefix\n${filter}`,
    '/galaxy',
  ],
  [
    'a pipeline',
    `[pipeline:main]\npipeline = proxy-prefix galaxy\n[app:galaxy]\npaste.app_factory = galaxy.web.buildapp:app_factory\n${filter}`,
    '/galaxy',
  ],
  [
    'a composite',
    '[composite:main]\nuse = egg:Paste#urlmap\n/g/ = galaxy\n[app:galaxy]\npaste.app_factory = galaxy.web.buildapp:app_factory\n',
    '/g',
  ],
  [
    'a mount of uWSGI',
    `[uwsgi]\nsocket = :4001\nmount = /galaxy=galaxy.webapps.galaxy.buildapp:uwsgi_app()\n${app}`,
    '/galaxy',
  ],
] as const) {
  test(`prefix: ${what}`, () => {
    const { legacy, services } = read({ ini: servers('main') + ini });
    assert.is(legacy?.prefix?.value.value, prefix);
    const web = services.find((one) => one.kind === 'paste' || one.kind === 'uwsgi');
    assert.is(web?.settings.url_prefix?.value, prefix);
  });
}

test('options of [app:main] are those that Paste passes on', () => {
  const ini = `[DEFAULT]\nbrand = Shared\nadmin = root@example.org\n${servers('main')}${app}brand = Own\nset debug = true\nget email_from = admin\nfile_path = %(here)s/files\n`;
  const options = Object.fromEntries(read({ ini }).options.map(({ name, value }) => [name, value.value]));
  assert.equal(options, { email_from: 'root@example.org', file_path: '/srv/galaxy/config/files' });
});

test.run();
