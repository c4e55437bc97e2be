// Database addresses in parts, and how many connections follow from a service.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  databaseAddress,
  databaseOf,
  databaseProcesses,
  isInMemory,
  poolCeiling,
} from '../../src/model/database.ts';
import type { Instance, Service } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';

const test = suite('database');

function instance(options: Record<string, string | number | null>): Instance {
  return {
    options: Object.entries(options).map(([name, value]) => ({
      name,
      value: byDefault(value),
      secret: false,
    })),
    services: [],
  } as unknown as Instance;
}

const addresses: [url: string, scheme: string | undefined, login?: string][] = [
  ['postgresql:///galaxy?host=/var/run/postgresql', 'postgresql'],
  ['postgresql://galaxy:a@db/galaxy', 'postgresql', 'galaxy:a'],
  ['postgresql+psycopg2://galaxy:a@b@db/galaxy', 'postgresql+psycopg2', 'galaxy:a@b'],
  ['postgresql:///galaxy?password=a@b', 'postgresql'],
  ['sqlite:////srv/galaxy.sqlite', 'sqlite'],
  ['galaxy@db/galaxy', undefined],
  ['', undefined],
];
for (const [url, scheme, login] of addresses) {
  test(`"${url}"`, () => {
    assert.is(databaseAddress(url)?.scheme, scheme);
    assert.is(databaseAddress(url)?.login, login);
  });
}

const kinds: [url: string | null, kind: string, memory: boolean][] = [
  [null, 'sqlite', false],
  ['sqlite:////srv/galaxy.sqlite?isolation_level=IMMEDIATE', 'sqlite', false],
  ['sqlite:///database/universe.sqlite', 'sqlite', false],
  ['sqlite://', 'sqlite', true],
  ['sqlite:///:memory:', 'sqlite', true],
  ['postgres://galaxy@db/galaxy', 'postgresql', false],
  ['mysql+pymysql://galaxy@db/galaxy', 'mysql', false],
  ['oracle://galaxy@db/galaxy', 'other', false],
];
for (const [url, kind, memory] of kinds) {
  test(`${url} is ${kind}`, () => {
    const database = databaseOf(instance({ database_connection: url }));
    assert.is(database?.kind, kind);
    assert.is(database !== undefined && isInMemory(database), memory);
  });
}

test('a pool has 15 connections by default, and no bound with size 0 or overflow -1', () => {
  assert.is(poolCeiling(instance({})), 15);
  assert.is(poolCeiling(instance({ database_engine_option_pool_size: '20' })), 30);
  assert.is(poolCeiling(instance({ database_engine_option_pool_size: 0 })), undefined);
  assert.is(poolCeiling(instance({ database_engine_option_max_overflow: -1 })), undefined);
});

function service(kind: string, settings: Record<string, string | number>, argv: string[] = []): Service {
  return {
    kind,
    name: kind,
    settings: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, byDefault(value)])),
    processes: [{ argv: argv.map((one) => byDefault(one)) }],
  } as unknown as Service;
}

const services: [what: Service, processes: number][] = [
  [service('gunicorn', { workers: 4 }), 4],
  [service('gunicorn', { workers: 4 }, ['gunicorn', '--workers=4', '-w', '2']), 2],
  [service('gunicorn', { workers: 4 }, ['gunicorn', '-w8']), 8],
  [service('celery', { concurrency: 4, pool: 'threads' }), 1],
  [service('celery', { concurrency: 4, pool: 'prefork' }), 5],
  [service('handler', {}), 1],
];
for (const [what, processes] of services) {
  test(`${what.name} ${JSON.stringify(what.settings)} is ${processes} processes`, () =>
    assert.is(databaseProcesses(what), processes));
}

test.run();
