// Units in a sandbox's systemd: installing, starting, asking.

import { readdirSync } from 'node:fs';
import { pause, until } from './command.ts';
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
      shown.set(properties.Id ?? '', properties);
    }
  }
  return shown;
}

/**
 * What the main process of each unit saw; units without one, or whose process has not told, are absent.
 * @param seconds how long to wait for those
 */
export async function processes(
  box: Sandbox,
  units: readonly string[],
  seconds = 10,
): Promise<Map<string, Seen>> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const shown = await show(box, units, 'MainPID');
    const seen = box.seen();
    const found = new Map<string, Seen>();
    for (const unit of units) {
      const one = seen.get(Number(shown.get(unit)?.MainPID ?? 0));
      if (one) found.set(unit, one);
    }
    if (found.size === units.length || performance.now() > end) return found;
    await pause(100);
  }
}

/** What systemd complained about in our units. That the sandbox has no journal is not their fault. */
export function complaints(box: Sandbox): string[] {
  return box
    .log()
    .split('\n')
    .filter((line) => /^<([0-4]|2[4-8])>.*galaxy/.test(line) && !line.includes('journal socket'));
}
