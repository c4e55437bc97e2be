// The request matrix: the same questions through the real nginx and the real Apache, in front of real application
// servers that the generated supervisor files started; exact answers, and the same ones from both.

import * as assert from 'uvu/assert';
import { sandboxed, suiteNeeding } from '../needs.ts';
import { allowed, explanation } from './differences.ts';
import { servers } from './programs.ts';
import { questions } from './requests/index.ts';
import { reportOf, request } from './requests/question.ts';
import { type Scenario, scenarios } from './scenario.ts';
import { type Server, withServer } from './server.ts';
import { compareViews, type View, viewOf } from './view.ts';
import type { Kind } from './web-server.ts';

const { test, run } = suiteNeeding(
  'requests',
  ...sandboxed,
  'supervisor',
  'nginx',
  'apache',
  'uwsgi',
  servers(),
);
const used = new Set<unknown>();
let asked = 0;

for (const scenario of scenarios) {
  test(`${scenario.name}: the answers of nginx and Apache`, async () => {
    const [nginx, apache] = await Promise.all([ask(scenario, 'nginx'), ask(scenario, 'apache')]);
    const wrong = [...nginx.wrong, ...apache.wrong];
    for (const [name, view] of nginx.views) {
      for (const difference of compareViews(view, apache.views.get(name) ?? {})) {
        const reason = explanation(scenario, name, difference);
        if (reason) used.add(reason);
        else wrong.push(`${name}: ${JSON.stringify(difference)}`);
      }
    }
    assert.is(wrong.length, 0, `${wrong.length} of ${2 * nginx.views.size} answers:\n${wrong.join('\n')}`);
    assert.ok(nginx.views.size >= 40, `${nginx.views.size} questions`);
    asked += nginx.views.size + apache.views.size;
    process.stdout.write(
      `${scenario.name}: ${nginx.views.size} questions to nginx, ${apache.views.size} to Apache\n`,
    );
  });
}

test('every difference on the list was needed', () => {
  const unused = allowed.filter((one) => !used.has(one)).map(({ reason }) => reason);
  assert.equal(unused, []);
  process.stdout.write(`${asked} answers, ${allowed.length} kinds of difference between the two\n`);
});

run();

async function ask(scenario: Scenario, kind: Kind): Promise<{ views: Map<string, View>; wrong: string[] }> {
  const views = new Map<string, View>();
  const wrong: string[] = [];
  await withServer(scenario, kind, async (server) => {
    for (const question of questions(scenario, server.places)) {
      try {
        const answer = await question.ask(server);
        assert.not.ok(views.has(question.name), 'two questions of one name');
        views.set(question.name, viewOf(answer, server.places));
        question.check(answer, server);
      } catch (error) {
        wrong.push(`${kind}: ${question.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    if (scenario.members > 1) await countMembers(server);
  });
  return { views, wrong };
}

/** Every member has its share. */
async function countMembers({ scenario, kind, ask: send }: Server): Promise<void> {
  const counts = new Map<string, number>();
  const total = 60;
  for (let number = 0; number < total; number++) {
    const { member } = reportOf(await send(request(`${scenario.prefix}/histories/list`)));
    counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  const shares = [...counts.values()].sort((one, other) => one - other);
  process.stdout.write(
    `${scenario.name}: ${shares.join(' + ')} of ${total} requests by ${kind} to each member\n`,
  );
  assert.is(shares.length, scenario.members, `${kind}: a member was never asked`);
  // nginx has two processes here, and each goes round by itself.
  assert.ok((shares[0] ?? 0) >= total / scenario.members - 3, `${kind}: ${shares.join(' + ')}`);
}
