import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { suggest } from '../../src/text/suggest.ts';

const test = suite('suggest');

const keys = [
  'bind',
  'workers',
  'timeout',
  'enable',
  'enable_beat',
  'environment',
  'job-handlers',
  'workflow-schedulers',
];
const table: [word: string, expected: string | undefined][] = [
  ['binf', 'bind'],
  ['wrokers', 'workers'],
  ['environnment', 'environment'],
  ['job-handler', 'job-handlers'],
  ['workflow_schedulers', 'workflow-schedulers'],
  ['enable_celery_beat', undefined],
  ['zzz', undefined],
  ['WORKERS', 'workers'],
];

for (const [word, expected] of table) {
  test(`${word} is taken for ${expected ?? 'nothing'}`, () => {
    assert.is(suggest(word, keys), expected);
  });
}

test.run();
