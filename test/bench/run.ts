// npm run bench: how fast the built gxgen is, as ratios within this one run, because machines differ and are noisy.
// Nothing here is asserted: a timed test fails on a busy day.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'gxgen-bench-'));
const program = 'dist/gxgen.cjs';
const example = 'fixtures/render-production/in/config/galaxy.yml';
const rounds = Number(process.argv[2] ?? 25);

try {
  start();
  largeJobConf();
  growth();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function start(): void {
  say(`cold start, best of ${rounds} interleaved rounds`);
  const commands: [string, string, string[]][] = [
    ['node -e 0', process.execPath, ['-e', '0']],
    ['gxgen --version', process.execPath, [program, '--version']],
    ['gxgen render --target systemd', process.execPath, [program, 'render', example, '--target', 'systemd']],
    ['gxgen validate', process.execPath, [program, 'validate', example]],
  ];
  const gravity = gravityUpdate();
  if (gravity) commands.push(['galaxyctl update', ...gravity]);
  ratios(commands, 'budget 1.40');
  if (!gravity)
    say('  galaxyctl update is left out: npm run test:peers installs Gravity, then run this again');
  // Node reads the certificates that this names at every start, which may take longer than all of its own: the budget is
  // of such a machine, and the second table tells of the others.
  if (!process.env.NODE_EXTRA_CA_CERTS) return;
  say('\nthe same without NODE_EXTRA_CA_CERTS');
  delete process.env.NODE_EXTRA_CA_CERTS;
  ratios(commands.slice(0, 4), '');
}

function ratios(commands: readonly [string, string, string[]][], budget: string): void {
  const best = race(commands, rounds);
  for (const [index, [name]] of commands.entries())
    row(name, best[index] ?? 0, best[0] ?? 1, index === 2 ? budget : '');
}

function largeJobConf(): void {
  const folder = join(scratch, 'large');
  const xml = jobConf(folder, 100_000);
  const commands: [string, string, string[]][] = [
    ['gxgen validate', process.execPath, [program, 'validate', join(folder, 'galaxy.yml')]],
  ];
  const xmllint = spawnSync('xmllint', ['--version']).status === 0;
  if (xmllint) commands.unshift(['xmllint --noout', 'xmllint', ['--noout', xml]]);
  else say('  xmllint is left out: apt-get install libxml2-utils');
  say('\na job_conf.xml with 100,000 tools');
  const best = race(commands, 7);
  for (const [index, [name]] of commands.entries()) {
    row(name, best[index] ?? 0, best[0] ?? 1, index === 1 ? 'budget 6.00' : '');
  }
}

function growth(): void {
  say('\nten times the input');
  const sizes = [10_000, 100_000];
  const best = race(
    sizes.map((size) => {
      const folder = join(scratch, `growth-${size}`);
      jobConf(folder, size);
      return [`${size} tools`, process.execPath, [program, 'validate', join(folder, 'galaxy.yml')]];
    }),
    5,
  );
  for (const [index, size] of sizes.entries()) {
    row(`validate, ${size} tools`, best[index] ?? 0, best[0] ?? 1, index === 1 ? 'budget 11.00' : '');
  }
}

// In turn, so that a busy moment meets all of them.
function race(commands: readonly [string, string, string[]][], times: number): number[] {
  const best = commands.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < times; round++) {
    commands.forEach(([, command, args], index) => {
      const started = performance.now();
      spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, ...gravityEnvironment() } });
      best[index] = Math.min(best[index] ?? 0, performance.now() - started);
    });
  }
  return best;
}

function jobConf(folder: string, tools: number): string {
  mkdirSync(folder, { recursive: true });
  const lines = Array.from(
    { length: tools },
    (_, index) => `        <tool id="tool_${index}" handler="h1" destination="local"/>`,
  );
  const xml = join(folder, 'job_conf.xml');
  writeFileSync(
    xml,
    `<job_conf>\n    <plugins><plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/></plugins>\n    <handlers><handler id="h1"/></handlers>\n    <destinations><destination id="local" runner="local"/></destinations>\n    <tools>\n${lines.join('\n')}\n    </tools>\n</job_conf>\n`,
  );
  writeFileSync(
    join(folder, 'galaxy.yml'),
    'gravity:\n  galaxy_root: /srv/galaxy\n  galaxy_user: galaxy\n  virtualenv: /srv/venv\ngalaxy:\n  job_config_file: job_conf.xml\n',
  );
  return xml;
}

// Gravity on the same example, where the peers suite has installed it.
function gravityUpdate(): [string, string[]] | undefined {
  const cache = 'node_modules/.cache/gxgen/peers';
  const galaxyctl = (existsSync(cache) ? readdirSync(cache) : [])
    .map((name) => join(cache, name, 'bin/galaxyctl'))
    .find((path) => existsSync(path));
  if (galaxyctl === undefined) return undefined;
  // The same server for supervisor, which needs no root, with every path inside the scratch folder. Through its Python,
  // as the environment was moved after its scripts were written.
  const folder = join(scratch, 'gravity');
  mkdirSync(folder, { recursive: true });
  for (const name of ['galaxy.yml', 'job_conf.yml', 'reports.yml']) {
    const text = readFileSync(join(dirname(example), name), 'utf8');
    writeFileSync(
      join(folder, name),
      text
        .replaceAll('/srv/galaxy', scratch)
        .replace('process_manager: systemd', 'process_manager: supervisor'),
    );
  }
  const python = join(dirname(galaxyctl), 'python');
  const command: [string, string[]] = [
    python,
    [galaxyctl, '-c', join(folder, 'galaxy.yml'), 'update', '--force'],
  ];
  const { status } = spawnSync(...command, { env: { ...process.env, ...gravityEnvironment() } });
  return status === 0 ? command : undefined;
}

function gravityEnvironment(): Record<string, string> {
  return {
    GRAVITY_SYSTEMD_UNIT_PATH: join(scratch, 'units'),
    GRAVITY_STATE_DIR: join(scratch, 'state'),
    GRAVITY_SKIP_SYSTEMD: '1',
  };
}

function row(name: string, milliseconds: number, base: number, note: string): void {
  say(
    `  ${name.padEnd(32)} ${milliseconds.toFixed(0).padStart(6)} ms  ${(milliseconds / base).toFixed(2).padStart(6)}  ${note}`.trimEnd(),
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
