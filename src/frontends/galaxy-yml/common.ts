// What all services of the `gravity:` section have in common.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Located, map, spanOf } from '../../model/located.ts';
import type { CommonSettings, VariableSetting } from '../../model/settings.ts';
import type { Section } from '../../schema/section.ts';
import { reportVariable } from './unexpanded.ts';

/** @param gravity the whole section, for what a service does not set itself */
export function commonSettings(section: Section, gravity: Section, report: Report): CommonSettings {
  const memoryMax = section.maybeNum('memory_limit') ?? gravity.maybeNum('memory_limit');
  const memoryHigh = section.maybeNum('memory_high') ?? gravity.maybeNum('memory_high');
  return {
    umask: nonEmpty(section.maybeStr('umask')) ?? gravity.str('umask'),
    startTimeout: section.int('start_timeout'),
    stopTimeout: section.int('stop_timeout'),
    ...(memoryHigh ? { memoryHigh: map(memoryHigh, bytes) } : {}),
    ...(memoryMax ? { memoryMax: map(memoryMax, bytes) } : {}),
    environment: environment(section, report),
  };
}

/** Of the services that take arguments of their own. */
export function extraArguments(section: Section, report: Report): Located<string> {
  const found = section.str('extra_args');
  reportVariable('extra_args', found, report);
  return found;
}

/** Absent instead of empty: where Gravity leaves an option away for `""`. */
export function nonEmpty(text: Located<string> | undefined): Located<string> | undefined {
  return text?.value === '' ? undefined : text;
}

// systemd cuts the fraction of a byte that `0.7G` leaves.
function bytes(gigabytes: number): number {
  return Math.floor(gigabytes * 2 ** 30);
}

function environment(section: Section, report: Report): VariableSetting[] {
  const out: VariableSetting[] = [];
  for (const { key, value } of section.texts('environment')) {
    if (!reportVariable(key.value, value, report) && /[{}]/.test(value.value))
      report(braces(key.value, value));
    if (key.value === 'PATH') report(literalPath(key));
    out.push({ name: key, value });
  }
  return out;
}

function braces(name: string, text: Located<string>) {
  return problem('GX330', `"${name}" has braces, which Gravity would expand and gxgen keeps`, spanOf(text), {
    why: 'Gravity reads every environment value as a Python format string: {galaxy_root} is replaced, other braces stop it',
    help: 'write the value itself; if a field such as {galaxy_root} was meant, write what it stands for',
  });
}

function literalPath(key: Located<string>) {
  return problem('GX331', '"PATH" is taken as it is written', spanOf(key), {
    why: 'Gravity would put the bin folder of the virtualenv in front of it',
    help: 'add that folder to the value if programs of the virtualenv are to be found',
  });
}
