// Zero mismatches: whatever string stands in a configuration, the process that a real systemd and a real supervisord
// start sees exactly it, or gxgen refuses it at the value because nothing could carry it. Gravity's count beside it.

import * as assert from 'uvu/assert';
import { gravityPython, newSupervisor, startGravity } from './gravity.ts';
import { type GravityBench, tryGravity } from './gravity-trial.ts';
import { type Compiled, compilePlace, deliver } from './gxgen-trial.ts';
import { isThere, type Need, suiteNeeding } from './needs.ts';
import { type Place, places, type Target } from './places.ts';
import { boot, type Sandbox } from './sandbox.ts';
import { type Tally, total } from './tally.ts';
import { layOut, type Trial } from './trial.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);
const base: Need[] = ['linux', 'root', 'cc', 'namespaces'];

const gxgenTallies: Tally[] = [];
const gravityTallies: Tally[] = [];
const laid = new Map<Place, Trial[]>();
let bench: GravityBench | undefined;
let gravityBox: Sandbox | undefined;

const gravity = suiteNeeding('Gravity beside it', ...base, 'python');
gravity.test('Gravity 1.2.3 can be installed', async () => {
  const found = gravityPython();
  if ('missing' in found) {
    say(`SKIPPED the count of Gravity: ${found.missing}`);
    return;
  }
  const box = await boot('idle');
  gravityBox = box;
  bench = { python: found.python, workers: [1, 2].map(() => startGravity(box, found.python)) };
});
gravity.run();

const needs = { systemd: ['systemd'], supervisor: ['supervisor'], commands: ['dash', 'bash'] } as const;
for (const target of ['systemd', 'supervisor', 'commands'] as const) {
  const own = suiteNeeding(`every string through ${target}`, ...base, ...needs[target]);
  for (const place of places.filter((one) => one.targets.includes(target))) {
    own.test(`${place.name}, ${target}`, () => through(place, target));
  }
  own.run();
}

const end = suiteNeeding('the count', ...base);
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
    compilePlace(place, target, trials).then((compiled) => delivered(compiled)),
    bench && target !== 'commands' ? tryGravity(place, target, trials, bench) : undefined,
  ]);
  if (target !== 'commands') gxgenTallies.push(...ours.slice(0, 1));
  if (theirs) gravityTallies.push(theirs);
  say(
    `${place.name}, ${target}: ${[...ours.map(brief), ...(theirs ? [`Gravity ${brief(theirs)}`] : [])].join('; ')}`,
  );
  for (const one of ours) {
    assert.is(
      one.wrong.length,
      0,
      `${one.wrong.length} strings went wrong:\n  ${one.wrong.slice(0, 8).join('\n  ')}\n`,
    );
    assert.is(one.exact + one.refused + one.untried, trials.length);
  }
}

/** By every program there is: 4.2 of the distributions and the newest supervisor read quotes differently. */
async function delivered(compiled: Compiled): Promise<Tally[]> {
  if (compiled.target === 'commands')
    return [await deliver(compiled, 'dash'), await deliver(compiled, 'bash')];
  const first = await deliver(compiled);
  if (compiled.target === 'systemd' || !isThere('python')) return [first];
  const newest = newSupervisor();
  if ('missing' in newest) {
    say(`SKIPPED the newest supervisor: ${newest.missing}`);
    return [first];
  }
  return [first, await deliver(compiled, newest.python)];
}

function brief({ exact, refused, untried, wrong }: Tally): string {
  return `${exact} exact, ${refused} refused, ${wrong.length} wrong${untried > 0 ? `, ${untried} cannot exist` : ''}`;
}

function count(who: string, { exact, refused, untried, wrong }: Tally, refusal: string): string {
  const tried = exact + wrong.length;
  return `${who} ${exact} of ${tried} exact, ${wrong.length} wrong, ${refused} ${refusal} (${untried} name files that cannot exist)`;
}
