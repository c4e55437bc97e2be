// Every setting of the gravity section: its default, a null, and a value of the wrong type. The table is written
// out, so that a slip in the schema does not pass by comparing the schema with itself.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSection, type Section } from '../../src/schema/section.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import { check, tree } from './tree.ts';

const test = suite('schema/gravity');

type Kind = 'str' | 'int' | 'num' | 'bool' | 'list' | 'map' | 'maps';
/** `null` behind the default: null may be written. */
type Row = [key: string, kind: Kind, value: unknown, nullable?: 'null'];

const shared = (start: number, stop: number): Row[] => [
  ['umask', 'str', null, 'null'],
  ['start_timeout', 'int', start],
  ['stop_timeout', 'int', stop],
  ['memory_limit', 'num', null, 'null'],
  ['memory_high', 'num', null, 'null'],
];
const environment: Row = ['environment', 'map', {}];

const settings: Record<string, Row[]> = {
  '': [
    ['process_manager', 'str', null, 'null'],
    ['service_command_style', 'str', 'gravity'],
    ['use_service_instances', 'bool', true],
    ['umask', 'str', '022'],
    ['memory_limit', 'num', null, 'null'],
    ['memory_high', 'num', null, 'null'],
    ['galaxy_config_file', 'str', null, 'null'],
    ['galaxy_root', 'str', null, 'null'],
    ['log_dir', 'str', null, 'null'],
    ['log_namespace', 'str', null, 'null'],
    ['virtualenv', 'str', null, 'null'],
    ['galaxy_user', 'str', null, 'null'],
    ['galaxy_group', 'str', null, 'null'],
    ['app_server', 'str', 'gunicorn'],
    ['instance_name', 'str', '_default_'],
    ['gunicorn', 'maps', undefined, 'null'],
    ['celery', 'map', undefined, 'null'],
    ['gx_it_proxy', 'map', undefined, 'null'],
    ['tusd', 'maps', undefined, 'null'],
    ['reports', 'map', undefined, 'null'],
    ['handlers', 'map', {}],
  ],
  gunicorn: [
    ['enable', 'bool', true],
    ['bind', 'str', 'localhost:8080'],
    ['workers', 'int', 1],
    ['timeout', 'int', 300],
    ['extra_args', 'str', ''],
    ['preload', 'bool', true, 'null'],
    ['restart_timeout', 'int', 300],
    ...shared(15, 65),
    environment,
  ],
  celery: [
    ['enable', 'bool', true],
    ['enable_beat', 'bool', true],
    ['concurrency', 'int', 2],
    ['loglevel', 'str', 'DEBUG'],
    ['queues', 'str', 'celery,galaxy.internal,galaxy.external'],
    ['pool', 'str', 'threads'],
    ['extra_args', 'str', ''],
    ...shared(10, 10),
    environment,
  ],
  gx_it_proxy: [
    ['enable', 'bool', false],
    ['version', 'str', '>=0.0.6'],
    ['ip', 'str', 'localhost'],
    ['port', 'int', 4002],
    ['sessions', 'str', 'database/interactivetools_map.sqlite'],
    ['verbose', 'bool', true],
    ['forward_ip', 'str', null, 'null'],
    ['forward_port', 'int', null, 'null'],
    ['reverse_proxy', 'bool', false, 'null'],
    ...shared(10, 10),
    environment,
  ],
  tusd: [
    ['enable', 'bool', false],
    ['upload_dir', 'str', ''],
    ['tusd_path', 'str', 'tusd'],
    ['host', 'str', 'localhost'],
    ['port', 'int', 1080],
    ['hooks_http', 'str', '/api/upload/hooks'],
    ['hooks_enabled_events', 'str', 'pre-create'],
    ['extra_args', 'str', ''],
    ...shared(10, 10),
    environment,
  ],
  reports: [
    ['enable', 'bool', false],
    ['config_file', 'str', 'reports.yml'],
    ['bind', 'str', 'localhost:9001'],
    ['workers', 'int', 1],
    ['timeout', 'int', 300],
    ['url_prefix', 'str', null, 'null'],
    ['extra_args', 'str', ''],
    ...shared(10, 10),
    environment,
  ],
  'handlers.h': [
    ['processes', 'int', 1],
    ['name_template', 'str', null, 'null'],
    ['pools', 'list', [], 'null'],
    ['server_name', 'str', null, 'null'],
    ...shared(20, 65),
    ['environment', 'map', {}, 'null'],
  ],
};

const wrong: Record<Kind, string> = {
  str: '1234',
  int: 'many',
  num: 'much',
  bool: 'perhaps',
  list: 'word',
  map: '[1]',
  maps: 'word',
};

for (const [place, rows] of Object.entries(settings)) {
  test(`${place || 'gravity'}: no setting is missing in the table or in the schema`, () => {
    assert.equal(shapeAt(place).keys, rows.map(([key]) => key).sort());
  });
  for (const [key, kind, value, nullable] of rows) {
    test(`${place || 'gravity'}: ${key}`, () => {
      assert.equal(shapeAt(place).property(key)?.default, value, 'default');
      assert.equal(codes(place, `${key}: ${wrong[kind]}`), ['GX201'], 'wrong type');
      assert.equal(codes(place, `${key}: null`), nullable ? [] : ['GX201'], 'null');
      assert.equal(codes(place, `${key}:`), nullable ? [] : ['GX201'], 'nothing');
      for (const text of ['', `${key}: ${wrong[kind]}`, `${key}: null`]) {
        const section = sectionAt(place, text);
        const null_ = kind === 'bool' && nullable !== undefined && text.endsWith('null');
        if (kind !== 'map' && kind !== 'maps')
          assert.equal(read(section, key, kind), null_ ? false : value, text);
      }
    });
  }
}

const values: [place: string, text: string, code: string | undefined][] = [
  ['', 'umask: "027"', undefined],
  ['', 'umask: "0027"', undefined],
  ['', 'umask: ""', 'GX204'],
  ['gunicorn', 'umask: ""', undefined],
  ['gunicorn', 'umask: "00000077"', undefined],
  ['gunicorn', 'umask: "078"', 'GX204'],
  ['gunicorn', 'umask: "+22"', 'GX204'],
  ['gunicorn', 'workers: 0', 'GX203'],
  ['gunicorn', 'workers: 1', undefined],
  ['gunicorn', 'timeout: 0', undefined],
  ['gunicorn', 'bind: ""', 'GX204'],
  ['gunicorn', 'bind: "unix:/run/g.sock"', undefined],
  ['celery', 'concurrency: 0', undefined],
  ['celery', 'concurrency: -1', 'GX203'],
  ['celery', 'loglevel: CRITICAL', 'GX202'],
  ['celery', 'pool: Threads', 'GX202'],
  ['gx_it_proxy', 'port: 65535', undefined],
  ['gx_it_proxy', 'port: 65536', 'GX203'],
  ['gx_it_proxy', 'forward_port: 0', undefined],
  ['tusd', 'port: 0', 'GX203'],
  ['handlers.h', 'processes: 0', undefined],
  ['handlers.h', 'processes: -1', 'GX203'],
  ['handlers.h', 'memory_limit: 0', 'GX203'],
  ['handlers.h', 'memory_limit: 0.5', undefined],
  ['handlers.h', 'stop_timeout: -1', 'GX203'],
];
for (const [place, text, code] of values) {
  test(`${place || 'gravity'}: ${text}`, () => assert.equal(codes(place, text), code ? [code] : []));
}

test('several instances each need their configuration file', () => {
  assert.equal(
    check('gravity', '- galaxy_config_file: a.yml\n- instance_name: b\n').map((one) => [
      one.code,
      one.message,
    ]),
    [['GX205', 'required key "galaxy_config_file" is missing in item 2 of "gravity"']],
  );
});

test('empty sections are fine', () => {
  for (const text of ['', '{}', '[]', 'null', 'gunicorn: []', 'tusd: []', 'handlers: {}'])
    assert.equal(check('gravity', text), [], text);
});

test.run();

function shapeAt(place: string) {
  let shape = shapeOf('gravity');
  for (const key of place.split('.').filter(Boolean)) {
    const next = shape.property(key) ?? shape.free;
    assert.ok(next);
    shape = next;
  }
  return shape;
}

// tusd is complete only with its directory.
function nest(place: string, text: string): string {
  if (place === '') return text;
  const keys = place.split('.');
  const needed = place === 'tusd' && !text.startsWith('upload_dir') ? ['upload_dir: /up'] : [];
  const indent = '  '.repeat(keys.length);
  const head = keys.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`).join('');
  return head + [...needed, text || 'start_timeout: 20'].map((line) => `${indent}${line}\n`).join('');
}

function codes(place: string, text: string): string[] {
  return check('gravity', nest(place, text)).map((one) => one.code);
}

function sectionAt(place: string, text: string): Section {
  const root = readSection('gravity', text === '' ? undefined : tree(nest(place, text)));
  return place
    .split('.')
    .filter(Boolean)
    .reduce((section, key) => section.section(key), root);
}

function read(section: Section, key: string, kind: Kind): unknown {
  if (kind === 'list') return section.strings(key).map((one) => one.value);
  if (kind === 'bool') return section.bool(key).value;
  if (kind === 'int') return section.maybeInt(key)?.value ?? null;
  if (kind === 'num') return section.maybeNum(key)?.value ?? null;
  return section.maybeStr(key)?.value ?? null;
}
