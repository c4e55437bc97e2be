// Sends every hostile string through one place of a configuration, with gxgen and with Gravity, into the real process
// manager, and counts what arrived.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gravity } from './gravity.ts';
import { errorsOf, type Problem, render } from './gxgen.ts';
import { type Hostile, hostile } from './hostile.ts';
import {
  besides,
  configuration,
  type Expected,
  escapedUnitName,
  galaxySection,
  type Place,
  type Spot,
  type Target,
} from './places.ts';
import { inSandbox, type Sandbox } from './sandbox.ts';
import { folder } from './scratch.ts';
import { mainConfiguration, settledProcesses, startSupervisor } from './supervisor.ts';
import { install, processes, start, unitsIn } from './systemd.ts';
import { type Seen, standIn } from './witness.ts';
import { yamlText } from './yaml.ts';

export interface Trial {
  readonly string: Hostile;
  readonly spot: Spot;
  /** False when the value would have to name a file that cannot exist. */
  readonly exists: boolean;
}

export interface Tally {
  exact: number;
  /** Refused, and rightly so. */
  refused: number;
  /** Neither refused nor possible to try: the file cannot exist. */
  untried: number;
  /** What went wrong, one line a string. */
  readonly wrong: string[];
}

/** Writes the configurations of a place, and everything they name. */
export function layOut(place: Place): Trial[] {
  const base = folder('fidelity', place.key);
  const virtualenv = folder('fidelity', 'venv');
  const root = folder('fidelity', 'galaxy');
  const tusd = join(folder('fidelity', 'bin'), 'tusd');
  for (const program of [`${virtualenv}/bin/gunicorn`, `${virtualenv}/bin/python`, tusd]) standIn(program);
  return hostile.map((string) => {
    const number = String(string.index).padStart(3, '0');
    const own = join(base, number);
    mkdirSync(join(own, 'log'), { recursive: true });
    const spot: Spot = {
      ...{
        folder: own,
        instance: `${place.key}-${number}`,
        port: 20_000 + string.index,
        config: join(own, 'galaxy.yml'),
      },
      ...{ root, virtualenv, tusd },
    };
    const exists = place.prepare(string.value, spot);
    writeFileSync(spot.config, yamlText(configuration(place, string.value, spot)));
    const other = besides(place, string.value, spot);
    writeFileSync(join(own, 'gxgen.yml'), 'layouts: {commands: daemon}\n');
    if (other !== undefined && exists) writeFileSync(other, yamlText(galaxySection(spot)));
    return { string, spot, exists };
  });
}

/** What gxgen made of a place. */
export interface Compiled {
  readonly place: Place;
  readonly target: Target;
  /** With what was decided already: the refusals. */
  readonly tally: Tally;
  /** Those whose process can be started. */
  readonly running: readonly Trial[];
  /** The folder with the files. */
  readonly out: string;
}

/** Compiles a place: first all strings, to see which are refused and how; then the others, into files. */
export async function compilePlace(
  place: Place,
  target: Target,
  trials: readonly Trial[],
): Promise<Compiled> {
  const tally = emptyTally();
  const errors = await errorsOf(
    trials.map(({ spot }) => spot.config),
    target,
  );
  const running = trials.filter((trial) => {
    const own = errors.filter(({ file }) => file === trial.spot.config);
    if (own.length > 0) judgeRefusal(place, target, trial, own, tally);
    else if (!trial.exists) tally.untried++;
    return own.length === 0 && trial.exists;
  });
  const configs = new Set(trials.map(({ spot }) => spot.config));
  for (const { file, message } of errors) {
    if (file === null || !configs.has(file)) tally.wrong.push(`an error without a place: ${message}`);
  }
  const out = folder('fidelity', place.key, `out-${target}`);
  if (running.length > 0)
    await render(
      running.map(({ spot }) => spot.config),
      target,
      out,
    );
  return { place, target, tally, running, out };
}

/**
 * Starts what was compiled and looks at every process.
 * @param program for supervisor the interpreter to run it with (see `startSupervisor`), for commands the shell
 */
export async function deliver(
  { place, target, tally, running, out }: Compiled,
  program?: string,
): Promise<Tally> {
  const result: Tally = { ...tally, wrong: [...tally.wrong] };
  if (running.length === 0) return result;
  const seen = await run(
    place,
    target,
    running,
    target === 'supervisor' ? [`${out}/*.conf`] : [out],
    program,
  );
  judge(place, running, seen, true, result);
  return result;
}

/** Gravity in a sandbox of its own, for all places. */
export interface GravityBench {
  readonly python: string;
  readonly workers: readonly Gravity[];
}

/** What Gravity does with the same configurations. `refused` holds whatever it ended with an error for. */
export async function tryGravity(
  place: Place,
  target: Target,
  trials: readonly Trial[],
  { python, workers }: GravityBench,
): Promise<Tally> {
  const tally = emptyTally();
  const units = folder('fidelity', place.key, 'gravity-units');
  const running: Trial[] = [];
  const queue = trials.filter(({ exists }) => exists);
  tally.untried = trials.length - queue.length;
  await Promise.all(
    workers.map(async (gravity) => {
      for (let trial = queue.shift(); trial; trial = queue.shift()) {
        if (await gravityWrites(gravity, trial, target, units, tally)) running.push(trial);
      }
    }),
  );
  const includes = running.flatMap(({ spot }) => supervisorFiles(spot));
  const seen = await run(place, target, running, target === 'systemd' ? [units] : includes, python);
  judge(place, running, seen, false, tally);
  return tally;
}

/** Adds up tallies. */
export function total(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const one of tallies) {
    sum.exact += one.exact;
    sum.refused += one.refused;
    sum.untried += one.untried;
    sum.wrong.push(...one.wrong);
  }
  return sum;
}

function emptyTally(): Tally {
  return { exact: 0, refused: 0, untried: 0, wrong: [] };
}

function judge(
  place: Place,
  running: readonly Trial[],
  seen: Map<string, Seen>,
  whole: boolean,
  tally: Tally,
): void {
  for (const trial of running) {
    const expected = place.expected(trial.string.value, trial.spot);
    const difference = compare(expected, seen.get(trial.spot.instance), whole);
    if (difference === undefined) tally.exact++;
    else tally.wrong.push(`${describe(trial)}: ${difference}`);
  }
}

async function gravityWrites(
  gravity: Gravity,
  { spot, string }: Trial,
  target: Target,
  units: string,
  tally: Tally,
): Promise<boolean> {
  const error = await gravity.ask({ do: 'update', config: spot.config, target, units });
  if (error !== undefined) {
    tally.refused++;
    return false;
  }
  if (target === 'systemd') return true;
  // One bad file stops supervisord for all, so each is tried alone before they are run together.
  const conf = join(spot.folder, 'alone.conf');
  writeFileSync(conf, `[supervisord]\n[include]\nfiles = ${supervisorFiles(spot).join(' ')}\n`);
  const stops = await gravity.ask({ do: 'parse', conf });
  if (stops !== undefined) tally.wrong.push(`${string.index}: supervisord stops: ${stops}`);
  return stops === undefined;
}

function supervisorFiles(spot: Spot): string[] {
  const state = join(spot.folder, 'data/gravity/supervisor/supervisord.conf.d');
  return [`${state}/*.d/*.conf`, `${state}/*.conf`];
}

function judgeRefusal(
  place: Place,
  target: Target,
  trial: Trial,
  errors: readonly Problem[],
  tally: Tally,
): void {
  const [first] = errors;
  const reason = place.impossible(trial.string.value, target, trial.spot);
  const lines = readFileSync(trial.spot.config, 'utf8').split('\n');
  const line =
    lines.findIndex((text) => text.trimStart().startsWith(`${place.mark(trial.string.value)}:`)) + 1;
  const off = errors.find((one) => one.line !== line && one.line !== line + 1);
  if (reason === undefined)
    tally.wrong.push(
      `${describe(trial)}: refused, though possible: ${first?.code} ${first?.message.slice(0, 300)}`,
    );
  else if (off)
    tally.wrong.push(
      `${describe(trial)}: ${off.code} points at line ${off.line}, the value stands in line ${line}`,
    );
  else tally.refused++;
}

/**
 * What the process of each instance saw, by instance.
 * @param files a folder with what was written, or patterns for supervisor's `[include]`
 */
async function run(
  place: Place,
  target: Target,
  trials: readonly Trial[],
  files: readonly string[],
  program?: string,
): Promise<Map<string, Seen>> {
  return inSandbox(target === 'systemd' ? 'systemd' : 'idle', (box) => {
    if (target === 'supervisor') return runSupervisor(box, trials, files, program);
    const [out = ''] = files;
    return target === 'systemd'
      ? runSystemd(box, place, trials, out)
      : runCommands(box, place, trials, out, program);
  });
}

async function runSystemd(
  box: Sandbox,
  place: Place,
  trials: readonly Trial[],
  out: string,
): Promise<Map<string, Seen>> {
  await install(box, out);
  const unitOf = ({ spot, string }: Trial) =>
    `galaxy-${spot.instance}-${escapedUnitName(place.process(string.value))}.service`;
  const there = new Set(unitsIn(out, '.service'));
  const units = trials.map(unitOf).filter((unit) => there.has(unit));
  await start(box, units);
  const seen = await processes(box, units);
  return new Map(
    trials.flatMap((trial) => {
      const one = seen.get(unitOf(trial));
      return one ? [[trial.spot.instance, one] as const] : [];
    }),
  );
}

async function runSupervisor(
  box: Sandbox,
  trials: readonly Trial[],
  files: readonly string[],
  python?: string,
): Promise<Map<string, Seen>> {
  const supervisor = await startSupervisor(box, mainConfiguration(...files), python);
  await settledProcesses(box, trials.length);
  const seen = new Map<string, Seen>();
  for (const [name, one] of supervisor.processes()) seen.set(name.replace(/:.*/s, ''), one);
  return seen;
}

async function runCommands(
  box: Sandbox,
  place: Place,
  trials: readonly Trial[],
  out: string,
  shell = 'sh',
): Promise<Map<string, Seen>> {
  const all = 'for file in "$1"/*.sh; do "$2" "$file" || echo "status $? of $file"; done';
  await box.output(['sh', '-c', all, 'sh', out, shell]);
  await settledProcesses(box, trials.length);
  const seen = box.seen();
  const found = new Map<string, Seen>();
  for (const { spot, string } of trials) {
    const pidFile = join(
      spot.folder,
      'data/gravity',
      `${spot.instance}_${escapedUnitName(place.process(string.value))}.pid`,
    );
    const one = existsSync(pidFile) ? seen.get(Number(readFileSync(pidFile, 'utf8'))) : undefined;
    if (one) found.set(spot.instance, one);
  }
  return found;
}

/** Variables that systemd, supervisord and a shell in front of a program set by themselves. */
const managers =
  /^(LANG|PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|SHLVL|_|INVOCATION_ID|SYSTEMD_EXEC_PID|NOTIFY_SOCKET|JOURNAL_STREAM|SUPERVISOR_[A-Z_]+)$/;

/**
 * What differs between the process that was wanted and the one that ran, or undefined.
 * @param whole false leaves out what Gravity does on purpose otherwise: its PATH, the variables of handlers
 */
export function compare(expected: Expected, seen: Seen | undefined, whole: boolean): string | undefined {
  if (!seen) return 'no process runs';
  if (JSON.stringify(seen.argv) !== JSON.stringify(expected.argv)) {
    return `argv is ${shorten(seen.argv)}, not ${shorten(expected.argv)}`;
  }
  if (seen.cwd !== expected.cwd) return `cwd is ${shorten(seen.cwd)}, not ${shorten(expected.cwd)}`;
  for (const [name, value] of Object.entries(expected.env)) {
    if (!whole && (name === 'PATH' || (name === 'GALAXY_CONFIG_FILE' && !seen.env.has(name)))) continue;
    const found = seen.env.get(name);
    if (found !== value) return `${name} is ${shorten(found)}, not ${shorten(value)}`;
  }
  const stray = [...seen.env.keys()].filter((name) => !(name in expected.env) && !managers.test(name));
  if (whole && stray.length > 0) return `stray variables ${shorten(stray)}`;
  if (expected.logs !== undefined && !logsTo(expected.logs, seen))
    return `no log in ${shorten(expected.logs)}`;
  return undefined;
}

function logsTo(directory: string, seen: Seen): boolean {
  return readdirSync(directory).some((name) =>
    readFileSync(join(directory, name), 'utf8').includes(`witness ${seen.pid} writes to stdout`),
  );
}

function describe({ string }: Trial): string {
  return `#${string.index} (${string.why})`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 400 ? `${text.slice(0, 200)}...${text.slice(-150)}` : text;
}
