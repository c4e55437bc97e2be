// Which queues get tasks.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { routedQueues } from '../../src/model/celery.ts';
import type { Instance } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';
import type { Plain } from '../../src/syntax/tree.ts';

const test = suite('celery');

const table: [conf: Plain | undefined, queues: string][] = [
  [undefined, 'galaxy.internal galaxy.external'],
  [{}, 'galaxy.internal'],
  [{ task_routes: null }, 'galaxy.internal'],
  [{ task_routes: { 'galaxy.fetch_data': 'io' } }, 'galaxy.internal io'],
  [{ task_routes: { 'galaxy.fetch_data': { queue: 'io' }, 'galaxy.purge_hda': 'io' } }, 'galaxy.internal io'],
  [{ task_default_queue: 'main', task_routes: { 'galaxy.fetch_data': 'main' } }, 'main'],
  [{ task_routes: ['a.router.Class'] }, 'galaxy.internal'],
  ['not a mapping', 'galaxy.internal galaxy.external'],
];
for (const [conf, queues] of table) {
  test(JSON.stringify(conf) ?? 'no celery_conf', () => {
    const options =
      conf === undefined ? [] : [{ name: 'celery_conf', value: byDefault(conf), secret: false }];
    const found = routedQueues({ options } as unknown as Instance);
    assert.is(found.map((one) => one.queue).join(' '), queues);
  });
}

test.run();
