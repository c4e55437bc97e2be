// Which units an instance has, by layout.

import type { Process } from '../../model/deployment.ts';
import { foldProcesses, type Range } from '../../model/fold.ts';
import { fileNamePart } from '../names.ts';

/** A unit to be written, before its values are escaped. */
export interface Plan {
  /** Without `.service`. */
  readonly unit: string;
  /** What it is called beside the name of the server. */
  readonly label: string;
  /** What it runs; for a template unit the pattern of all. */
  readonly process: Process;
  /** What the target wants: the unit, or the instances of a template unit. */
  readonly wants: readonly string[];
  /** For a template unit. */
  readonly range?: Range;
}

/** One unit a process, under the names of Gravity's direct style. */
export function planUnits(base: string, processes: readonly Process[]): Plan[] {
  return processes.map((process) => single(base, process));
}

/** One template unit for processes that differ only by their number; the rest as in `planUnits`. */
export function planTemplates(base: string, processes: readonly Process[]): Plan[] {
  return foldProcesses(processes).flatMap((group) => {
    if (group.kind === 'single') return [single(base, group.process)];
    // `%i` has one form, and an environment file is not expanded.
    const secret = group.pattern.env.some(
      ({ secret, value }) => secret && group.fill(value.value, () => '') !== value.value,
    );
    const [width = 0, ...others] = group.widths;
    if (others.length > 0 || secret) return planUnits(base, group.members);
    const unit = `${base}-${fileNamePart(group.label)}@`;
    return [
      {
        unit,
        label: `${group.label} (process ${group.mark(width)})`,
        process: group.pattern,
        wants: group.pattern.autostart ? group.numerals.map((one) => `${unit}${one}.service`) : [],
        range: group,
      },
    ];
  });
}

function single(base: string, process: Process): Plan {
  const unit = `${base}-${fileNamePart(process.name)}`;
  return { unit, label: process.name, process, wants: process.autostart ? [`${unit}.service`] : [] };
}
