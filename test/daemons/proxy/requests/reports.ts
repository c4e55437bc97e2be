// The reports application below its own prefix, for administrators only.

import * as assert from 'uvu/assert';
import type { Header } from '../http.ts';
import type { Places, Scenario } from '../scenario.ts';
import { dataset } from '../site-files.ts';
import { type Question, question } from './question.ts';

const administrator: Header[] = [['Cookie', 'galaxysession=admin']];

/** Questions about /reports/. */
export function reports({ prefix, reports: on }: Scenario, { data }: Places): Question[] {
  if (!on)
    return prefix === ''
      ? [
          question('reports are off: Galaxy', '/reports/', (answer) =>
            assert.ok(answer.body.includes('"raw_path"')),
          ),
        ]
      : [];
  const stripped = (name: string, path: string, wanted: string) =>
    question(
      `reports: ${name}`,
      path,
      (answer) => {
        assert.is(answer.status, 200);
        const told = JSON.parse(answer.body.toString()) as {
          reports: boolean;
          raw_path: string;
          script_name: string;
        };
        assert.ok(told.reports, 'not the reports application');
        assert.is(told.raw_path, wanted);
        assert.is(told.script_name, '/reports', 'the environment of the generated program');
      },
      { headers: administrator },
    );
  return [
    stripped('its root', '/reports/', '/'),
    stripped('a page', '/reports/jobs/index', '/jobs/index'),
    question('reports: without the slash', '/reports', (answer) => assert.is(answer.status, 301), {
      headers: administrator,
    }),
    question('reports: somebody else', '/reports/jobs', (answer, server) => {
      // Apache cannot ask Galaxy who it is; it lets in who sits at the machine, as this client does.
      if (server.kind === 'nginx') assert.is(answer.status, 403);
    }),
    question(
      'reports: a file of Galaxy that they name',
      `/reports/?send=${encodeURIComponent(`${data}/objects/000/dataset_1.dat`)}`,
      (answer) => assert.not.ok(answer.body.equals(dataset), 'the reports were sent a dataset'),
      { headers: administrator },
    ),
    question('reports: a neighbour is Galaxy', '/reportsx', (answer) => {
      assert.not.ok(answer.body.includes('"reports": true'), 'the reports application was asked');
    }),
  ];
}
