// What the daemon tests need of the machine, and how a test is left out where that is absent: loudly.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { suite } from 'uvu';

export type Need = keyof typeof checks;

const checks = {
  linux: { there: () => process.platform === 'linux', remedy: 'run it on Linux' },
  root: { there: () => process.getuid?.() === 0, remedy: 'run it as root: sudo npm run test:daemons' },
  cc: { there: compiles, remedy: 'apt-get install gcc libc6-dev' },
  namespaces: {
    there: () =>
      answers('setpriv', '--version') &&
      answers('unshare', '--fork', '--kill-child', '--pid', '--mount', '--net', '--cgroup', 'true'),
    remedy: 'apt-get install util-linux, and allow namespaces (docker run --privileged)',
  },
  systemd: { there: () => answers('systemctl', '--version'), remedy: 'apt-get install systemd' },
  supervisor: { there: () => answers('supervisord', '--version'), remedy: 'apt-get install supervisor' },
  dash: { there: () => answers('dash', '-c', 'exit'), remedy: 'apt-get install dash' },
  bash: { there: () => answers('bash', '--version'), remedy: 'apt-get install bash' },
  python: {
    there: () => answers('python3', '-c', 'import venv, ensurepip'),
    remedy: 'apt-get install python3-venv',
  },
  nginx: { there: () => answers('nginx', '-v'), remedy: 'apt-get install nginx-light' },
  apache: {
    there: () => answers('apache2', '-v') && existsSync('/etc/apache2/mods-available/xsendfile.load'),
    remedy: 'apt-get install apache2 libapache2-mod-xsendfile',
  },
  uwsgi: {
    there: () => answers('/usr/bin/uwsgi', '--plugin', 'python3', '--version'),
    remedy: 'apt-get install uwsgi-core uwsgi-plugin-python3',
  },
} satisfies Record<string, { there: () => boolean; remedy: string }>;

const known = new Map<Need, boolean>();

type Test = (name: string, run: () => void | Promise<void>) => void;

/** Something else that may be missing: what to do about it, if so. */
type Other = { readonly missing: string } | object;

/**
 * A uvu suite whose tests are skipped, with a line on stdout that says why, unless everything named is there.
 * `run` goes at the end of the file, as with uvu.
 */
export function suiteNeeding(name: string, ...needs: (Need | Other)[]): { test: Test; run: () => void } {
  const own = suite(name);
  const lacking = needs.flatMap((need) => {
    if (typeof need !== 'string') return 'missing' in need ? [need.missing] : [];
    return isThere(need) ? [] : [`no ${need}; ${checks[need].remedy}`];
  });
  for (const one of lacking) process.stdout.write(`SKIPPED ${name}: ${one}\n`);
  const test: Test =
    lacking.length > 0 ? (title, run) => own.skip(title, run) : (title, run) => own(title, run);
  return { test, run: () => own.run() };
}

/** Makes tests that mostly wait run three at a time; each is still reported in its own turn. */
export function threeAtATime(test: Test): Test {
  const queue: (() => Promise<void>)[] = [];
  let started = false;
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await next();
  };
  return (title, run) => {
    let finish: (result: Promise<void>) => void = () => undefined;
    const result = new Promise<void>((resolve) => {
      finish = resolve;
    });
    queue.push(async () => {
      const own = Promise.resolve().then(run);
      finish(own);
      await own.catch(() => undefined);
    });
    // Whoever waits for it gets the failure; until then nobody has missed it.
    result.catch(() => undefined);
    test(title, () => {
      for (let worker = 0; worker < 3 && !started; worker++) void work();
      started = true;
      return result;
    });
  };
}

/** What every test that runs a witness in a sandbox needs. */
export const sandboxed: readonly Need[] = ['linux', 'root', 'cc', 'namespaces'];

/** Whether the machine can run a Python program in a sandbox. */
export function canSandbox(): boolean {
  return sandboxed.every(isThere) && isThere('python');
}

function isThere(need: Need): boolean {
  const before = known.get(need);
  if (before !== undefined) return before;
  const now = checks[need].there();
  known.set(need, now);
  return now;
}

function answers(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function compiles(): boolean {
  const input = '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n';
  const { status } = spawnSync('cc', ['-x', 'c', '-o', '/dev/null', '-'], { input, timeout: 20_000 });
  return status === 0;
}
