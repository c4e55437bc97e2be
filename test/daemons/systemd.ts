// Units in a sandbox's systemd: installing, starting, asking.

import { readdirSync } from 'node:fs';
import { until } from './command.ts';
import type { Sandbox } from './sandbox.ts';
import type { Seen } from './witness.ts';

/** Copies a folder of units to where an administrator would put them, and has systemd read them. */
export async function install(box: Sandbox, folder: string): Promise<void> {
  await box.output(['cp', '-a', `${folder}/.`, box.units]);
  await box.output(['systemctl', 'daemon-reload']);
}

/** The units with one ending in a folder. */
export function unitsIn(folder: string, ending: '.service' | '.target'): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Starts units and waits until systemd has nothing more to do; what it said on stderr. */
export async function start(box: Sandbox, units: readonly string[]): Promise<string> {
  let said = '';
  for (let at = 0; at < units.length; at += 500) {
    said += (await box.run(['systemctl', 'start', '--no-block', ...units.slice(at, at + 500)])).stderr;
  }
  await settled(box);
  return said;
}

/** Waits until no job is queued or running. */
export async function settled(box: Sandbox): Promise<void> {
  await until('the jobs of systemd', async () => {
    const jobs = await box.output(['systemctl', 'list-jobs', '--no-legend', '--plain']);
    return jobs.trim() === '' || jobs.includes('No jobs') ? true : undefined;
  });
}

export type Properties = Readonly<Record<string, string>>;

/** `systemctl show` of many units, by unit. */
export async function show(
  box: Sandbox,
  units: readonly string[],
  ...names: string[]
): Promise<Map<string, Properties>> {
  const shown = new Map<string, Properties>();
  for (let at = 0; at < units.length; at += 500) {
    const some = units.slice(at, at + 500);
    const text = await box.output(['systemctl', 'show', `--property=Id,${names.join(',')}`, '--', ...some]);
    for (const part of text.trim().split(/\n\n+/)) {
      const properties = Object.fromEntries(
        part.split('\n').map((line) => [line.replace(/=.*/s, ''), line.replace(/^[^=]*=/, '')]),
      );
      shown.set(properties['Id'] ?? '', properties);
    }
  }
  return shown;
}

/** What the main process of each unit saw; units without one, or whose process has not told, are absent. */
export async function processes(box: Sandbox, units: readonly string[]): Promise<Map<string, Seen>> {
  const pids = new Map<string, number>();
  for (const [unit, { MainPID }] of await show(box, units, 'MainPID')) {
    if (MainPID !== undefined && MainPID !== '0') pids.set(unit, Number(MainPID));
  }
  const told = () => {
    const seen = box.seen();
    return [...pids.values()].every((pid) => seen.has(pid)) ? seen : undefined;
  };
  const seen = await until('what the processes saw', told, 5).catch(() => box.seen());
  return new Map(
    [...pids].flatMap(([unit, pid]) => (seen.has(pid) ? [[unit, seen.get(pid) as Seen] as const] : [])),
  );
}

/** What systemd complained about in our units. That the sandbox has no journal is not their fault. */
export function complaints(box: Sandbox): string[] {
  return box
    .log()
    .split('\n')
    .filter((line) => /^<([0-4]|2[4-8])>.*galaxy/.test(line) && !line.includes('journal socket'));
}
