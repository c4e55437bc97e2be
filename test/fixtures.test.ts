// Every folder of fixtures/ is a case (test/helpers/case.ts): run, and compared byte for byte.
// UPDATE=1 rewrites what is expected; read the result before you commit it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../src/cli.ts';
import { listCases, runCase } from './helpers/case.ts';
import { updating } from './helpers/golden.ts';

const test = suite('fixtures');
const names = listCases('fixtures');

test('there are cases', () => assert.ok(names.length > 0));

for (const name of names) test(name, () => runCase(`fixtures/${name}`, cli, updating));

test.run();
