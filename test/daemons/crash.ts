// A test run that never ends by itself, for harness.test.ts to kill: prints the pid of its sandbox's PID 1 and the
// folder it writes in, one a line.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from './sandbox.ts';
import { scratch } from './scratch.ts';

await boot('idle');
const pid = readFileSync(join(scratch(), `pid.gxgen-${process.pid}-1`), 'utf8').trim();
process.stdout.write(`${pid}\n${scratch()}\n`);
setInterval(() => undefined, 60_000);
