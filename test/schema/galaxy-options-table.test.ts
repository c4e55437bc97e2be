// The table itself: counts against the packages it was read from, single options against what is known of them from
// Galaxy's documentation and code, and the copies printed from it.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { galaxySchema } from '../../src/build/galaxy-schema.ts';
import { type GalaxyTable, readTable, type TableOption } from '../../src/build/galaxy-table.ts';
import { isWithin } from '../../src/model/release.ts';
import {
  isSecretOption,
  newestRelease,
  optionInfo,
  pathBase,
  reloadable,
} from '../../src/schema/galaxy-options.ts';
import { optionNames } from '../../src/schema/galaxy-options-table.ts';

const test = suite('schema/galaxy-options-table');
const path = 'schemas/galaxy-options.json';
const table: GalaxyTable = readTable(path);
const written = JSON.parse(readFileSync(path, 'utf8')) as GalaxyTable & {
  packages: Record<string, { version: string; options: number }>;
};

function listedIn(release: string): string[] {
  return Object.entries(table.options).flatMap(([name, { since, until }]) =>
    since !== undefined && isWithin(release, since, until) ? name : [],
  );
}

// Keys of the `galaxy` mapping in the schema of each release, counted in the packages themselves.
const counts: [release: string, options: number][] = [
  ['23.2', 408],
  ['24.1', 419],
  ['24.2', 426],
  ['25.0', 438],
  ['25.1', 444],
  ['26.0', 447],
  ['26.1', 470],
];
for (const [release, options] of counts)
  test(`Galaxy ${release} has ${options} options`, () => {
    assert.is(listedIn(release).length, options);
    const noted = written.packages[release]?.options;
    assert.is(noted ?? options, options);
  });

test('the table covers 13.01 to 26.1', () => {
  assert.is(newestRelease, '26.1');
  assert.is(table.releases[0], '13.01');
  assert.is(table.releases.length, 47);
  assert.is(Object.keys(written.options).length, 639);
  assert.is(Object.values(written.options).filter((one) => one.since !== undefined).length, 601);
});

// Since, until, type, default, looked up by hand in Galaxy's documentation, code and packages.
const spots: [
  name: string,
  since: string | undefined,
  until: string | undefined,
  type: string | undefined,
  value?: unknown,
][] = [
  ['config_dir', '19.09', undefined, 'str'],
  ['managed_config_dir', '20.05', undefined, 'str'],
  ['galaxy_url_prefix', '22.01', undefined, 'str', '/'],
  ['tus_upload_store', '22.01', undefined, 'str'],
  ['tus_upload_store_job_files', '24.0', undefined, 'str'],
  ['interactivetools_enable', '19.09', undefined, 'bool', false],
  ['interactivetools_map', '20.01', undefined, 'str', 'interactivetools_map.sqlite'],
  ['interactivetoolsproxy_map', '24.2', undefined, 'str'],
  ['interactivetools_prefix', '21.05', undefined, 'str', 'interactivetool'],
  ['interactivetools_base_path', '21.05', undefined, 'str', '/'],
  ['interactivetools_upstream_proxy', '22.01', undefined, 'bool', true],
  ['interactivetools_shorten_url', '21.05', '23.1', 'bool', false],
  ['interactivetools_proxy_host', '20.01', undefined, 'str'],
  ['enable_celery_tasks', '21.05', undefined, 'bool', false],
  ['celery_broker', '22.05', '22.05', 'str'],
  ['celery_user_concurrency_limit', '26.1', undefined, 'int', 0],
  ['metadata_strategy', '20.05', undefined, 'str', 'directory'],
  ['job_handler_monitor_sleep', '21.09', undefined, 'float', 1],
  ['job_config', '19.09', undefined, 'include'],
  ['log_destination', '22.05', undefined, 'str', 'stdout'],
  ['bootstrap_admin_api_key', '23.0', undefined, 'str'],
  ['server_name', '26.1', undefined, 'str', 'main'],
  ['mcp_server_path', '26.1', undefined, 'str', '/api/mcp'],
  ['watch_core_config', '19.09', undefined, 'str', 'false'],
  ['watch_tours', '20.01', undefined, 'str', 'false'],
  ['watch_job_rules', '18.09', undefined, 'str', 'false'],
  ['cleanup_job', '13.01', undefined, 'str', 'always'],
  ['database_engine_option_pool_size', '13.01', undefined, 'int', 5],
  ['database_engine_option_max_overflow', '13.01', undefined, 'int', 10],
  ['use_nglims', '13.01', '17.09', undefined],
  ['blacklist_file', '13.11', '20.05', 'str'],
  ['containers_resolvers_config_file', '16.10', '21.05', 'str'],
  ['ga4gh_service_organization_name', '23.0', '23.1', 'str'],
  ['enable_openid', '13.01', '21.09', 'bool', false],
  ['openai_api_key', '24.2', '24.2', 'str'],
  ['ai_api_key', '25.0', undefined, 'str'],
  ['allow_user_creation', '13.01', '25.0', 'bool', true],
  ['allow_local_account_creation', '25.1', undefined, 'bool', true],
  ['prefer_custos_login', '22.05', '25.1', 'bool', false],
  ['enable_beta_workflow_modules', '15.03', '26.0', 'bool', false],
  ['amqp_internal_connection', '14.06', undefined, 'str'],
  ['root_dir', undefined, undefined, 'str'],
];
for (const [name, since, until, type, value] of spots)
  test(`${name}: ${since ?? 'never listed'} to ${until ?? 'now'}`, () => {
    const option = table.options[name];
    assert.equal([option?.since, option?.until, option?.type, option?.default], [since, until, type, value]);
    const info = optionInfo(name);
    assert.equal([info?.since, info?.until], [since, until]);
  });

test('every option of the table is found at run time, with the same facts', () => {
  assert.equal([...optionNames()].sort(), Object.keys(table.options).sort());
  for (const [name, option] of Object.entries(table.options)) {
    const info = optionInfo(name);
    assert.is(info?.name, name);
    assert.is(info?.since, option.since, name);
    assert.is(info?.until, option.until, name);
    assert.is(info?.type, option.type === 'include' ? 'map' : option.type, name);
    assert.is(info?.secret, option.secret === true, name);
    assert.equal(info?.choices, option.choices ?? [], name);
    assert.is(pathBase(name), option.path_base, name);
  }
});

test('what leads somewhere leads to an option of the newest release', () => {
  const names = new Set(listedIn(newestRelease));
  const gone: string[] = [];
  for (const [name, { replaced_by: to }] of Object.entries(table.options)) {
    const option = to?.replace(/:.*/, '');
    if (option !== undefined && !names.has(option)) gone.push(`${name} -> ${to}`);
  }
  // Renamed, and then removed under its new name as well.
  assert.equal(gone.sort(), [
    'toolform_upgrade -> run_workflow_toolform_upgrade',
    'workflow_toolform_upgrade -> run_workflow_toolform_upgrade',
  ]);
});

test('options behind a prefix and by host name', () => {
  assert.is(optionInfo('database_engine_option_anything')?.type, undefined);
  assert.is(optionInfo('install_database_engine_option_pool_size')?.type, 'int');
  assert.is(optionInfo('database_engine_option_'), undefined);
  assert.is(optionInfo('brand_by_host')?.type, 'map');
  assert.is(optionInfo('themes_by_host')?.type, 'map');
  assert.is(optionInfo('debug_by_host'), undefined);
  for (const name of ['__proto__', 'constructor', 'toString', '', 'by_host', '_by_host', 'brand\tx'])
    assert.is(optionInfo(name), undefined, name);
});

test('secrets', () => {
  const secret = Object.keys(table.options).filter(isSecretOption);
  assert.equal(secret, [
    'ai_api_key',
    'amqp_internal_connection',
    'aws_access_key',
    'aws_secret_key',
    'biostar_key',
    'biotools_service_cache_url',
    'bootstrap_admin_api_key',
    'celery_backend',
    'celery_broker',
    'celery_conf',
    'citation_cache_url',
    'database_connection',
    'dynamic_proxy_golang_api_key',
    'file_sources',
    'id_secret',
    'inference_services',
    'install_database_connection',
    'interactivetoolsproxy_map',
    'master_api_key',
    'mulled_resolution_cache_url',
    'object_store_config',
    'openai_api_key',
    'os_access_key',
    'os_secret_key',
    'remote_user_secret',
    'sentry_dsn',
    'smtp_password',
    'tool_secret',
  ]);
});

const bases: [name: string, release: string | undefined, base: string | undefined][] = [
  ['job_config_file', undefined, 'config_dir'],
  ['job_config_file', '20.05', undefined],
  ['job_config_file', '20.09', 'config_dir'],
  ['tool_dependency_dir', '22.05', undefined],
  ['tool_dependency_dir', '23.0', 'data_dir'],
  ['involucro_path', '24.1', 'tool_dependency_dir'],
  ['citation_cache_data_dir', '20.01', 'data_dir'],
  ['citation_cache_data_dir', '21.05', 'cache_dir'],
  ['shed_tool_config_file', undefined, 'managed_config_dir'],
  ['file_path', undefined, 'data_dir'],
  ['brand', undefined, undefined],
  ['no_such_option', undefined, undefined],
];
for (const [name, release, base] of bases)
  test(`${name} in ${release ?? 'the newest release'} starts from ${base ?? 'elsewhere'}`, () =>
    assert.is(pathBase(name, release), base));

test('reloadable', () => {
  assert.is(reloadable('admin_users'), true);
  assert.is(reloadable('admin_users', '24.1'), true);
  assert.is(reloadable('cleanup_job', '19.05'), false);
  assert.is(reloadable('brand'), false);
  assert.is(reloadable('no_such_option'), false);
  const names = Object.entries(table.options).filter(([, one]: [string, TableOption]) => one.reloadable);
  assert.is(names.length, 21);
});

test('the committed schema is the one the table gives', () => {
  const now = readFileSync('schemas/galaxy.schema.json', 'utf8');
  assert.ok(now === galaxySchema(), 'run npm run generate');
});

test('the schema compiles in strict mode, admits every default, and refuses a slip', () => {
  const schema = JSON.parse(galaxySchema()) as { properties: Record<string, { default?: unknown }> };
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajv.addVocabulary(['x-name', 'x-checked', 'x-unknown']);
  const validate = ajv.compile(schema);
  let defaults = 0;
  for (const [name, { default: value }] of Object.entries(schema.properties)) {
    if (value === undefined) continue;
    defaults++;
    assert.ok(validate({ [name]: value }), name);
  }
  assert.ok(defaults > 350);
  const good = [
    { debug: 'Yes' },
    { database_engine_option_x: 1 },
    { tool_config_file: ['a'] },
    { brand: null },
    null,
  ];
  for (const value of good) assert.ok(validate(value), JSON.stringify(value));
  const bad = [
    { brnad: 'x' },
    { attach_to_pools: [] },
    { file_path: null },
    { debug: 'enabled' },
    { hash_function: 'sha-256' },
    { celery_conf: null },
  ];
  for (const value of bad) assert.not.ok(validate(value), JSON.stringify(value));
});

test.run();
