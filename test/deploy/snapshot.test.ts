import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hashOf } from '../../src/deploy/digest.ts';
import { fromRecord, snapshotOf, toRecord } from '../../src/deploy/snapshot.ts';
import { compareFacts } from '../../src/model/compare.ts';
import { compiled } from '../helpers/compiled.ts';
import { fixtureDeployments } from '../helpers/deployments.ts';

const test = suite('snapshot');

const text = (secret: string) => `gravity:
  galaxy_user: galaxy
  virtualenv: /srv/venv
  gunicorn: {environment: {API_TOKEN: ${secret}-token}}
galaxy:
  database_connection: postgresql://galaxy:${secret}-password@db/galaxy
  id_secret: ${secret}-id
  celery_conf: {broker_url: "amqp://galaxy:${secret}-broker@mq//"}
`;

test('a record read back is the same deployment', () => {
  for (const { name, deployment } of fixtureDeployments()) {
    const now = snapshotOf(deployment, hashOf);
    const record = fromRecord(JSON.parse(JSON.stringify(toRecord(now))));
    assert.ok(record, name);
    assert.equal(compareFacts(record?.facts ?? [], now.facts), [], name);
    assert.equal(record?.owners, now.owners, name);
  }
});

test('it holds no secret, and tells all the same that one changed', () => {
  const record = JSON.stringify(toRecord(snapshotOf(compiled(text('canary')), hashOf)));
  assert.not.match(record, /canary/);
  const before = fromRecord(JSON.parse(record));
  const same = snapshotOf(compiled(text('canary')), hashOf);
  assert.equal(compareFacts(before?.facts ?? [], same.facts), []);
  const after = snapshotOf(compiled(text('other')), hashOf);
  const words = compareFacts(before?.facts ?? [], after.facts).map((one) => one.words);
  assert.equal(words, [
    'gunicorn: variable API_TOKEN changed (secret)',
    'option database_connection changed (secret)',
    'option id_secret changed (secret)',
    'option celery_conf changed (secret)',
  ]);
  assert.not.match(JSON.stringify(words), /canary|other/);
});

test('anything else is no record', () => {
  const broken = [
    undefined,
    null,
    [],
    {},
    { version: 2, facts: [], owners: [] },
    { version: 1, facts: [[1]], owners: [] },
    { version: 1, facts: [['a', 'b', 1, null]], owners: [] },
    { version: 1, facts: [], owners: [['a', 'b', 'other']] },
    { version: 1, facts: {}, owners: [] },
  ];
  for (const one of broken) assert.is(fromRecord(one as never), undefined, JSON.stringify(one));
  assert.ok(fromRecord({ version: 1, facts: [], owners: [] }));
});

test.run();
