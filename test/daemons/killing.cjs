// Loaded into gxgen before anything else: counts the calls that change something, and ends the process at one of them
// for good, just before it or after half of a write.
//
//   GXGEN_KILL_AT=N [GXGEN_KILL_WHEN=half]   before the N-th call, or in its middle
//   GXGEN_KILL_COUNT=FILE                                 only writes how many there are

'use strict';
const fs = require('node:fs');
const at = Number(process.env.GXGEN_KILL_AT ?? 0);
const when = process.env.GXGEN_KILL_WHEN ?? 'before';
let count = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

const changing = [
  'writeSync',
  'fsyncSync',
  'fchmodSync',
  'fchownSync',
  'chmodSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'symlinkSync',
];
for (const name of [...changing, 'openSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    // Reading changes nothing, and what goes to the terminal is not installed.
    const counts = name === 'openSync' ? args[1] !== 'r' : name !== 'writeSync' || args[0] > 2;
    if (!counts || ++count !== at) return real(...args);
    if (when === 'half') {
      if (name !== 'writeSync') process.exit(0);
      real(args[0], args[1].subarray(0, args[1].length >> 1));
    }
    return die();
  };
}
if (process.env.GXGEN_KILL_COUNT)
  process.on('exit', () => fs.writeFileSync(process.env.GXGEN_KILL_COUNT, String(count)));
