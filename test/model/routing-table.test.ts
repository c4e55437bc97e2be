// The table of names with an index says the same as the table that is built anew for each process.

import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byDefault } from '../../src/model/located.ts';
import type { StaticHandler } from '../../src/model/routing.ts';
import { attachProcess, handlerNames, isListed, poolTags, tagsOf } from '../../src/model/routing-names.ts';
import { handlerTable, standing } from '../../src/model/routing-table.ts';
import { makeSource, span } from '../../src/text/source.ts';

const test = suite('routing table');
const where = span(makeSource('job_conf.xml', ''), 0);
const name = fc.constantFrom('a', 'b', 'c', 'd', '_default_', '');

const handler = fc
  .record({ id: name, tags: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }) })
  .map(
    ({ id, tags }): StaticHandler => ({
      span: where,
      id: byDefault(id),
      ...(tags ? { tags: tags.map(byDefault) } : {}),
      environment: [],
    }),
  );
const pool = fc.constantFrom(
  'job-handlers',
  'job-handlers.a',
  'job-handlers.b',
  'job-handlers.z',
  'job-handler',
  'x',
);

test('a process stands where the table with it says', () => {
  void fc.assert(
    fc.property(
      fc.array(handler, { maxLength: 6 }),
      name,
      fc.array(pool, { maxLength: 3 }),
      fc.constantFrom('24.2', '26.0'),
      (handlers, id, pools, release) => {
        const attached = attachProcess(handlerNames(handlers, release), id, pools, 'job-handlers');
        const table = handlerTable(handlers, release);
        const found = standing(table, id, pools, 'job-handlers');
        assert.is(found.attached, poolTags(pools, 'job-handlers').length > 0);
        assert.is(table.names.fails || found.clash !== undefined, attached.fails);
        if (attached.fails) return;
        assert.is(found.listed, isListed(attached, id));
        assert.equal([...found.tags].sort(), tagsOf(attached, id).sort());
      },
    ),
    { seed: 20261122, numRuns: 2000 },
  );
});

test('ten thousand handlers in one tag are no trouble', () => {
  const handlers = Array.from(
    { length: 10_000 },
    (_, index): StaticHandler => ({
      span: where,
      id: byDefault(`handler${index}`),
      environment: [],
    }),
  );
  const table = handlerTable(handlers, '24.2');
  for (let index = 0; index < handlers.length; index++)
    assert.is(standing(table, `handler${index}`, [], 'job-handlers').tags[0], '_default_');
});

test.run();
