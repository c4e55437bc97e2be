// The restart plan against reality: hundreds of random changes are made to a real systemd and a real supervisord with
// the plan's own commands. What restarted, reloaded, started and stopped must be what the plan said, and afterwards every
// process must have been given exactly what its new configuration says.

import * as assert from 'uvu/assert';
import type { PlanAction, RestartPlan } from '../../src/deploy/plan.ts';
import type { RunningProcess } from '../../src/model/running.ts';
import { Random } from '../fuzz/random.ts';
import { pause } from './command.ts';
import { sandboxed, suiteNeeding } from './needs.ts';
import { changedChoice, freshChoice } from './plan-configs.ts';
import { mustChange } from './plan-oracle.ts';
import { programServer } from './plan-programs.ts';
import {
  makeGround,
  makeSide,
  nothing,
  type PlanSide,
  planBetween,
  type State,
  stage,
} from './plan-sides.ts';
import { inSandbox, type Sandbox } from './sandbox.ts';
import { complaints } from './systemd.ts';
import type { Seen } from './witness.ts';

const pairs = Number(process.env.GXGEN_PLAN_PAIRS ?? 300);
/** Fewer for supervisor, in each of its layouts: it starts one process after the other. */
const programPairs = Math.min(pairs, 20);

type Real = Exclude<PlanAction, 'rolling'>;

interface Score {
  right: number;
  /** Planned and not done, or the other way round. */
  readonly wrong: string[];
  readonly counts: Map<string, number>;
}

const systemd = suiteNeeding('the plan and systemd', ...sandboxed, 'systemd');

systemd.test(`${pairs} random changes`, async () => {
  const random = new Random(20_261_128);
  const ground = makeGround('systemd', ['units', 'units', 'units', 'template']);
  const score: Score = { right: 0, wrong: [], counts: new Map() };
  await inSandbox('systemd', async (box) => {
    let before: PlanSide | undefined;
    // Of each process, up to the change before.
    const hangups = new Map<number, number>();
    for (let number = 0; number <= pairs; ) {
      const choice =
        !before || random.once(6)
          ? freshChoice(random, ground)
          : changedChoice(before.choice, random, ground);
      const after = makeSide('systemd', choice, ground, box.units);
      if (!after) continue;
      const { plan } = planBetween('systemd', before ?? nothing, after, box.units);
      assert.ok(plan);
      await change(box, before, after, plan as RestartPlan, number, hangups, score);
      if (before) assertNeeded(before, after, plan as RestartPlan, number);
      before = after;
      number++;
    }
  });
  tell('systemd', pairs, score);
});

async function change(
  box: Sandbox,
  before: PlanSide | undefined,
  after: PlanSide,
  plan: RestartPlan,
  number: number,
  hangups: Map<number, number>,
  score: Score,
): Promise<void> {
  const ids = [...new Set([...(before?.running.keys() ?? []), ...after.running.keys()])];
  const staged = stage(after.files, 'systemd', String(number));
  const shown = `systemctl show --property=Id,ActiveState,MainPID,InvocationID,ActiveEnterTimestampMonotonic,TimeoutStopUSec,MemoryMax -- ${ids.map(quoted).join(' ')}`;
  const commands = plan.commands.map(({ kind, argv }) =>
    kind === 'switch'
      ? `cp -a ${quoted(`${staged}/.`)} ${box.units}`
      : kind === 'wait'
        ? ':'
        : argv.map(quoted).join(' '),
  );
  // Hundreds of starts in a few minutes are no crash loop.
  const script = ['systemctl reset-failed', shown, 'echo =====', ...commands, 'echo =====', shown].join('\n');
  const said = await box.run(['sh', '-ec', script], { seconds: 60 });
  assert.is(
    said.status,
    0,
    `change ${number}: ${said.stderr}\n${commands.join('\n')}\n${box.log().slice(-2000)}`,
  );
  const [first = '', , last = ''] = said.stdout.split('=====\n');
  const was = states(first, (pid) => hangups.get(pid) ?? 0);
  for (const { id } of plan.steps.filter((one) => one.action === 'reload')) await hungUp(box, last, id, was);
  const is = states(last, (pid) => hangupsOf(box, pid));
  for (const { pid, hangups: count } of is.values()) hangups.set(pid, count);
  compareActions(plan, was, is, `change ${number}`, score);
  assertOrder(plan, is, number);
  for (const [id, wanted] of after.running)
    await assertGiven(box, wanted, is.get(id), properties(last).get(id), number);
}

function compareActions(
  plan: RestartPlan,
  was: ReadonlyMap<string, State>,
  is: ReadonlyMap<string, State>,
  name: string,
  score: Score,
): void {
  const planned = new Map(plan.steps.map((one) => [one.id, one.action]));
  for (const id of new Set([...planned.keys(), ...is.keys()])) {
    const real = whatHappened(was.get(id), is.get(id));
    const action = planned.get(id) ?? 'untouched';
    const said = action === 'rolling' ? 'restart' : action;
    score.counts.set(action, (score.counts.get(action) ?? 0) + 1);
    if (said === real) score.right++;
    else score.wrong.push(`${name}: ${id}: planned ${action}, really ${real}`);
  }
}

function whatHappened(was: State | undefined, is: State | undefined): Real {
  if (!was?.active) return is?.active ? 'start' : 'untouched';
  if (!is?.active) return 'stop';
  if (was.invocation !== is.invocation) return 'restart';
  return is.hangups > was.hangups ? 'reload' : 'untouched';
}

/** Nothing restarts that could go on, and nothing goes on that could not. */
function assertNeeded(before: PlanSide, after: PlanSide, plan: RestartPlan, number: number): void {
  // Only where names and units are the same on both sides; Gravity's style has one command for everything.
  const sides = [before.choice, after.choice];
  if (sides.some(({ layout, style }) => layout !== 'units' || style !== 'direct')) return;
  if (before.choice.instance !== after.choice.instance) return;
  const needed = mustChange(before, after);
  for (const { process, action } of plan.steps)
    if (needed.has(process))
      assert.is(
        action !== 'untouched',
        needed.get(process),
        `change ${number}: ${process} is planned as ${action}`,
      );
}

/** Web servers that roll are up again one after the other, in the order of the plan. */
function assertOrder(plan: RestartPlan, is: ReadonlyMap<string, State>, number: number): void {
  const rolled = plan.steps
    .filter((one) => one.action === 'rolling')
    .map((one) => is.get(one.id)?.since ?? 0);
  assert.equal(
    rolled,
    [...rolled].sort((a, b) => a - b),
    `change ${number}: order of the rolling restart`,
  );
}

/** Whatever was planned, the process now has what its new configuration says. */
async function assertGiven(
  box: Sandbox,
  wanted: RunningProcess,
  state: State | undefined,
  shown: ReadonlyMap<string, string> | undefined,
  number: number,
): Promise<void> {
  const where = `change ${number}, ${wanted.id}`;
  assert.ok(state?.active, `${where} runs\n${complaints(box).slice(-5).join('\n')}`);
  const seen = await told(box, state?.pid ?? 0, where);
  assert.equal(seen.argv, wanted.argv, where);
  assert.is(seen.cwd, wanted.cwd, where);
  assert.is(Number.parseInt(seen.umask, 8), Number.parseInt(wanted.umask, 8), where);
  for (const [name, value] of wanted.env) assert.is(seen.env.get(name), value, `${where}: ${name}`);
  const stop = shown?.get('TimeoutStopUSec') ?? '';
  assert.is(secondsOf(stop), wanted.stopSeconds, `${where}: TimeoutStopUSec=${stop}`);
  assert.is(shown?.get('MemoryMax') ?? '', wanted.atOnce.get('Service.MemoryMax') ?? 'infinity', where);
}

async function told(box: Sandbox, pid: number, where: string): Promise<Seen> {
  for (let tries = 0; tries < 100; tries++) {
    const seen = box.see(pid);
    if (seen) return seen;
    await pause(20);
  }
  throw new Error(`${where}: process ${pid} has not told what it was given`);
}

/** A signal is on its way when systemctl returns. */
async function hungUp(
  box: Sandbox,
  text: string,
  id: string,
  was: ReadonlyMap<string, State>,
): Promise<void> {
  const { pid = 0, hangups = 0 } = was.get(id) ?? {};
  const same = Number(properties(text).get(id)?.get('MainPID')) === pid;
  for (let tries = 0; same && tries < 100 && hangupsOf(box, pid) <= hangups; tries++) await pause(20);
}

function hangupsOf(box: Sandbox, pid: number): number {
  return pid > 0 ? (box.see(pid)?.signals.filter((one) => one === 'HUP').length ?? 0) : 0;
}

function properties(text: string): Map<string, ReadonlyMap<string, string>> {
  return new Map(
    text
      .trim()
      .split(/\n\n+/)
      .map((part) => {
        const own = new Map(
          part.split('\n').map((line) => [line.replace(/=.*/s, ''), line.replace(/^[^=]*=/, '')] as const),
        );
        return [own.get('Id') ?? '', own] as const;
      }),
  );
}

function states(text: string, hangups: (pid: number) => number): Map<string, State> {
  return new Map(
    [...properties(text)].map(([id, own]) => {
      const pid = Number(own.get('MainPID') ?? 0);
      return [
        id,
        {
          active: own.get('ActiveState') === 'active',
          pid,
          invocation: own.get('InvocationID') ?? '',
          since: Number(own.get('ActiveEnterTimestampMonotonic') ?? 0),
          hangups: hangups(pid),
        },
      ];
    }),
  );
}

function secondsOf(span: string): number {
  if (span === 'infinity') return Number.POSITIVE_INFINITY;
  const units: Record<string, number> = { min: 60, s: 1, ms: 0.001 };
  return [...span.matchAll(/([\d.]+)(min|s|ms)/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function tell(manager: string, count: number, { right, wrong, counts }: Score): void {
  const all = right + wrong.length;
  const kinds = [...counts].map(([action, number]) => `${action} ${number}`).join(', ');
  process.stdout.write(
    `${manager}: ${count} changes, ${all} processes (${kinds}): ${right} as planned, ${wrong.length} not\n`,
  );
  assert.is(wrong.join('\n'), '');
}

systemd.test('what systemd takes over as it is reaches the running process', async () => {
  const random = new Random(7);
  const ground = makeGround('at once', ['units']);
  const choice = {
    ...freshChoice(random, ground),
    instance: '_default_',
    style: 'direct',
    handlers: [],
  } as const;
  const limited = (memory: number, stop: number) => ({
    ...choice,
    gunicorn: [{ bind: 'localhost:8080', memory_limit: memory, stop_timeout: stop }],
  });
  const sides = [limited(1, 10), limited(2, 20)].map((one) =>
    makeSide('systemd', one, ground, '/etc/systemd/system'),
  );
  await inSandbox('systemd', async (box) => {
    const score: Score = { right: 0, wrong: [], counts: new Map() };
    let before: PlanSide | undefined;
    for (const [number, after] of sides.entries()) {
      if (!after) throw new Error('not rendered');
      const { plan } = planBetween('systemd', before ?? nothing, after, box.units);
      await change(box, before, after, plan as RestartPlan, 1000 + number, new Map(), score);
      const unit = 'galaxy-gunicorn.service';
      const shown = await box.output(['systemctl', 'show', '--property=ControlGroup', '--value', unit]);
      const group = shown.trim();
      const places = [`memory${group}/memory.limit_in_bytes`, `${group}/memory.max`];
      const read = [
        'sh',
        '-c',
        'cat "$@" 2>/dev/null',
        'sh',
        ...places.map((one) => `/sys/fs/cgroup/${one}`),
      ];
      assert.is((await box.run(read)).stdout.trim(), String((number + 1) * 2 ** 30));
      if (before) assert.is(plan?.steps.find((one) => one.process === 'gunicorn')?.action, 'untouched');
      before = after;
    }
    assert.equal(score.wrong, []);
  });
});

systemd.run();

const supervisor = suiteNeeding('the plan and supervisor', ...sandboxed, 'supervisor');

for (const layout of ['conf.d', 'self-contained']) {
  supervisor.test(`${programPairs} random changes, layout ${layout}`, async () => {
    // A seed with which several web servers roll.
    const random = new Random(5);
    const ground = makeGround(layout, [layout], 0);
    const score: Score = { right: 0, wrong: [], counts: new Map() };
    await inSandbox('idle', async (box) => {
      const server = await programServer(box, layout, ground.base);
      let before: PlanSide | undefined;
      for (let number = 0; number <= programPairs; ) {
        const choice =
          !before || random.once(8)
            ? freshChoice(random, ground)
            : changedChoice(before.choice, random, ground);
        const after = makeSide('supervisor', choice, ground, '/etc/systemd/system');
        if (!after) continue;
        const plan = planBetween('supervisor', before ?? nothing, after, '.').plan as RestartPlan;
        const name = `${layout}, change ${number}`;
        const was = await server.states(before);
        await server.apply(plan, after, name);
        const is = await server.states(after);
        compareActions(plan, was, is, name, score);
        for (const [id, wanted] of after.running) {
          const seen = await told(box, is.get(id)?.pid ?? 0, `${name}, ${id}`);
          assert.equal(seen.argv, wanted.argv, `${name}, ${id}`);
          for (const [key, value] of wanted.env)
            assert.is(seen.env.get(key), value, `${name}, ${id}: ${key}`);
        }
        before = after;
        number++;
      }
    });
    tell(`supervisor, ${layout}`, programPairs, score);
  });
}

supervisor.run();
