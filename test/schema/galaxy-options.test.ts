// What is said about the options of a `galaxy:` section: text, place, severity, fix.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { checkGalaxyOptions, type GalaxyCheckOptions } from '../../src/schema/galaxy-options.ts';
import { fixed, tree } from './tree.ts';

const test = suite('schema/galaxy-options');

function check(text: string, release?: string, options?: GalaxyCheckOptions): Diagnostic[] {
  const node = tree(text);
  const found: Diagnostic[] = [];
  if (node?.kind === 'map') checkGalaxyOptions(node, release, (one) => found.push(one), options);
  return found;
}

function lines(found: readonly Diagnostic[]): string[] {
  return found.map(
    (one) => `${placeOf(one).replace('galaxy.yml:', '')} ${one.code} ${one.severity}: ${one.message}`,
  );
}

const any = undefined;
const cases: [text: string, release: string | undefined, ...said: string[]][] = [
  // Unknown
  ['brnad: x', any, '1:1 GX250 warning: unknown option "brnad" in "galaxy"; did you mean "brand"?'],
  ['brnad: x', '24.1', '1:1 GX250 warning: unknown option "brnad" in "galaxy"; did you mean "brand"?'],
  ['brnad: x', '27.0', '1:1 GX250 info: unknown option "brnad" in "galaxy"; did you mean "brand"?'],
  ['our_own_patch: x', '24.1', '1:1 GX250 warning: unknown option "our_own_patch" in "galaxy"'],
  ['debug_by_host: {}', any, '1:1 GX250 warning: unknown option "debug_by_host" in "galaxy"'],
  // By release
  [
    'server_names: x',
    '24.1',
    '1:1 GX250 warning: unknown option "server_names" in "galaxy"; did you mean "server_name"?',
  ],
  [
    'celery_user_concurrency_limit: 5',
    '24.1',
    '1:1 GX253 warning: "celery_user_concurrency_limit" came with Galaxy 26.1, and this is 24.1',
  ],
  ['celery_user_concurrency_limit: 5', '26.1'],
  ['celery_user_concurrency_limit: 5', any],
  [
    'allow_local_account_creation: true',
    '25.0',
    '1:1 GX253 warning: "allow_local_account_creation" came with Galaxy 25.1, and this is 25.0',
  ],
  [
    'enable_tool_document_cache: true',
    '25.1',
    '1:1 GX251 warning: "enable_tool_document_cache" was removed in Galaxy 25.1',
  ],
  ['enable_tool_document_cache: true', '25.0.3'],
  [
    'enable_tool_document_cache: true',
    any,
    '1:1 GX251 info: "enable_tool_document_cache" was removed in Galaxy 25.1',
  ],
  ['use_nglims: true', any, '1:1 GX251 warning: "use_nglims" was removed in Galaxy 18.01'],
  [
    'celery_broker: x',
    '23.0',
    '1:1 GX251 warning: "celery_broker" was removed in Galaxy 23.0; use "celery_conf: broker_url"',
  ],
  ['celery_broker: x', '22.05'],
  [
    'database_engine_option_strategy: x',
    '24.1',
    '1:1 GX251 error: "database_engine_option_strategy" is refused by the database library of current releases',
  ],
  [
    'install_database_engine_option_convert_unicode: x',
    any,
    '1:1 GX251 warning: "install_database_engine_option_convert_unicode" is refused by the database library of current releases',
  ],
  // Renamed
  ['blacklist_file: x', any, '1:1 GX252 info: "blacklist_file" is now called "email_domain_blocklist_file"'],
  ['blacklist_file: x', '20.05'],
  ['allow_user_creation: true', '25.0'],
  [
    'allow_user_creation: true',
    '25.1',
    '1:1 GX252 info: "allow_user_creation" is now called "allow_local_account_creation"',
  ],
  ['openai_model: x', '24.1', '1:1 GX253 warning: "openai_model" came with Galaxy 24.2, and this is 24.1'],
  [
    'blacklist_file: x\nemail_domain_blocklist_file: y',
    any,
    '1:1 GX252 warning: "blacklist_file" and "email_domain_blocklist_file" are the same option, and "email_domain_blocklist_file" counts',
  ],
  [
    'bootstrap_admin_api_key: a\nmaster_api_key: b',
    any,
    '2:1 GX252 warning: "master_api_key" and "bootstrap_admin_api_key" are the same option, and "master_api_key" counts',
  ],
  [
    'master_api_key: a\nbootstrap_admin_api_key: b',
    any,
    '1:1 GX252 warning: "master_api_key" and "bootstrap_admin_api_key" are the same option, and "bootstrap_admin_api_key" counts',
  ],
  // Keys that are none
  [
    'attach_to_pools: [job-handlers]',
    '24.1',
    '1:1 GX259 error: "attach_to_pools" must not stand in "galaxy"',
  ],
  ['global_conf: {}', any, '1:1 GX259 error: "global_conf" must not stand in "galaxy"'],
  ['5: x', any, '1:1 GX260 error: the key "5" is read as a number, not as a name'],
  ['on: x', any, '1:1 GX260 error: the key "on" is read as a truth value, not as a name'],
  ['~: x', any, '1:1 GX260 error: the key "~" is read as nothing, not as a name'],
  // Truth values
  [
    'debug: enabled',
    any,
    '1:8 GX254 warning: "debug" must be true or false, but it is the text "enabled", which Galaxy takes for false',
  ],
  [
    'debug: 2',
    any,
    '1:8 GX254 warning: "debug" must be true or false, but it is 2, which Galaxy takes for false',
  ],
  [
    'debug: [true]',
    any,
    '1:8 GX254 warning: "debug" must be true or false, but it is a list, which Galaxy takes for true',
  ],
  [
    'debug: {}',
    any,
    '1:8 GX254 warning: "debug" must be true or false, but it is a mapping, which Galaxy takes for false',
  ],
  // Numbers
  [
    'session_duration: many',
    any,
    '1:19 GX255 error: "session_duration" must be a whole number, but it is the text "many"',
  ],
  [
    'session_duration: ""',
    any,
    '1:19 GX255 error: "session_duration" must be a whole number, but it is the text ""',
  ],
  [
    'session_duration: "1.5"',
    any,
    '1:19 GX255 error: "session_duration" must be a whole number, but it is the text "1.5"',
  ],
  [
    'session_duration: 1.5',
    any,
    '1:19 GX254 warning: "session_duration" must be a whole number, but it is 1.5, which Galaxy cuts to 1',
  ],
  ['session_duration: 1.0', any],
  [
    'session_duration: .inf',
    any,
    '1:19 GX255 error: "session_duration" must be a whole number, but it is .inf',
  ],
  [
    'session_duration: yes',
    any,
    '1:19 GX254 warning: "session_duration" must be a whole number, but yes is read as true, which Galaxy takes for 1',
  ],
  [
    'session_duration: 2024-01-01',
    any,
    '1:19 GX255 error: "session_duration" must be a whole number, but 2024-01-01 is read as a date',
  ],
  [
    'session_duration: [1]',
    any,
    '1:19 GX254 warning: "session_duration" must be a whole number, but it is a list',
  ],
  [
    'session_duration: {a: 1}',
    any,
    '1:19 GX255 error: "session_duration" must be a whole number, but it is a mapping',
  ],
  [
    'slow_query_log_threshold: true',
    any,
    '1:27 GX254 warning: "slow_query_log_threshold" must be a number, but true is read as true, which Galaxy takes for 1.0',
  ],
  [
    'slow_query_log_threshold: 1 s',
    any,
    '1:27 GX255 error: "slow_query_log_threshold" must be a number, but it is the text "1 s"',
  ],
  // Text that YAML reads as something else
  [
    'id_secret: 0x1F',
    any,
    '1:12 GX256 warning: "id_secret" must be text, but it is read as a number, so Galaxy takes another text than you see; quote it',
  ],
  [
    'brand: 0x1F',
    any,
    '1:8 GX256 warning: "brand" must be text, but 0x1F is read as a number, so Galaxy takes the text "31"; quote it',
  ],
  [
    'brand: 1.10',
    any,
    '1:8 GX256 warning: "brand" must be text, but 1.10 is read as a number, so Galaxy takes the text "1.1"; quote it',
  ],
  [
    'brand: 2024-01-01T10:00:00Z',
    any,
    '1:8 GX256 warning: "brand" must be text, but 2024-01-01T10:00:00Z is read as a date, so Galaxy takes another text than you see; quote it',
  ],
  ['brand: 2024', any],
  [
    'single_user: no',
    any,
    '1:14 GX256 warning: "single_user" must be text, but no is read as a truth value, so Galaxy takes the text "False"',
  ],
  [
    'simplified_workflow_run_ui: off',
    any,
    '1:29 GX256 warning: "simplified_workflow_run_ui" must be text, but off is read as a truth value, so Galaxy takes the text "False"; quote it',
  ],
  ['watch_tools: true', any],
  [
    'server_name: 5',
    any,
    '1:14 GX255 error: "server_name" must be text, but 5 is read as a number; quote it',
  ],
  [
    'database_connection: 5',
    any,
    '1:22 GX255 error: "database_connection" must be text, but it is read as a number; quote it',
  ],
  ['admin_users: [a@example.org]', any],
  [
    'smtp_server: [a]',
    any,
    '1:14 GX254 warning: "smtp_server" must be text, but it is a list, which Galaxy hands on as it is',
  ],
  [
    'smtp_server: {a: 1}',
    any,
    '1:14 GX254 warning: "smtp_server" must be text, but it is a mapping, which Galaxy takes for the text Python prints for it',
  ],
  ['file_path: [a]', any, '1:12 GX255 error: "file_path" must be text, but it is a list'],
  // Nothing
  [
    'galaxy_infrastructure_url:',
    any,
    '1:27 GX257 error: "galaxy_infrastructure_url" has no value, and Galaxy does not start with that',
  ],
  [
    'celery_conf: ~',
    any,
    '1:14 GX257 error: "celery_conf" has no value, and Celery does not start with that',
  ],
  ['tool_dependency_dir:', '24.1'],
  [
    'tool_dependency_dir:',
    '24.2',
    '1:21 GX257 error: "tool_dependency_dir" has no value, and Galaxy does not start with that',
  ],
  [
    'fetch_url_allowlist:',
    '23.0',
    '1:21 GX257 error: "fetch_url_allowlist" has no value, and Galaxy does not start with that',
  ],
  ['fetch_url_allowlist:', '24.1'],
  ['data_dir:', any, '1:10 GX257 warning: "data_dir" has no value, and Gravity does not start with that'],
  [
    'interactivetools_prefix:',
    any,
    '1:25 GX257 warning: "interactivetools_prefix" has no value, and Gravity passes the word "None" on',
  ],
  [
    'allow_user_dataset_purge:',
    any,
    '1:26 GX257 warning: "allow_user_dataset_purge" has no value, which Galaxy takes for false',
  ],
  ['allow_user_deletion:', any],
  [
    'static_cache_time:',
    any,
    '1:19 GX257 info: "static_cache_time" has no value, so its default does not apply',
  ],
  ['brand:', any],
  // Choices
  [
    'cleanup_job: onsucces',
    any,
    '1:14 GX258 warning: unknown value "onsucces" for "cleanup_job"; did you mean "onsuccess"?',
  ],
  ['cleanup_job: onsucces', '23.0'],
  ['hash_function: blake', any, '1:16 GX258 error: unknown value "blake" for "hash_function"'],
  ['object_store_store_by: uuid', any],
  // Lists and mappings
  ['celery_conf: redis', any, '1:14 GX255 error: "celery_conf" must be a mapping, but it is text'],
  ['panel_views: x', any, '1:14 GX254 warning: "panel_views" must be a list, but it is the text "x"'],
  ['panel_views: {a: 1}', any, '1:14 GX254 warning: "panel_views" must be a list, but it is a mapping'],
  ['object_store_config: {type: disk}', '24.1'],
  [
    'object_store_config: [{type: disk}]',
    '24.1',
    '1:22 GX255 error: "object_store_config" must be a mapping, but it is a list',
  ],
  ['tool_config_file: 5', any, '1:19 GX255 error: "tool_config_file" must be text or a list, but it is 5'],
  ['brand_by_host: x', any, '1:16 GX254 warning: "brand_by_host" must be a mapping, but it is the text "x"'],
];
for (const [text, release, ...said] of cases)
  test(`${text} (${release ?? 'unknown release'})`, () => assert.equal(lines(check(text, release)), said));

test('a well-kept section is clean, whatever the release', () => {
  const text = `
brand: "Example"
database_connection: postgresql:///galaxy
database_engine_option_pool_size: "10"
database_engine_option_pool_pre_ping: true
id_secret: "d5c910cc6e32cad08599987ab64dcfae"
admin_users: admin@example.org
debug: no
use_remote_user: "False"
session_duration: 1_440
job_config_file: job_conf.yml
tool_config_file: [tool_conf.xml, local.xml]
watch_tools: auto
logging: {version: 1}
brand_by_host: {example.org: Example}
cookie_path: /galaxy
server_name: main
jobs_directory: /data/jobs
root: /srv/galaxy
file_sources: [{type: posix}]
`;
  for (const release of [undefined, '22.05', '23.2', '24.1', '25.0', '26.1']) {
    // server_name and the rest that no schema lists were read all along; brand_by_host came with 21.09.
    assert.equal(lines(check(text, release)), [], release);
  }
});

const fixes: [text: string, after: string, safe: boolean][] = [
  ['brnad: x\n', 'brand: x\n', true],
  ['brand: 0x1F # tag\n', 'brand: "0x1F" # tag\n', true],
  ['id_secret: 0x1F\n', 'id_secret: "0x1F"\n', false],
  ['cleanup_job: onsucces\n', 'cleanup_job: "onsuccess"\n', false],
  ['blacklist_file: x\n', 'email_domain_blocklist_file: x\n', true],
];
for (const [text, after, safe] of fixes)
  test(`fix of ${text.trim()}`, () => {
    const found = check(text);
    assert.is(fixed(text, found), after);
    assert.is(found[0]?.fix?.safe, safe);
    assert.equal(lines(check(after)), []);
  });

test('a rename is safe once the release is known', () => {
  assert.is(check('blacklist_file: x\n', '24.1')[0]?.fix?.safe, true);
});

test('no fix that would give two keys of one name', () => {
  const found = check('brand: x\nbrnad: y\n');
  assert.is(found.length, 1);
  assert.is(found[0]?.fix, undefined);
});

test('unknown options are only mentioned with --allow-unknown', () => {
  assert.equal(
    check('brnad: x', '24.1', { allowUnknown: true }).map((one) => one.severity),
    ['info'],
  );
});

test('no secret value in any finding', () => {
  const values = ['0x5ec2e7', '5ec2e7.0', '[5ec2e7]', '{a: 5ec2e7}', '5ec2e7', '!!int "5262311"'];
  const names = [
    'id_secret',
    'database_connection',
    'smtp_password',
    'sentry_dsn',
    'celery_conf',
    'file_sources',
  ];
  for (const name of names)
    for (const value of values) {
      const said = JSON.stringify(check(`${name}: ${value}`), (key, one) =>
        key === 'source' ? undefined : one,
      );
      assert.not.match(said, /5ec2e7|5262311|6210279/, `${name}: ${value}`);
    }
});

test('one finding a key at most', () => {
  const found = check(cases.map(([text]) => text.split('\n')[0]).join('\n'), '24.1');
  const keys = new Set(found.map((one) => placeOf(one).replace(/:\d+$/, '')));
  assert.is(keys.size, found.length);
});

test('a hundred thousand unknown options take no more than their share of time', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => `unknown_option_number_${index}: x`).join('\n');
  const node = tree(many(100_000));
  if (node?.kind !== 'map') throw new Error('no mapping');
  let found = 0;
  const started = performance.now();
  checkGalaxyOptions(node, undefined, () => found++);
  assert.is(found, 100_000);
  assert.ok(performance.now() - started < 5000);
});

test.run();
