// What becomes of options of `[app:main]`: names, types, paths, and those that Galaxy no longer has.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { migrateOption, type OptionContext } from '../../src/migrate/option.ts';
import { readDefaults } from '../../src/migrate/option-data.ts';
import type { Plain } from '../../src/syntax/tree.ts';

const test = suite('migrate options');

const defaults = readDefaults(readFileSync('schemas/galaxy-options.json', 'utf8'));

function context(more: Partial<OptionContext> = {}): OptionContext {
  return {
    from: '16.01',
    pathsOf: '16.01',
    to: undefined,
    root: '/srv/galaxy/server',
    keepRelative: false,
    defaults,
    present: new Set(),
    jobOptions: 'beside',
    jobFile: 'job_conf.xml',
    workflowFile: undefined,
    prefix: undefined,
    webless: false,
    suggestions: { count: 0 },
    ...more,
  };
}

function of(name: string, value: Plain, more: Partial<OptionContext> = {}) {
  const {
    outcome,
    key,
    value: after,
    celery,
  } = migrateOption({ name, value, effective: true, fromDefaults: false }, context(more));
  return { fate: outcome.fate, why: outcome.why ?? '', choices: outcome.choices, key, value: after, celery };
}

test('truth values keep what the old release made of them', () => {
  const cases: [string, string, Plain][] = [
    ['True', '16.01', true],
    ['yes', '16.01', true],
    ['ON', '16.01', true],
    ['1', '16.10', true],
    ['0', '16.01', false],
    ['', '16.01', false],
    ['no', '16.01', false],
  ];
  for (const [text, from, value] of cases) {
    const found = of('require_login', text, { from });
    assert.is(found.value, value, `${text} in ${from}`);
    assert.is(found.fate, 'kept', text);
  }
  for (const text of ['t', 'y', 'enabled', 'True # see ticket 7']) {
    const found = of('require_login', text);
    assert.is(found.value, false, text);
    assert.is(found.fate, 'undecided', text);
  }
  assert.is(of('require_login', '1', { from: '16.07' }).fate, 'undecided');
});

test('numbers are numbers, and what is none is left to a person', () => {
  assert.equal(of('tool_submission_burst_threads', '1').fate, 'dropped');
  assert.is(of('session_duration', '240').value, 240);
  assert.is(of('database_engine_option_pool_size', '20').value, 20);
  assert.is(of('session_duration', '4 hours').fate, 'undecided');
  assert.is(of('session_duration', '4 hours').value, '4 hours');
});

test('text stays the text it was', () => {
  const secret = '0x1f3870be274f6c49b3e31a0c6728957f';
  assert.equal([of('id_secret', secret).key, of('id_secret', secret).value], ['id_secret', secret]);
  assert.is(of('brand', 'Galaxy "dev"').value, 'Galaxy "dev"');
  assert.is(of('ftp_upload_dir_template', '$' + '{ftp_upload_dir}/x').value, '$' + '{ftp_upload_dir}/x');
  assert.equal([of('smtp_server', '').fate, of('smtp_server', '').value], ['kept', null]);
});

test('None and False on an option for text were text: a person decides', () => {
  for (const [name, text] of [
    ['remote_user_maildomain', 'False'],
    ['smtp_server', 'None'],
  ] as const) {
    const found = of(name, text);
    assert.is(found.fate, 'undecided', name);
    assert.is(found.value, text, name);
    assert.is(found.choices?.length, 2);
  }
  // Where the text cannot be what was meant, nothing is set.
  assert.is(of('nginx_x_accel_redirect_base', 'False').key, undefined);
  assert.is(of('nginx_x_accel_redirect_base', 'False').fate, 'undecided');
  // An option that somebody indented is no part of a list.
  assert.is(of('admin_users', 'a@example.org\nrequire_login = True').fate, 'undecided');
  assert.is(of('admin_users', 'a@example.org,\nb@example.org').value, 'a@example.org,b@example.org');
  // Words that these options know.
  assert.is(of('watch_tools', 'False').fate, 'kept');
});

test('renamed options have their new name', () => {
  const names: [string, string][] = [
    ['activation_email', 'email_from'],
    ['videos_url', 'screencasts_url'],
    ['trust_ipython_notebook_conversion', 'trust_jupyter_notebook_conversion'],
    ['blacklist_file', 'email_domain_blocklist_file'],
    ['sanitize_whitelist_file', 'sanitize_allowlist_file'],
    ['user_library_import_symlink_whitelist', 'user_library_import_symlink_allowlist'],
    ['fetch_url_whitelist', 'fetch_url_allowlist'],
    ['containers_resolvers_config_file', 'container_resolvers_config_file'],
    ['beta_edam_toolbox_ontology_path', 'edam_toolbox_ontology_path'],
    ['master_api_key', 'bootstrap_admin_api_key'],
    ['ga4gh_service_organization_name', 'organization_name'],
    ['aws_access_key', 'os_access_key'],
    ['biostar_url', 'helpsite_url'],
  ];
  for (const [old, name] of names) {
    const found = of(old, old === 'trust_ipython_notebook_conversion' ? 'True' : '/etc/x', { to: '24.1' });
    assert.equal([found.fate, found.key], ['renamed', name], old);
    assert.is(
      of(old, '/etc/x', { to: '24.1', present: new Set([name]) }).fate,
      'dropped',
      `${old} beside ${name}`,
    );
  }
  assert.equal(of('celery_broker', 'redis://localhost', { to: '24.1' }).celery, {
    key: 'broker_url',
    value: 'redis://localhost',
  });
  assert.is(
    of('database_file', 'database/universe.sqlite').value,
    'sqlite:////srv/galaxy/server/database/universe.sqlite?isolation_level=IMMEDIATE',
  );
  // Galaxy 22.05 has the old name, and where the release is not stated it may be that one.
  assert.is(of('master_api_key', 'x').key, 'master_api_key');
  assert.is(of('allow_user_creation', 'False').key, 'allow_user_creation');
  assert.is(of('blacklist_file', 'x').key, 'email_domain_blocklist_file');
  assert.is(of('master_api_key', 'x', { to: '22.05' }).key, 'master_api_key');
});

test('options that are gone have a reason, and those that people miss a question', () => {
  for (const name of [
    'enable_tracks',
    'set_metadata_externally',
    'genome_data_path',
    'pack_scripts',
    'enable_beta_tool_command_isolation',
    'collect_outputs_from',
    'use_interactive',
    'manage_dependency_relationships',
    'persistent_communication_rooms',
    'enable_job_recovery',
    'force_beta_workflow_scheduled_min_steps',
    'mailing_lists_url',
    'cluster_files_directory',
    'load_tool_shed_datatypes',
    'tool_cache_data_dir',
    'use',
    'paste.app_factory',
    'filter-with',
    'ucsc_display_sites',
    'run_workflow_toolform_upgrade',
    'dynamic_proxy_manage',
    'database_engine_option_strategy',
    'server_name',
  ]) {
    const found = of(name, 'True', { to: '24.1' });
    // What no table has ever had stays, and is told.
    if (name === 'enable_tracks') continue;
    assert.is(found.fate, 'dropped', name);
    assert.ok(found.why.length > 10, name);
    assert.is(found.key, undefined, name);
  }
  for (const name of [
    'enable_openid',
    'use_nglims',
    'interactive_environment_plugins_directory',
    'enable_communication_server',
  ]) {
    assert.is(
      of(name, name.endsWith('directory') ? 'config/plugins/gie' : 'True', { to: '24.1' }).fate,
      'undecided',
      name,
    );
    assert.is(of(name, 'False', { to: '24.1' }).fate, 'dropped', name);
  }
});

test('what Galaxy still reads without telling is kept', () => {
  for (const name of [
    'cookie_path',
    'allow_library_path_paste',
    'object_store',
    'os_bucket_name',
    'jobs_directory',
    'log_rotate_size',
  ])
    assert.equal([of(name, name === 'log_rotate_size' ? '1' : 'x').key], [name], name);
  assert.ok(of('hearbeat_log', 'x').why.includes('heartbeat_log'));
  assert.is(of('hearbeat_log', 'x').key, 'hearbeat_log');
});

test('relative paths mean what they meant', () => {
  const root = '/srv/galaxy/server';
  const cases: [string, string, string][] = [
    ['file_path', 'database/files', `${root}/database/files`],
    ['tool_dependency_dir', '../tool_dependency', '/srv/galaxy/tool_dependency'],
    ['job_working_directory', 'database/job_working_directory', `${root}/database/job_working_directory`],
    [
      'tool_config_file',
      'tool_conf.xml,config/shed_tool_conf.xml',
      `${root}/tool_conf.xml,${root}/config/shed_tool_conf.xml`,
    ],
    ['integrated_tool_panel_config', 'integrated_tool_panel.xml', `${root}/integrated_tool_panel.xml`],
    ['len_file_path', 'tool-data/shared/ucsc/chrom', `${root}/tool-data/shared/ucsc/chrom`],
    ['template_cache_path', 'database/compiled_templates', `${root}/database/compiled_templates`],
  ];
  for (const [name, text, path] of cases) assert.is(of(name, text).value, path, name);
  // These begin at the root as ever.
  for (const name of [
    'tool_data_path',
    'tool_path',
    'library_import_dir',
    'interactivetools_map',
    'visualization_plugins_directory',
  ])
    assert.is(of(name, 'some/where').value, 'some/where', name);
  assert.is(of('file_path', '/data/files').value, '/data/files');
  assert.is(of('tool_dependency_dir', 'none').value, 'none');
  assert.is(of('file_path', 'database/files', { keepRelative: true }).value, 'database/files');
  assert.is(of('file_path', 'files', { pathsOf: '20.05' }).value, 'files');
});

test('stale directories of static files go, others stay', () => {
  assert.is(of('static_style_dir', '/srv/galaxy/server/static/june_2007_style/blue').fate, 'dropped');
  assert.is(of('static_style_dir', 'static/june_2007_style/blue/').fate, 'dropped');
  assert.is(of('static_style_dir', '/srv/themes/ours').value, '/srv/themes/ours');
});

test('single options with a story', () => {
  assert.equal([of('static_enabled', 'False').fate, of('static_enabled', 'False').value], ['replaced', true]);
  assert.is(of('static_enabled', 'True').value, true);
  assert.is(of('debug', 'True').fate, 'undecided');
  assert.is(of('debug', 'True').value, true);
  assert.is(
    of('database_connection', 'postgres://galaxy:s3cret@db/galaxy').value,
    'postgresql://galaxy:s3cret@db/galaxy',
  );
  assert.is(of('database_connection', 'mysql://galaxy@db/galaxy').fate, 'undecided');
  assert.is(of('cookie_path', '/galaxy', { prefix: '/galaxy' }).fate, 'dropped');
  assert.is(of('job_config_file', 'config/job_conf.xml').value, 'job_conf.xml');
  assert.is(of('track_jobs_in_database', 'True').fate, 'dropped');
  assert.is(of('track_jobs_in_database', 'False').fate, 'undecided');
  assert.is(of('start_job_runners', 'drmaa').fate, 'dropped');
  assert.is(of('start_job_runners', 'drmaa', { jobOptions: 'converted' }).fate, 'moved');
  assert.is(
    of('galaxy_infrastructure_url', 'http://localhost:$UWSGI_PORT').value,
    'http://localhost:$GALAXY_WEB_PORT',
  );
});

test('an option that never reached Galaxy goes; when handlers saw it, a person decides', () => {
  const input = { name: 'debug', value: 'True', effective: false, fromDefaults: true };
  assert.is(migrateOption(input, context()).outcome.fate, 'dropped');
  assert.is(migrateOption(input, context({ webless: true })).outcome.fate, 'undecided');
});

test('no message quotes a secret', () => {
  for (const [name, value] of [
    ['id_secret', 'None'],
    ['bootstrap_admin_api_key', 'two\nlines of it'],
    ['database_connection', 'mysql://galaxy:pa55word@db/x'],
  ] as const) {
    const { why, choices } = of(name, value);
    for (const part of ['pa55word', 'lines of it'])
      assert.not.ok(`${why} ${choices?.join()}`.includes(part), name);
  }
});

test.run();
