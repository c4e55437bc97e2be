import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backends } from '../../src/backends/index.ts';
import { golden } from '../helpers/golden.ts';
import { sampleSite } from './proxy.ts';
import { everything, render } from './render.ts';
import { sampleDeployment, systemOptions } from './sample.ts';

const test = suite('render the sample');

const folder = 'test/backends/expected';
const cases: Record<string, () => string> = {};
for (const { name, layouts } of backends)
  for (const layout of layouts)
    for (const instance of [undefined, 'gx'])
      cases[`${name}-${layout.name}${instance ? `-${instance}` : ''}.txt`] = () =>
        everything(
          render(
            `${name}/${layout.name}`,
            sampleDeployment({
              ...(instance ? { name: instance } : {}),
              ...(layout.name === 'site' ? { instance: { proxy: sampleSite } } : {}),
            }),
          ),
        );
cases['systemd-units-user.txt'] = () =>
  everything(
    render('systemd', sampleDeployment({ user: null }), {
      systemd: { ...systemOptions.systemd, mode: 'user' },
    }),
  );

for (const [file, make] of Object.entries(cases))
  test(file, () => {
    const text = make();
    assert.not.match(text, /undefined|\[object|gxN\d/);
    assert.not.match(text, /\n\n\n|[ \t]\n(?!\n)/);
    golden(`${folder}/${file}`, text);
  });

test('no expectation is left over', () => {
  assert.equal(readdirSync(folder).sort(), Object.keys(cases).sort());
});

test('the list is sorted, and the same input gives the same bytes', () => {
  assert.equal(
    backends.map((one) => one.name),
    backends.map((one) => one.name).sort(),
  );
  for (const make of Object.values(cases)) assert.is(make(), make());
});

test.run();
