// What gxgen.yml says about the proxy, and where object stores keep data: from files to the model.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import { memoryHost } from '../../src/host/memory.ts';
import type { Instance } from '../../src/model/deployment.ts';
import { isWritten } from '../../src/model/located.ts';
import { dataRoots } from '../../src/model/proxy/data-roots.ts';
import { fixedPort, publicSite, toolsDomain } from '../../src/model/proxy/public.ts';
import { compile } from '../../src/pipeline.ts';
import { proxySettings } from '../../src/schema/proxy-settings.ts';

const test = suite('proxy settings');

const galaxy = 'gravity:\n  galaxy_root: /srv/galaxy/server\ngalaxy:\n  data_dir: /srv/data\n';

function read(files: Readonly<Record<string, string>>) {
  const all = { 'galaxy.yml': galaxy, 'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\n', ...files };
  const host = memoryHost({
    cwd: '/srv/galaxy/config',
    files: Object.fromEntries(
      Object.entries(all).map(([name, text]) => [`/srv/galaxy/config/${name}`, text]),
    ),
  });
  const { deployment, diagnostics } = compile(
    { files: ['galaxy.yml'], allowUnknown: false, advice: false },
    host,
  );
  return {
    instance: deployment.instances[0] as Instance,
    problems: diagnostics
      .filter((one) => one.severity !== 'info')
      .map((one) => `${placeOf(one)} ${one.code} ${one.message}`),
  };
}

function gxgen(proxy: string) {
  return read({ 'gxgen.yml': `release: "24.1"\ngunicorn_version: 22.0.0\nproxy:\n${proxy}` });
}

test('without a section every setting has its default, and the model says nothing', () => {
  const { instance } = read({});
  assert.is(instance.proxy, undefined);
  const settings = proxySettings(instance);
  assert.is(settings.listen.https.value, 443);
  assert.is(settings.uploads.maxBody.value, '10g');
  assert.is(settings.tls.mode.value, 'terminate');
  assert.is(settings.rateLimit.value, 'off');
  assert.equal(settings.serverNames, []);
  assert.not(isWritten(settings.timeouts.read));
});

test('one name, several names, and words that YAML takes for something else', () => {
  for (const [text, names] of [
    ['galaxy.example.org', ['galaxy.example.org']],
    ['[a.example.org, b.example.org]', ['a.example.org', 'b.example.org']],
  ] as const) {
    const { instance, problems } = gxgen(`  server_name: ${text}\n`);
    assert.equal(problems, []);
    assert.equal(
      instance.proxy?.serverNames.map((one) => one.value),
      names,
    );
  }
  const { instance, problems } = gxgen(
    '  tls: {mode: off}\n  access_log: off\n  rate_limit: off\n  version: 1.22\n',
  );
  assert.equal(problems, []);
  assert.is(instance.proxy?.tls.mode.value, 'off');
  assert.is(instance.proxy?.accessLog?.value, 'off');
  assert.is(instance.proxy?.version?.value, '1.22');
});

test('what is wrong is said where it stands, and reads as the default', () => {
  for (const [text, wanted] of [
    [
      '  sever_name: x\n',
      'gxgen.yml:4:3 GX200 unknown key "sever_name" in "proxy"; did you mean "server_name"?',
    ],
    [
      '  server_name: "a b"\n',
      'gxgen.yml:4:16 GX204 "server_name" must be a host name such as galaxy.example.org',
    ],
    ['  server_name: ["*.x.org"]\n', /^gxgen\.yml:4:17 GX204 /],
    ['  tls: {cert: /x}\n', /did you mean "certificate"/],
    ['  tls: {certificate: x.pem}\n', /an absolute path/],
    ['  listen: {https: 70000}\n', /GX20\d "https" must be/],
    ['  uploads: {max_body: 10GB}\n', /a whole number with k, m or g/],
    ['  trusted_proxies: ["10.0.0.0/8; x"]\n', /an IP address or a network/],
    ['  header_buffer: 0k\n', /such as 32k/],
    ['  upstream: {name: "a;b"}\n', /small letters, digits/],
    ['  remote_user: {variable: "$x"}\n', /the name of a variable/],
    ['  static: {overrides: {welcome.html: /x}}\n', /a path that begins with a slash/],
    ['  prefix: /galaxy\n', /unknown key "prefix"/],
    ['  kind: caddy\n', /"kind"/],
  ] as const) {
    const { problems } = gxgen(text);
    assert.is(problems.length, 1, `${text}${problems.join('\n')}`);
    if (typeof wanted === 'string') assert.match(problems[0] ?? '', wanted);
    else assert.match(problems[0] ?? '', wanted);
  }
  const { instance } = gxgen('  uploads: {max_body: "10g;}"}\n  trusted_proxies: ["x;"]\n  version: "1;"\n');
  assert.is(instance.proxy?.uploads.maxBody.value, '10g');
  assert.equal(instance.proxy?.trustedProxies, []);
  assert.is(instance.proxy?.version, undefined);
});

test('the address that people see', () => {
  const site = (text: string) => {
    const { proxy } = gxgen(`  server_name: g.example.org\n${text}`).instance;
    const own = proxy && publicSite(proxy);
    return (
      own &&
      proxy && [
        `${own.scheme}://${own.name.value}${own.port}`,
        own.tls,
        own.plain,
        own.redirect,
        fixedPort(proxy),
      ]
    );
  };
  assert.equal(site(''), ['https://g.example.org', 443, 80, true, '']);
  assert.equal(site('  listen: {https: 8443}\n'), ['https://g.example.org:8443', 8443, 80, true, ':8443']);
  assert.equal(site('  listen: {http: 0}\n'), ['https://g.example.org', 443, 0, false, '']);
  assert.equal(site('  tls: {redirect_http: false}\n'), ['https://g.example.org', 443, 80, false, undefined]);
  assert.equal(site('  tls: {mode: off}\n'), ['http://g.example.org', 0, 80, false, '']);
  assert.equal(site('  tls: {mode: off}\n  listen: {http: 8080}\n'), [
    'http://g.example.org:8080',
    0,
    8080,
    false,
    ':8080',
  ]);
  const external = '  tls: {mode: external}\n  trusted_proxies: [10.0.0.1]\n  listen: {http: 8080}\n';
  assert.equal(site(external), ['https://g.example.org', 0, 8080, false, '']);
});

test('the names of interactive tools', () => {
  const name = (proxy: string, options = '') => {
    const { instance } = read({
      'galaxy.yml': `${galaxy}${options}`,
      'gxgen.yml': `release: "24.1"\ngunicorn_version: 22.0.0\nproxy:\n  server_name: g.example.org\n${proxy}`,
    });
    const settings = proxySettings(instance);
    const [first] = settings.serverNames;
    return first && toolsDomain(instance, settings, first).value;
  };
  assert.is(name(''), 'ep.interactivetool.g.example.org');
  assert.is(name('', '  interactivetools_prefix: it\n'), 'ep.it.g.example.org');
  assert.is(
    name('', '  interactivetools_proxy_host: t.example.org:4443\n'),
    'ep.interactivetool.t.example.org',
  );
  assert.is(name('  interactive_tools: {domain: ep.x.org}\n'), 'ep.x.org');
});

const handed = `${galaxy}  nginx_x_accel_redirect_base: /_x\n`;

function roots(files: Readonly<Record<string, string>>): { paths: string[]; said: string[] } {
  const { instance } = read({ 'galaxy.yml': handed, ...files });
  const said: string[] = [];
  const found = dataRoots(instance, proxySettings(instance), (one) =>
    said.push(`${one.code} ${one.message}`),
  );
  return { paths: found.map((one) => one.value), said };
}

const usual = [
  ...['/srv/data/objects', '/srv/data/tmp', '/srv/data/jobs_directory', '/srv/data/files'],
  ...['/srv/data/cache/object_store_cache', '/srv/data/cache/short_term_web_storage'],
];

test('data lies where the options say, and where older servers kept it', () => {
  assert.equal(roots({}).paths, usual);
  assert.equal(
    roots({ 'galaxy.yml': `${handed}  file_path: /mnt/files\n  cache_dir: /var/cache/gx\n` }).paths,
    [
      ...['/mnt/files', '/srv/data/tmp', '/srv/data/jobs_directory'],
      ...['/var/cache/gx/object_store_cache', '/var/cache/gx/short_term_web_storage'],
    ],
  );
  // One inside another is not named again.
  assert.equal(roots({ 'galaxy.yml': `${handed}  file_path: /srv/data\n` }).paths, ['/srv/data']);
  const own = 'release: "24.1"\ngunicorn_version: 22.0.0\nproxy: {downloads: {roots: [/a/, /a/b, /c]}}\n';
  assert.equal(roots({ 'gxgen.yml': own }).paths, ['/a', '/c']);
});

test('object stores name their own directories, in every form of their file', () => {
  const xml =
    '<object_store type="distributed"><backends><backend id="a" type="disk"><files_dir path="/mnt/a"/><extra_dir type="temp" path="tmp_a"/></backend></backends></object_store>';
  assert.equal(roots({ 'object_store_conf.xml': xml }).paths, [
    '/mnt/a',
    '/srv/galaxy/server/tmp_a',
    ...usual,
  ]);
  const yaml =
    'type: disk\nfiles_dir: /mnt/b\nextra_dirs:\n  - {type: job_work, path: /mnt/jobs}\ncache: {path: /mnt/cache}\n';
  const named = { 'galaxy.yml': `${handed}  object_store_config_file: store.yml\n`, 'store.yml': yaml };
  assert.equal(roots(named).paths, ['/mnt/b', '/mnt/jobs', '/mnt/cache', ...usual]);
  const inline = `${handed}  object_store_config:\n    type: disk\n    files_dir: /mnt/c\n`;
  assert.equal(roots({ 'galaxy.yml': inline }).paths, ['/mnt/c', ...usual]);
  const unread = roots({ 'galaxy.yml': `${handed}  object_store_config_file: gone.yml\n` });
  assert.equal(unread.said, ['GX751 where the object store "gone.yml" keeps its data is not known']);
  assert.equal(unread.paths, usual);
});

test.run();
