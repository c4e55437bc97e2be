// The hostile strings in paths, names and header values of a web server's configuration: the running nginx and the
// running Apache use exactly that string, or gxgen refused to write it.

import * as assert from 'uvu/assert';
import { hostile } from '../hostile.ts';
import { sandboxed, suiteNeeding } from '../needs.ts';
import { places } from './hostile/places.ts';
import { type Tally, tryAll } from './hostile/trial.ts';

const { test, run } = suiteNeeding('hostile strings', ...sandboxed, 'nginx', 'apache');
const sum = { exact: 0, refused: 0, untried: 0, wrong: 0 };

for (const place of places) {
  for (const kind of ['nginx', 'apache'] as const) {
    if (place.only && place.only !== kind) continue;
    test(`${kind}: ${place.name}`, async () => {
      const tally = await tryAll(place, kind);
      say(`${kind}: ${place.name}`, tally);
      assert.equal(tally.wrong, []);
      assert.is(tally.exact + tally.refused + tally.untried, hostile.length);
    });
  }
}

test('all of them', () => {
  assert.is(sum.wrong, 0);
  process.stdout.write(
    `${sum.exact} strings in use exactly, ${sum.refused} refused, ${sum.untried} that name nothing which can exist, ${sum.wrong} wrong\n`,
  );
});

run();

function say(name: string, { exact, refused, untried, wrong, declined }: Tally): void {
  sum.exact += exact;
  sum.refused += refused;
  sum.untried += untried;
  sum.wrong += wrong.length;
  process.stdout.write(
    `${name}: ${exact} exact, ${refused} refused (${declined.length} of them name something that can exist), ${untried} untried, ${wrong.length} wrong\n`,
  );
}
