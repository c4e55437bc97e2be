import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certain, suggest } from '../../src/text/suggest.ts';

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

const sure: [word: string, expected: string | undefined][] = [
  ['binf', 'bind'],
  ['bnid', 'bind'],
  ['bxxd', undefined],
  ['wrokers', 'workers'],
  ['wrokrs', 'workers'],
  ['wrkrs', undefined],
  ['Workers', 'workers'],
  ['job_handlers', 'job-handlers'],
  ['enable', 'enable'],
  ['enabel', 'enable'],
  ['zzz', undefined],
  ['', undefined],
];
for (const [word, expected] of sure)
  test(`certain: ${word} -> ${expected}`, () => assert.is(certain(word, keys), expected));

test('certain: two slips in a short word of a name make another word', () => {
  assert.is(certain('tool_recommendations', ['topk_recommendations']), undefined);
  assert.is(certain('topk_recomendatons', ['topk_recommendations']), 'topk_recommendations');
  assert.is(certain('tpok_recommendatoins', ['topk_recommendations']), 'topk_recommendations');
  assert.is(certain('topkrecommendations', ['topk_recommendations']), 'topk_recommendations');
});

test('certain: not between two, unless one differs in nothing but case and dashes', () => {
  assert.is(certain('timeuot', ['timeout', 'timeouts']), undefined);
  assert.is(certain('time_out', ['time-out', 'timeout']), 'time-out');
  assert.is(certain('ab', ['a', 'b']), undefined);
  assert.is(certain('bind', ['bind', 'bind']), 'bind');
});

test.run();
