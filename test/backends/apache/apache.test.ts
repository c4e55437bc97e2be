import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Instance, Service } from '../../../src/model/deployment.ts';
import type { ProxySettings } from '../../../src/model/proxy/settings.ts';
import { options, proxyOf, sampleSite, tcp, unix, webServer } from '../proxy.ts';
import { type Rendered, render } from '../render.ts';
import { here, sampleDeployment } from '../sample.ts';
import { type Directive, flat, readApache, wordsOf } from './parse.ts';

const test = suite('apache');

const gunicorn = webServer('gunicorn', [unix('/run/galaxy/g.sock')]);

function draw(instance: Partial<Instance>, proxy?: ProxySettings, layout = 'blocks'): Rendered {
  const all = { services: [gunicorn], ...instance, ...(proxy ? { proxy } : {}) };
  return render(`apache/${layout}`, sampleDeployment({ instance: all }));
}

function tree(rendered: Rendered): Directive[] {
  return readApache(rendered.files.map((one) => one.text).join('\n'));
}

function companion(kind: Service['kind'], port: number, settings: Service['settings'] = {}): Service {
  return { ...webServer(kind, [tcp(port)]), settings };
}

/** The targets of ProxyPass in order. */
function passes(rendered: Rendered): string[] {
  return wordsOf(tree(rendered), 'ProxyPass').map((one) => one.join(' '));
}

/** Everything but the list of modules. */
function problems(rendered: Rendered): string[] {
  return rendered.problems.filter((one) => !one.includes('GX753'));
}

const stat = ['/favicon.ico !', '/robots.txt !', '/static/ !'];
const main = '/ balancer://galaxy/ nocanon';

test('a route is there exactly when the configuration calls for it, and Galaxy comes last', () => {
  assert.equal(passes(draw({})), [...stat, main]);
  const tools = 'nocanon upgrade=websocket disablereuse=on timeout=3600';
  const cases: [string, Partial<Instance>, string[]][] = [
    [
      'tusd',
      { services: [gunicorn, companion('tusd', 1080)] },
      [...stat, 'http://127.0.0.1:1080/files', main],
    ],
    [
      'tools',
      { services: [gunicorn, companion('gx-it-proxy', 4002)] },
      [
        ...stat,
        `/interactivetool/ep/ http://127.0.0.1:4002/interactivetool/ep/ ${tools}`,
        main,
        `/ http://127.0.0.1:4002/ ${tools}`,
      ],
    ],
    [
      'reports',
      { services: [gunicorn, companion('reports', 9001, { url_prefix: here('/reports') })] },
      [...stat, '/reports/ http://127.0.0.1:9001/ nocanon disablereuse=on', main],
    ],
    [
      'prefix',
      { options: options({ galaxy_url_prefix: '/galaxy' }) },
      [...stat.map((one) => `/galaxy${one}`), '/galaxy/ balancer://galaxy/galaxy/ nocanon'],
    ],
  ];
  for (const [name, instance, wanted] of cases) assert.equal(passes(draw(instance)), wanted, name);
  assert.equal(passes(draw({}, proxyOf('static: {serve: false}'))), [main]);
});

test('every member has a name of its own, and is asked again after a second', () => {
  const two = webServer('gunicorn', [unix('/run/g0.sock'), unix('/run/g1.sock')]);
  const members = wordsOf(tree(draw({ services: [two] })), 'BalancerMember');
  assert.equal(
    members.map((one) => one[0]),
    ['unix:/run/g0.sock|http://galaxy-0', 'unix:/run/g1.sock|http://galaxy-1'],
  );
  for (const one of members) assert.equal(one.slice(1), ['retry=1', 'disablereuse=on', 'upgrade=websocket']);
  const [set] = wordsOf(tree(draw({ services: [two] })), 'ProxySet');
  assert.equal(set, ['lbmethod=byrequests', 'maxattempts=6', 'timeout=300']);
  const busy = draw({ services: [two] }, proxyOf('upstream: {balance: least-connections}'));
  assert.ok(wordsOf(tree(busy), 'ProxySet')[0]?.includes('lbmethod=bybusyness'));
  assert.match(busy.text('galaxy-upstream.conf'), /^# a2enmod .*lbmethod_bybusyness/m);
});

test('encoded slashes pass in the way each backend can take them', () => {
  const http = draw({});
  assert.equal(wordsOf(tree(http), 'AllowEncodedSlashes'), [['NoDecode']]);
  const uwsgi = draw({ services: [webServer('uwsgi', [unix('/run/u.sock', 'uwsgi')])] });
  assert.equal(wordsOf(tree(uwsgi), 'AllowEncodedSlashes'), [['On']]);
  assert.equal(passes(uwsgi), [...stat, '/ balancer://galaxy/']);
  assert.equal(
    wordsOf(tree(uwsgi), 'BalancerMember').map((one) => one.join(' ')),
    ['unix:/run/u.sock|uwsgi://galaxy-0 retry=1 disablereuse=on'],
  );
  assert.match(uwsgi.text('galaxy-upstream.conf'), /^# a2enmod .*proxy_uwsgi/m);
  const mounted = {
    ...webServer('uwsgi', [tcp(4001, '127.0.0.1', 'uwsgi')]),
    settings: { mount: here('/gx=x') },
  };
  assert.ok(passes(draw({ services: [mounted] })).includes('/gx/ balancer://galaxy/gx/'));
});

test('Paste is balanced over its ports', () => {
  const rendered = draw({ services: [webServer('paste', [tcp(8080), tcp(8081)])] });
  assert.equal(
    wordsOf(tree(rendered), 'BalancerMember').map((one) => one.join(' ')),
    ['http://127.0.0.1:8080 retry=1 disablereuse=on', 'http://127.0.0.1:8081 retry=1 disablereuse=on'],
  );
});

test('what Galaxy believes is removed in every spelling, then set', () => {
  const directives = wordsOf(tree(draw({})), 'RequestHeader');
  const unset = directives.filter((one) => one[0] === 'unset').map((one) => one[1]);
  for (const name of [
    'X-Forwarded-For',
    'X_Forwarded_For',
    'X_Forwarded-Host',
    'X-URL_SCHEME',
    'REMOTE_USER',
    'GX_Secret',
    'SCRIPT_NAME',
  ])
    assert.ok(
      unset.some((one) => one?.toLowerCase() === name.toLowerCase()),
      name,
    );
  const set = directives.filter((one) => one[0] === 'set').map((one) => one.slice(1).join(' '));
  assert.equal(set, [
    'X-Forwarded-Proto expr=%{REQUEST_SCHEME}',
    'X-URL-SCHEME expr=%{REQUEST_SCHEME}',
    'X-Real-IP expr=%{REMOTE_ADDR}',
  ]);
});

test('who somebody is, only Galaxy is told, and the file with the secret is for its owner', () => {
  const services = [gunicorn, companion('gx-it-proxy', 4002), companion('tusd', 1080)];
  const login = {
    use_remote_user: true,
    remote_user_secret: 'hunter2 100%',
    remote_user_header: 'HTTP_X_AUTH_USER',
  };
  const rendered = draw(
    { services, options: options(login) },
    proxyOf('remote_user: {variable: OIDC_CLAIM_sub}'),
  );
  const file = rendered.text('galaxy-locations.conf');
  assert.match(file, `RequestHeader set X-Auth-User "expr=%{reqenv:OIDC_CLAIM_sub}"`);
  assert.match(file, 'RequestHeader set GX-Secret "hunter2 100%%"');
  for (const section of flat(tree(rendered)).filter((one) => one.name === 'Location')) {
    const unset = wordsOf(section.section ?? [], 'RequestHeader').map((one) => one.join(' '));
    const secrets = unset.filter((one) => !/ (X-)?Forwarded/.test(one));
    assert.equal(secrets, ['unset X-Auth-User', 'unset GX-Secret'], section.words.join(' '));
  }
  assert.not.match(rendered.text('galaxy-interactivetools.conf'), 'hunter2');
  assert.equal(
    rendered.files.filter((one) => one.mode === 0o600).map((one) => one.path),
    ['galaxy-locations.conf'],
  );
});

test('only the data may be sent, and only when Galaxy says so', () => {
  const rendered = draw({ options: options({ apache_xsendfile: true, file_path: '/srv/files' }) });
  assert.equal(wordsOf(tree(rendered), 'XSendFile'), [['On']]);
  const paths = wordsOf(tree(rendered), 'XSendFilePath').map((one) => one[0]);
  assert.ok(paths.includes('/srv/files') && !paths.includes('/'));
  const other = draw({ options: options({ nginx_x_accel_redirect_base: '/_x' }) });
  assert.equal(problems(other), ['error GX745 downloads are handed to nginx, and this is for Apache']);
});

test('only Galaxy may name files to send', () => {
  const services = [
    ...[gunicorn, companion('gx-it-proxy', 4002), companion('tusd', 1080)],
    companion('reports', 9001, { url_prefix: here('/reports') }),
  ];
  const rendered = draw({ services, options: options({ apache_xsendfile: true }) });
  const sections = flat(tree(rendered)).filter((one) => one.name === 'Location');
  assert.equal(
    sections.map((one) => one.words[0]),
    ['/api/upload/resumable_upload', '/interactivetool/ep/', '/reports/'],
  );
  for (const one of sections) assert.equal(wordsOf(one.section ?? [], 'XSendFile'), [['Off']]);
  assert.not.match(rendered.text('galaxy-interactivetools.conf'), 'XSendFile');
});

test('reports are shown to nobody by accident', () => {
  const services = [gunicorn, companion('reports', 9001, { url_prefix: here('/reports') })];
  const require = (yaml?: string) => {
    const rendered = draw({ services }, yaml === undefined ? undefined : proxyOf(yaml));
    const [section] = flat(tree(rendered)).filter((one) => one.name === 'Location');
    return [
      wordsOf(section?.section ?? [], 'Require')
        .map((one) => one.join(' '))
        .join(),
      problems(rendered).join(),
    ];
  };
  const warned = 'warning GX746 with Apache, only this machine sees the reports';
  assert.equal(require(), ['local', warned]);
  assert.equal(require('reports: {auth: galaxy}'), ['local', warned]);
  assert.equal(require('reports: {auth: basic, password_file: /etc/p}'), ['valid-user', '']);
  assert.equal(require('reports: {auth: none}'), ['all granted', '']);
});

test('what Apache cannot do is said', () => {
  const old = { ...sampleSite, version: here('2.4.41') };
  const rendered = draw({ services: [gunicorn, companion('gx-it-proxy', 4002)] }, old);
  assert.equal(problems(rendered), ['warning GX750 Apache before 2.4.47 does not pass websockets on']);
  assert.not.match(rendered.text('galaxy-upstream.conf'), 'upgrade=');
  assert.equal(problems(draw({}, proxyOf('rate_limit: usegalaxy'))), [
    'warning GX750 Apache has no limit for the rate of requests',
  ]);
});

test('a site has a default that refuses, and sends people to the right address', () => {
  const rendered = draw({ options: options({ galaxy_url_prefix: '/galaxy' }) }, sampleSite, 'site');
  const hosts = tree(rendered).filter((one) => one.name === 'VirtualHost');
  const summary = hosts.map(
    (one) => `${one.words.join()} ${wordsOf(one.section ?? [], 'ServerName').join()}`,
  );
  assert.equal(summary, [
    '*:80 catch-all.invalid',
    '*:443 catch-all.invalid',
    '*:80 galaxy.example.org',
    '*:443 www.galaxy.example.org',
    '*:443 galaxy.example.org',
  ]);
  for (const one of hosts.slice(0, 2))
    assert.equal(wordsOf(one.section ?? [], 'Require'), [['all', 'denied']]);
  assert.match(
    rendered.text('galaxy-site.conf'),
    'RewriteRule "^" "https://galaxy.example.org%1" [R=301,L,NE]',
  );
  for (const one of hosts.filter((host) => host.words.join() === '*:443'))
    assert.equal(wordsOf(one.section ?? [], 'SSLProtocol'), [['-all', '+TLSv1.2', '+TLSv1.3']]);
});

test('behind a load balancer only its word counts', () => {
  const external = proxyOf(
    '{server_name: g.example.org, tls: {mode: external}, trusted_proxies: [10.0.0.0/8, "::1"]}',
  );
  const rendered = draw({}, external, 'site');
  assert.equal(wordsOf(tree(rendered), 'RemoteIPInternalProxy'), [['10.0.0.0/8'], ['::1']]);
  assert.match(
    rendered.text('galaxy-site.conf'),
    `SetEnvIfExpr "(%{CONN_REMOTE_ADDR} -ipmatch '10.0.0.0/8' || %{CONN_REMOTE_ADDR} -ipmatch '::1') && %{HTTP:X-Forwarded-Proto} == 'https'" galaxy_https`,
  );
  assert.match(
    rendered.text('galaxy-site.conf'),
    'RequestHeader set X-Forwarded-Proto http env=!galaxy_https',
  );
});

// The mistakes of published configurations, in everything that a fixture expects.
test('no fixture repeats a mistake of the published configurations', () => {
  const texts = readdirSync('fixtures')
    .filter((name) => name.startsWith('render-apache-') && readdirSync(`fixtures/${name}`).includes('out'))
    .map((name) =>
      readdirSync(`fixtures/${name}/out`).map((file) => readFileSync(`fixtures/${name}/out/${file}`, 'utf8')),
    )
    .map((files) => files.toSorted((a) => (a.includes('Define GXD') ? -1 : 1)).join('\n'));
  assert.ok(texts.length > 10);
  for (const text of texts) {
    const directives = readApache(text);
    for (const { name, words, section } of flat(directives)) {
      const line = `${name} ${words.join(' ')}`;
      assert.not(name === 'Redirect' && !words.at(-1)?.endsWith('/'), line);
      assert.not(name === 'Directory' && /[*?[(]/.test(words[0] ?? ''), line);
      assert.not(/REQUEST_SCHEME\}e|\(null\)|flushpackets|retry=0|forcerecovery/.test(line), line);
      assert.not(
        name === 'Location' && words[0] === '/' && wordsOf(section ?? [], 'Require').length === 0,
        line,
      );
      // Alias of a folder ends in slashes on both sides.
      if (name === 'Alias') assert.is(words[0]?.endsWith('/'), words[1]?.endsWith('/'), line);
      if (name === 'ProxyPass' && words.length > 2 && /http:|balancer:/.test(words[1] ?? ''))
        assert.ok(words.includes('nocanon'), line);
    }
    const members = wordsOf(directives, 'BalancerMember').map((one) => one[0]?.split('|').at(-1));
    assert.equal(members, [...new Set(members)]);
  }
});

test.run();
