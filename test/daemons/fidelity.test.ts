// Zero mismatches: whatever string stands in a configuration, the process that a real systemd and a real supervisord
// start sees exactly it, or gxgen refuses it at the value because nothing could carry it. Gravity's count beside it.

import * as assert from 'uvu/assert';
import { gravityPython, newSupervisor, startGravity } from './gravity.ts';
import { type GravityBench, tryGravity } from './gravity-trial.ts';
import { type Compiled, compilePlace, deliver } from './gxgen-trial.ts';
import { hostile } from './hostile.ts';
import { sandboxed, suiteNeeding } from './needs.ts';
import { type Place, places, type Target } from './places.ts';
import { boot, type Sandbox } from './sandbox.ts';
import { type Tally, total } from './tally.ts';
import { layOut, type Trial } from './trial.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

const gxgenTallies: Tally[] = [];
const gravityTallies: Tally[] = [];
const laid = new Map<Place, Trial[]>();
const compiled = new Map<Place, Compiled>();
let bench: GravityBench | undefined;
let gravityBox: Sandbox | undefined;

const gravityThere = gravityPython();
const gravity = suiteNeeding('Gravity beside it', ...sandboxed, 'python', gravityThere);
gravity.test('Gravity 1.2.3 starts', async () => {
  if ('missing' in gravityThere) return;
  const box = await boot('idle');
  gravityBox = box;
  const { python } = gravityThere;
  bench = { python, workers: [1, 2].map(() => startGravity(box, python)) };
});
gravity.run();

const needs = { systemd: ['systemd'], supervisor: ['supervisor'], commands: ['dash', 'bash'] } as const;
for (const target of ['systemd', 'supervisor', 'commands'] as const) {
  const own = suiteNeeding(`every string through ${target}`, ...sandboxed, ...needs[target]);
  for (const place of places.filter((one) => one.targets.includes(target))) {
    own.test(`${place.name}, ${target}`, () => through(place, target));
  }
  own.run();
}

// It reads quotes otherwise than 4.2, and a file has to mean the same to both. The other places are written in the same
// words: commands and environments.
const distinct = ['env', 'secret', 'extra', 'root', 'log', 'name'];
const newest = newSupervisor();
const again = suiteNeeding('every string through supervisor 4.3', ...sandboxed, 'supervisor', newest);
for (const place of places.filter((one) => distinct.includes(one.key))) {
  again.test(`${place.name}, supervisor 4.3`, async () => {
    const before = compiled.get(place);
    assert.ok(before && 'python' in newest);
    report(`${place.name}, supervisor 4.3`, await deliver(before, newest.python));
  });
}
again.run();

const end = suiteNeeding('the count', ...sandboxed);
end.test('nothing differs', async () => {
  for (const worker of bench?.workers ?? []) worker.close();
  await gravityBox?.stop();
  const ours = total(gxgenTallies);
  say(count('gxgen', ours, 'refused as impossible'));
  if (gravityTallies.length > 0) say(count('Gravity', total(gravityTallies), 'refused or crashed'));
  assert.is(ours.wrong.length, 0);
});
end.run();

async function through(place: Place, target: Target): Promise<void> {
  const trials = laid.get(place) ?? layOut(place);
  laid.set(place, trials);
  const [ours, theirs] = await Promise.all([
    compileAndDeliver(place, target, trials),
    bench && target !== 'commands' ? tryGravity(place, target, trials, bench) : undefined,
  ]);
  if (target !== 'commands') gxgenTallies.push(ours);
  if (theirs) gravityTallies.push(theirs);
  report(`${place.name}, ${target}`, ours, theirs);
}

async function compileAndDeliver(place: Place, target: Target, trials: readonly Trial[]): Promise<Tally> {
  const result = await compilePlace(place, target, trials);
  if (target === 'supervisor') compiled.set(place, result);
  return deliver(result);
}

function report(title: string, ours: Tally, theirs?: Tally): void {
  say(`${title}: gxgen ${brief(ours)}${theirs ? `; Gravity ${brief(theirs)}` : ''}`);
  const { exact, refused, untried, wrong } = ours;
  assert.is(wrong.length, 0, `${wrong.length} strings went wrong:\n  ${wrong.slice(0, 8).join('\n  ')}\n`);
  assert.is(exact + refused + untried, hostile.length);
}

function brief({ exact, refused, untried, wrong }: Tally): string {
  return `${exact} exact, ${refused} refused, ${wrong.length} wrong${untried > 0 ? `, ${untried} cannot exist` : ''}`;
}

function count(who: string, { exact, refused, untried, wrong }: Tally, refusal: string): string {
  const tried = exact + wrong.length;
  return `${who} ${exact} of ${tried} exact, ${wrong.length} wrong, ${refused} ${refusal} (${untried} name files that cannot exist)`;
}
