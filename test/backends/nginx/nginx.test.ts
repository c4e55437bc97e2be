import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Instance, Service } from '../../../src/model/deployment.ts';
import type { ProxySettings } from '../../../src/model/proxy/settings.ts';
import { options, proxyOf, sampleSite, tcp, unix, webServer } from '../proxy.ts';
import { type Rendered, render } from '../render.ts';
import { here, sampleDeployment, sampleInstance } from '../sample.ts';
import { blocksOf, type Directive, flat, readNginx, valuesOf } from './parse.ts';

const test = suite('nginx');

const gunicorn = webServer('gunicorn', [unix('/run/galaxy/g.sock')]);

function draw(instance: Partial<Instance>, proxy?: ProxySettings, layout = 'blocks'): Rendered {
  const all = { services: [gunicorn], ...instance, ...(proxy ? { proxy } : {}) };
  return render(`nginx/${layout}`, sampleDeployment({ instance: all }));
}

function tree(rendered: Rendered): Directive[] {
  return readNginx(rendered.files.map((one) => one.text).join('\n'));
}

function locations(rendered: Rendered): string[] {
  return blocksOf(tree(rendered), 'location').map((one) => one.words.slice(1).join(' '));
}

function locationOf(rendered: Rendered, name: string): readonly Directive[] {
  const found = blocksOf(tree(rendered), 'location').filter((one) => one.words.slice(1).join(' ') === name);
  assert.is(found.length, 1, `${name} among ${locations(rendered).join(', ')}`);
  return found[0]?.block ?? [];
}

const plugins =
  '~ ^/plugins/(?<galaxy_type>[^/.][^/]*)/(?<galaxy_plugin>(?<galaxy_family>[^/._]+)[^/]*)/static/(?<galaxy_file>(?:[^/.][^/]*/)*[^/.][^/]*)$';
const always = [
  ...['= /favicon.ico', '= /robots.txt', '^~ /static/', '~ /\\.', plugins],
  ...['~ ^/api/dataset_collections/[^/]+/download$', '/'],
];

function companion(kind: Service['kind'], port: number, settings: Service['settings'] = {}): Service {
  return { ...webServer(kind, [tcp(port)]), settings };
}

test('a route is there exactly when the configuration calls for it', () => {
  assert.equal(locations(draw({})), always);
  const uploads = { upload_dir: here('/srv/tus') };
  const jobs = { upload_dir: here('/srv/jobs') };
  const runner = { id: here('pulsar'), load: here('galaxy.jobs.runners.pulsar:PulsarRESTJobRunner') };
  const cases: [string, Partial<Instance>, string, string[]][] = [
    [
      'tusd',
      { services: [gunicorn, companion('tusd', 1080, uploads)] },
      '',
      ['^~ /api/upload/resumable_upload'],
    ],
    [
      'tusd of jobs',
      {
        services: [gunicorn, companion('tusd', 1080, uploads), companion('tusd', 1081, jobs)],
        options: options({ tus_upload_store: '/srv/tus', tus_upload_store_job_files: '/srv/jobs' }),
      },
      '',
      ['^~ /api/upload/resumable_upload', '^~ /api/job_files/resumable_upload'],
    ],
    ['tools', { services: [gunicorn, companion('gx-it-proxy', 4002)] }, '', ['^~ /interactivetool/ep/', '/']],
    [
      'tools with names of their own',
      {
        services: [gunicorn, companion('gx-it-proxy', 4002)],
        options: options({ interactivetools_base_path: '/gx/', interactivetools_prefix: 'it' }),
      },
      '',
      ['^~ /gx/it/ep/', '/'],
    ],
    ['notebooks', { options: options({ dynamic_proxy_external_proxy: true }) }, '', ['^~ /gie_proxy/']],
    [
      'reports',
      { services: [gunicorn, companion('reports', 9001, { url_prefix: here('/reports') })] },
      '',
      ['= /_galaxy_is_admin', '^~ /reports/'],
    ],
    ['events', { options: options({ enable_sse_updates: true }) }, '', ['= /api/events/stream']],
    [
      'jobs of Pulsar',
      { jobs: { ...sampleInstance().jobs, runners: [runner as never] } },
      '',
      ['~ ^/api/jobs/[^/]+/files(?:/|$)'],
    ],
    ['limits', {}, 'rate_limit: usegalaxy', ['/api/']],
    ['prefix', { options: options({ galaxy_url_prefix: '/galaxy' }) }, '', ['= /galaxy']],
    [
      'upload module',
      { options: options({ nginx_upload_store: '/srv/up', nginx_upload_path: '/_upload' }) },
      'uploads: {legacy_module: true}',
      ['= /_upload', '= /_upload_done'],
    ],
  ];
  for (const [name, instance, yaml, wanted] of cases) {
    const rendered = draw(instance, yaml === '' ? undefined : proxyOf(yaml));
    assert.equal(rendered.problems, [], name);
    const found = locations(rendered).map((one) => one.replaceAll('/galaxy/', '/'));
    const more = [...found];
    for (const one of always.map((two) => two.replaceAll('/galaxy/', '/')))
      if (more.includes(one)) more.splice(more.indexOf(one), 1);
    assert.equal(more, wanted, name);
  }
});

test('static files can be left to Galaxy, and are where Galaxy is a package', () => {
  const without = ['~ ^/api/dataset_collections/[^/]+/download$', '/'];
  assert.equal(locations(draw({}, proxyOf('static: {serve: false}'))), without);
  assert.equal(locations(draw({ layout: 'installed' })), without);
  const own = draw(
    { layout: 'installed' },
    proxyOf('static: {root: /srv/static, overrides: {/static/welcome.html: /w}}'),
  );
  assert.equal(locations(own), [
    ...['= /static/welcome.html', '= /favicon.ico', '= /robots.txt', '^~ /static/', '~ /\\.'],
    ...without,
  ]);
});

test('every location that forwards says all that Galaxy believes, and nothing of a client', () => {
  const all = sampleDeployment({
    instance: { options: options({ enable_sse_updates: true }), proxy: sampleSite },
  });
  for (const layout of ['blocks', 'site']) {
    const directives = tree(render(`nginx/${layout}`, all));
    const forwarding = blocksOf(directives, 'location').filter(
      ({ block }) => valuesOf(block, 'proxy_pass').length,
    );
    assert.ok(forwarding.length > 6);
    for (const { words, block } of forwarding) {
      const headers = valuesOf(block, 'proxy_set_header');
      const names = headers.map((one) => one.split(' ')[0]);
      for (const name of [
        'Host',
        'X-Forwarded-For',
        'X-Forwarded-Host',
        'X-Forwarded-Proto',
        'Remote-User',
        'GX-Secret',
      ])
        assert.is(names.filter((one) => one === name).length, 1, `${words.join(' ')}: ${name}`);
      assert.ok(headers.includes('X-Forwarded-For $remote_addr'));
      assert.ok(headers.includes('GX-Secret '));
    }
    assert.not.match(JSON.stringify(directives), /http_host|proxy_add_x_forwarded_for|\$uri/);
  }
});

test('several members share the requests, and one that restarts is asked again', () => {
  const two = webServer('gunicorn', [unix('/run/g0.sock'), unix('/run/g1.sock')]);
  const text = draw({ services: [two] }).text('galaxy-upstream.conf');
  const [upstream] = blocksOf(readNginx(text), 'upstream');
  assert.equal(valuesOf(upstream?.block, 'server'), [
    'unix:/run/g0.sock max_fails=0',
    'unix:/run/g1.sock max_fails=0',
  ]);
  const own = proxyOf('upstream: {name: gx, keepalive: 8, max_fails: 2, balance: least-connections}');
  const [other] = blocksOf(tree(draw({ services: [two] }, own)), 'upstream');
  assert.is(other?.words[1], 'gx');
  assert.equal(
    other?.block?.map((one) => one.words.join(' ')),
    [
      'least_conn',
      'server unix:/run/g0.sock max_fails=2',
      'server unix:/run/g1.sock max_fails=2',
      'keepalive 8',
      'keepalive_timeout 1s',
    ],
  );
});

test('the address of a member is one that can be reached', () => {
  for (const [host, want] of [
    ['localhost', '127.0.0.1:8080'],
    ['0.0.0.0', '127.0.0.1:8080'],
    ['::', '[::1]:8080'],
    ['::1', '[::1]:8080'],
    ['10.0.0.7', '10.0.0.7:8080'],
  ] as const) {
    const [upstream] = blocksOf(
      tree(draw({ services: [webServer('gunicorn', [tcp(8080, host)])] })),
      'upstream',
    );
    assert.equal(valuesOf(upstream?.block, 'server'), [`${want} max_fails=0`]);
  }
});

test('uWSGI speaks its own protocol, and takes the path as it is', () => {
  const server = webServer('uwsgi', [unix('/run/galaxy.sock', 'uwsgi')]);
  const mounted = {
    ...server,
    settings: { mount: here('/galaxy=galaxy.webapps.galaxy.buildapp:uwsgi_app()') },
  };
  const rendered = draw({ services: [mounted] });
  const main = locationOf(rendered, '/galaxy/');
  assert.equal(valuesOf(main, 'uwsgi_pass'), ['galaxy']);
  const order = main.map((one) => one.words[0]);
  assert.ok(order.indexOf('include') < order.indexOf('uwsgi_param'));
  const params = valuesOf(main, 'uwsgi_param');
  for (const one of [
    'UWSGI_SCHEME $scheme',
    'HTTP_X_FORWARDED_FOR $remote_addr',
    'HTTP_REMOTE_USER ',
    'HTTP_GX_SECRET ',
  ])
    assert.ok(params.includes(one), one);
  assert.match(rendered.text('galaxy-locations.conf'), /^merge_slashes off;$/m);
  assert.not.match(rendered.text('galaxy-upstream.conf'), 'http_upgrade');
});

test('a Zerg pool stands for its workers, and a uWSGI that only speaks HTTP is asked so', () => {
  const pool = webServer('zergpool', [unix('/run/pool.sock', 'uwsgi')]);
  const zergling = webServer('zergling', []);
  assert.match(
    draw({ services: [zergling, pool] }).text('galaxy-upstream.conf'),
    'server unix:/run/pool.sock',
  );
  const http = draw({ services: [webServer('uwsgi', [tcp(8080)])] });
  assert.equal(valuesOf(locationOf(http, '/'), 'proxy_pass'), ['http://galaxy']);
});

test('Paste gets HTTP/1.0, each of its servers in turn', () => {
  const rendered = draw({ services: [webServer('paste', [tcp(8080), tcp(8081)])] });
  const main = locationOf(rendered, '/');
  assert.equal(valuesOf(main, 'proxy_http_version'), ['1.0']);
  assert.ok(valuesOf(main, 'proxy_set_header').includes('X-URL-SCHEME $scheme'));
  // Its styles are those of a theme.
  const style = (options_: Record<string, string>) =>
    valuesOf(
      locationOf(
        draw({ services: [webServer('paste', [tcp(8080)])], options: options(options_) }),
        '^~ /static/style/',
      ),
      'alias',
    );
  assert.equal(style({}), ['/srv/galaxy/server/static/style/blue/']);
  assert.equal(style({ static_style_dir: 'static/june_2007_style/blue' }), [
    '/srv/galaxy/server/static/june_2007_style/blue/',
  ]);
  assert.not.match(rendered.text('galaxy-upstream.conf'), 'http_upgrade');
  const [upstream] = blocksOf(tree(rendered), 'upstream');
  assert.equal(valuesOf(upstream?.block, 'server'), [
    '127.0.0.1:8080 max_fails=0',
    '127.0.0.1:8081 max_fails=0',
  ]);
});

test('only the data may be sent, and only when Galaxy says so', () => {
  const on = options({
    nginx_x_accel_redirect_base: '/_x',
    file_path: '/srv/files',
    new_file_path: '/srv/files/tmp',
  });
  const rendered = draw({ options: on });
  const outer = locationOf(rendered, '^~ /_x/');
  assert.equal(valuesOf(outer, 'return'), ['404']);
  const inner = blocksOf(outer, 'location');
  assert.ok(inner.length >= 3);
  for (const { words, block } of inner) {
    assert.equal(valuesOf(block, 'internal'), [''], words.join(' '));
    assert.is(`^~ /_x${valuesOf(block, 'alias')[0]}`, words.slice(1).join(' '));
  }
  // What lies in another one is not named twice.
  assert.not(inner.some(({ words }) => words.join(' ').includes('/srv/files/tmp')));
  const whole = locationOf(draw({ options: on }, proxyOf('downloads: {roots: [/]}')), '^~ /_x/');
  assert.equal(valuesOf(whole, 'alias'), ['/']);
  assert.equal(valuesOf(whole, 'internal'), ['']);
});

test('tusd keeps its addresses in both styles', () => {
  const services = [gunicorn, companion('tusd', 1080)];
  const path = '^~ /api/upload/resumable_upload';
  const form = locationOf(draw({ services }), path);
  assert.equal(valuesOf(form, 'proxy_pass'), ['http://galaxy_tusd/files']);
  assert.ok(valuesOf(form, 'proxy_set_header').includes('Host $proxy_host'));
  const order = form.map((one) => one.words[0]);
  assert.ok(order.indexOf('proxy_pass') < order.indexOf('proxy_redirect'));
  for (const one of ['proxy_request_buffering', 'proxy_buffering'])
    assert.equal(valuesOf(form, one), ['off']);
  const other = locationOf(draw({ services }, proxyOf('uploads: {tus_style: base-path}')), path);
  assert.equal(valuesOf(other, 'proxy_pass'), ['http://galaxy_tusd']);
  assert.ok(valuesOf(other, 'proxy_set_header').includes('Host $host$galaxy_port'));
});

test('only Galaxy may name files to send', () => {
  const services = [
    ...[gunicorn, companion('gx-it-proxy', 4002), companion('tusd', 1080)],
    companion('reports', 9001, { url_prefix: here('/reports') }),
  ];
  const rendered = draw({ services, options: options({ nginx_x_accel_redirect_base: '/_x' }) });
  for (const { words, block } of blocksOf(tree(rendered), 'location')) {
    const target = valuesOf(block, 'proxy_pass')[0] ?? '';
    const galaxy = /^http:\/\/galaxy(\/|$)/.test(target);
    if (target !== '')
      assert.equal(
        valuesOf(block, 'proxy_ignore_headers'),
        galaxy ? [] : ['X-Accel-Redirect'],
        words.join(' '),
      );
  }
});

test('who somebody is, only Galaxy is told, and the file with the secret is for its owner', () => {
  const services = [gunicorn, companion('gx-it-proxy', 4002), companion('tusd', 1080)];
  const login = {
    use_remote_user: true,
    remote_user_secret: 'hunter2',
    remote_user_header: 'HTTP_X_AUTH_USER',
  };
  const rendered = draw(
    { services, options: options(login) },
    proxyOf('remote_user: {variable: remote_user}'),
  );
  const set = (name: string) => valuesOf(locationOf(rendered, name), 'proxy_set_header');
  assert.ok(set('~ ^/api/dataset_collections/[^/]+/download$').includes('GX-Secret hunter2'));
  for (const name of ['^~ /interactivetool/ep/', '^~ /api/upload/resumable_upload'])
    for (const header of ['GX-Secret', 'X-Auth-User', 'Remote-User'])
      assert.ok(set(name).includes(`${header} `), header);
  const file = rendered.files.find((one) => one.path === 'galaxy-locations.conf');
  assert.is(file?.mode, 0o600);
  assert.not.match(file?.masked ?? 'hunter2', 'hunter2');
  assert.is(rendered.files.filter((one) => one.masked !== undefined).length, 1);
  // Without a login, the header is removed.
  const off = draw({ options: options({ use_remote_user: false }) });
  assert.ok(valuesOf(locationOf(off, '/'), 'proxy_set_header').includes('Remote-User '));
});

test('reports are shown to nobody by accident', () => {
  const reports = companion('reports', 9001, { url_prefix: here('/reports') });
  const guard = (services: Service[], yaml?: string) => {
    const rendered = draw({ services }, yaml === undefined ? undefined : proxyOf(yaml));
    const block = locationOf(rendered, '^~ /reports/');
    const names = ['auth_request', 'auth_basic_user_file', 'allow', 'deny'];
    return [names.flatMap((one) => valuesOf(block, one)).join(' '), rendered.problems.length];
  };
  assert.equal(guard([gunicorn, reports]), ['/_galaxy_is_admin', 0]);
  assert.equal(guard([gunicorn, reports], 'reports: {auth: galaxy}'), ['/_galaxy_is_admin', 0]);
  assert.equal(guard([gunicorn, reports], 'reports: {auth: basic, password_file: /etc/p}'), ['/etc/p', 0]);
  assert.equal(guard([gunicorn, reports], 'reports: {auth: none}'), ['', 0]);
  const local = ['127.0.0.1 ::1 all', 1];
  assert.equal(guard([gunicorn, reports], 'reports: {auth: basic}'), local);
  assert.equal(guard([webServer('uwsgi', [unix('/run/u.sock', 'uwsgi')]), reports]), local);
});

test('a variable that holds what the browser sends is not used, whatever the rules are set to', () => {
  const on = options({ use_remote_user: true });
  for (const name of ['http_remote_user', 'arg_user', 'cookie_user', 'args']) {
    const rendered = draw({ options: on }, proxyOf(`remote_user: {variable: ${name}}`));
    assert.not.match(rendered.text('galaxy-locations.conf'), `$${name}`);
  }
});

test('HTTP/2 and refusals are written in the words of the version', () => {
  const at = (version: string) =>
    draw({}, { ...sampleSite, version: here(version) }, 'site').text('galaxy-site.conf');
  assert.match(at('1.22'), 'listen 443 ssl http2;');
  assert.not.match(at('1.22'), 'http2 on;');
  assert.match(at('1.25.1'), 'http2 on;');
  assert.not.match(at('1.27'), 'ssl http2');
  assert.match(at('1.19.4'), 'ssl_reject_handshake on;');
  assert.not.match(at('1.18'), 'ssl_reject_handshake');
});

test('behind a load balancer only its word counts', () => {
  const external = proxyOf(
    '{server_name: g.example.org, tls: {mode: external}, trusted_proxies: [10.0.0.0/8]}',
  );
  const rendered = draw({}, external, 'site');
  const text = rendered.text('galaxy-site.conf');
  assert.match(text, 'set_real_ip_from 10.0.0.0/8;');
  assert.ok(
    valuesOf(locationOf(rendered, '/'), 'proxy_set_header').includes('X-Forwarded-Proto $galaxy_scheme'),
  );
  assert.not.match(text, 'ssl');
  const [map] = blocksOf(tree(rendered), 'map').filter((one) => one.words[2] === '$galaxy_scheme');
  assert.equal(
    map?.block?.map((one) => one.words.join(' ')),
    ['default $scheme', '1:http http', '1:https https'],
  );
});

test('a long name gets the room that nginx needs for it', () => {
  const room = (length: number) => {
    const name = `${'a'.repeat(40)}.${'b'.repeat(length - 53)}.example.org`;
    const rendered = draw({}, { ...sampleSite, serverNames: [here(name)] }, 'site');
    assert.is(name.length, length);
    return valuesOf(tree(rendered), 'server_names_hash_bucket_size').join();
  };
  assert.is(room(60), '128');
  assert.is(room(110), '128');
  assert.is(room(111), '256');
  assert.is(valuesOf(tree(draw({}, sampleSite, 'site')), 'server_names_hash_bucket_size').join(), '');
});

test('instances have names that do not meet', () => {
  const [one, two] = ['main', 'test-2'].map((name) => sampleInstance({ name }));
  const rendered = render('nginx', {
    elsewhere: [],
    limits: {},
    named: true,
    instances: [one as Instance, two as Instance],
  });
  const directives = tree(rendered);
  const names = ['upstream', 'map'].flatMap((kind) =>
    blocksOf(directives, kind).map((block) => block.words.at(-1)),
  );
  assert.equal(names, [...new Set(names)]);
  assert.ok(names.includes('galaxy_main') && names.includes('galaxy_test_2_tusd'), names.join());
  assert.ok(rendered.files.some((file) => file.path === 'galaxy-test-2-locations.conf'));
});

test('a site says what it lacks', () => {
  const site = (yaml: string) => draw({}, proxyOf(yaml), 'site').problems;
  assert.equal(site('server_name: g.example.org'), [
    'error GX744 a site needs a certificate and its key, and "certificate" and "certificate_key" are not set',
  ]);
  assert.equal(site('tls: {mode: off}'), [
    'error GX744 a site needs the name that people type, and "server_name" is not set',
  ]);
  assert.equal(site('{server_name: g.example.org, tls: {mode: off}, listen: {http: 0}}'), [
    'error GX744 a site needs a port to listen on, and "http" is 0',
  ]);
});

test('what cannot be drawn is said once', () => {
  const noSocket = draw({
    services: [{ ...gunicorn, processes: gunicorn.processes.map((one) => ({ ...one, listens: [] })) }],
  });
  assert.equal(noSocket.problems, ['error GX741 where "gunicorn0" listens is not known']);
  const inherited = draw({
    services: [webServer('gunicorn', [{ kind: 'fd', fd: 3, origin: here('fd://3') }])],
  });
  assert.equal(inherited.problems, ['error GX741 "gunicorn0" listens on nothing that a proxy can name']);
  assert.equal(draw({ services: [] }).problems, [
    'error GX740 there is no web server for the proxy to stand in front of',
  ]);
  const lost = draw({ services: [gunicorn, companion('reports', 9001)] });
  assert.equal(lost.problems, [
    'warning GX742 the reports have no "url_prefix", so the proxy does not show them',
  ]);
  assert.equal(draw({ options: options({ use_remote_user: true }) }).problems, [
    'error GX747 the proxy is to say who somebody is, and does not know',
  ]);
  const module = draw({ options: options({ nginx_upload_store: '/u', nginx_upload_path: '/_upload' }) });
  assert.equal(module.problems, [
    'warning GX749 uploads are to be stored by nginx, which takes the upload module',
  ]);
});

// The mistakes of published configurations (and what scanners look for), in everything that a fixture expects.
const expected = readdirSync('fixtures')
  .filter((name) => name.startsWith('render-nginx-'))
  .flatMap((name) => files(`fixtures/${name}/out`));

test('no fixture repeats a mistake of the published configurations', () => {
  assert.ok(expected.length > 20);
  for (const { path, text } of expected) {
    const directives = readNginx(text);
    for (const one of flat(directives)) {
      const line = `${path}: ${one.words.join(' ')}`;
      const [name = '', ...values] = one.words;
      assert.not(/^proxy_pass$/.test(name) && /unix:|localhost|\$/.test(values[0] ?? ''), line);
      assert.not(name === 'return' && /\$uri|\$document_uri/.test(values.join(' ')), line);
      assert.not(name === 'proxy_next_upstream' || name === 'if' || name === 'server:', line);
      assert.not(name === 'expires' && !/^\d+s$/.test(values[0] ?? ''), line);
      assert.not(
        name === 'add_header' && (values.at(-1) !== 'always' || values.join('').includes('\n')),
        line,
      );
      assert.not(/SSLv|TLSv1(\.1)?$/.test(values.join(' ')), line);
    }
    for (const { words, block } of blocksOf(directives, 'location')) checkLocation(words, block ?? [], path);
    for (const server of blocksOf(directives, 'server'))
      assert.ok(valuesOf(server.block, 'server_tokens').includes('off'), `${path}: server_tokens`);
  }
});

function checkLocation(words: readonly string[], block: readonly Directive[], path: string): void {
  const line = `${path}: ${words.join(' ')}`;
  const at = words.at(-1) ?? '';
  const [alias] = valuesOf(block, 'alias');
  // A traversal, or the neighbours of the folder.
  if (alias !== undefined && words[1] !== '=' && words[1] !== '~')
    assert.ok(at.endsWith('/') && alias.endsWith('/'), line);
  if (at.startsWith('/_')) assert.equal(valuesOf(block, 'internal'), [''], line);
  // The headers of the server are lost where the location has one of its own, so it repeats them.
  const headers = valuesOf(block, 'add_header');
  if (headers.length > 0)
    assert.ok(
      headers.some((one) => one.startsWith('X-Content-Type-Options')),
      line,
    );
}

function files(folder: string): { path: string; text: string }[] {
  const names = readdirSync(folder.replace(/\/out$/, '')).includes('out') ? readdirSync(folder) : [];
  return names.map((name) => ({
    path: `${folder}/${name}`,
    text: readFileSync(`${folder}/${name}`, 'utf8'),
  }));
}

test.run();
