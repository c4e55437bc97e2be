// Which processes differ only by their number, so that a target can write them once: `handler_0`, `handler_1`, ...
// as one supervisor program with `numprocs`, or one systemd template unit.

import type { Process } from './deployment.ts';
import { type Located, map } from './located.ts';

/** A process that is written by itself. */
export interface Single {
  readonly kind: 'single';
  readonly process: Process;
}

/** Processes with consecutive numbers that are the same but for their number. */
export interface Range {
  readonly kind: 'range';
  /** Their common name without the number and what separates it; unique among the groups and processes. */
  readonly label: string;
  readonly first: number;
  /** In the order of their numbers, at least two. */
  readonly members: readonly Process[];
  /** The number of each member as its name writes it. */
  readonly numerals: readonly string[];
  /** The digits that numbers are padded to, for each form that occurs, that of the name first; 0 for none. */
  readonly widths: readonly number[];
  /** A member with marks in place of the number. Marks are letters and digits, so escaping leaves them alone. */
  readonly pattern: Process;
  /** What stands for a number of that width. */
  mark(width: number): string;
  /** Text made from `pattern` with `number(width)` in place of each mark. */
  fill(text: string, number: (width: number) => string): string;
}

export type Group = Single | Range;

interface Numbered {
  readonly process: Process;
  readonly index: number;
  readonly stem: string;
  readonly numeral: string;
  readonly number: number;
}

/** Literal texts and, between them, numbers by the width they are padded to. */
type Parts = readonly (string | number)[];

interface Run {
  readonly members: readonly Numbered[];
  readonly width: number;
  readonly parts: readonly Parts[];
}

/**
 * The processes of one instance, those that fold as one group in the place of their first. At most one group comes
 * out of each stem: the longest row of numbers.
 */
export function foldProcesses(processes: readonly Process[]): Group[] {
  const stems = new Map<string, Numbered[]>();
  processes.forEach((process, index) => {
    const match = /^(.*?)([0-9]{1,9})$/s.exec(process.name);
    const [, stem = '', numeral = ''] = match ?? [];
    if (trimmed(stem) === '') return;
    const list = stems.get(stem) ?? [];
    list.push({ process, index, stem, numeral, number: Number(numeral) });
    stems.set(stem, list);
  });
  const runs = [...stems.values()].flatMap((list) => longestRun(list) ?? []);
  const labels = labelsOf(runs, processes);
  const at = new Map<number, Group | undefined>();
  runs.forEach((run, number) => {
    const label = labels[number];
    if (label === undefined) return;
    for (const member of run.members) at.set(member.index, undefined);
    at.set(Math.min(...run.members.map((one) => one.index)), range(run, label));
  });
  return processes.flatMap((process, index): Group[] => {
    if (!at.has(index)) return [{ kind: 'single', process }];
    const group = at.get(index);
    return group ? [group] : [];
  });
}

function longestRun(list: readonly Numbered[]): Run | undefined {
  if (list.length < 2) return undefined;
  const padded = list.some((one) => one.numeral.length > 1 && one.numeral.startsWith('0'));
  const width = padded ? (list[0]?.numeral.length ?? 0) : 0;
  if (padded && list.some((one) => one.numeral.length !== width)) return undefined;
  const sorted = [...list].sort((a, b) => a.number - b.number);
  let best: Run | undefined;
  for (let start = 0; start + 1 < sorted.length; ) {
    const run = runFrom(sorted, start, width);
    if (run && run.members.length > (best?.members.length ?? 1)) best = run;
    start += run ? run.members.length : 1;
  }
  return best;
}

function runFrom(sorted: readonly Numbered[], start: number, width: number): Run | undefined {
  const first = sorted[start];
  const second = sorted[start + 1];
  if (!first || !second || second.number !== first.number + 1) return undefined;
  if (!sameConstants(first.process, second.process)) return undefined;
  const before = textsOf(first.process);
  const after = textsOf(second.process);
  if (before.length !== after.length) return undefined;
  const parts: Parts[] = [];
  for (const [index, text] of before.entries()) {
    const found = align(text.value, after[index]?.value ?? '', first.number, second.number, width);
    if (!found) return undefined;
    parts.push(found);
  }
  const members = [first, second];
  for (const next of sorted.slice(start + 2)) {
    if (next.number !== first.number + members.length || !sameConstants(first.process, next.process)) break;
    const texts = textsOf(next.process);
    const fits =
      texts.length === parts.length &&
      parts.every((one, index) => written(one, (w) => digits(next.number, w)) === texts[index]?.value);
    if (!fits) break;
    members.push(next);
  }
  return { members, width, parts };
}

/** What two texts share, with the places where one has its number and the other has the next. */
function align(a: string, b: string, numberA: number, numberB: number, width: number): Parts | undefined {
  const forms = (width === 0 ? [0] : [width, 0]).map((w) => {
    const [inA, inB] = [digits(numberA, w), digits(numberB, w)];
    return { w, inA, inB, same: commonLength(inA, inB) };
  });
  const parts: (string | number)[] = [];
  let start = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    const form = forms.find(
      ({ inA, inB, same }) => i - same >= start && a.startsWith(inA, i - same) && b.startsWith(inB, j - same),
    );
    if (!form) return undefined;
    parts.push(a.slice(start, i - form.same), form.w);
    i += form.inA.length - form.same;
    j += form.inB.length - form.same;
    start = i;
  }
  parts.push(a.slice(start));
  return parts;
}

/** Every text of a process that may hold its number, in one fixed order. */
function textsOf(process: Process): readonly Located<string>[] {
  return [...process.argv, ...process.env.map((one) => one.value), ...process.dirs, process.log];
}

function sameConstants(a: Process, b: Process): boolean {
  return (
    a.type === b.type &&
    a.cwd.value === b.cwd.value &&
    a.umask.value === b.umask.value &&
    a.user?.value === b.user?.value &&
    a.group?.value === b.group?.value &&
    a.startTimeout.value === b.startTimeout.value &&
    a.stopTimeout.value === b.stopTimeout.value &&
    a.memoryHigh?.value === b.memoryHigh?.value &&
    a.memoryMax?.value === b.memoryMax?.value &&
    a.stopSignal === b.stopSignal &&
    a.restart === b.restart &&
    a.autostart === b.autostart &&
    a.readiness === b.readiness &&
    a.graceful === b.graceful &&
    a.priority?.value === b.priority?.value &&
    a.program?.value === b.program?.value &&
    a.programGroup?.value === b.programGroup?.value &&
    a.stopAsGroup === b.stopAsGroup &&
    a.argv.length === b.argv.length &&
    a.dirs.length === b.dirs.length &&
    a.env.length === b.env.length &&
    a.env.every((one, index) => one.name === b.env[index]?.name && one.secret === b.env[index]?.secret)
  );
}

/** Labels by run; undefined for a run that has to stay apart because its name is taken. */
function labelsOf(runs: readonly Run[], processes: readonly Process[]): (string | undefined)[] {
  const names = new Set(processes.map((one) => one.name));
  const stems = runs.map((run) => run.members[0]?.stem ?? '');
  const count = new Map<string, number>();
  for (const stem of stems) count.set(trimmed(stem), (count.get(trimmed(stem)) ?? 0) + 1);
  return stems.map((stem) => {
    const label = count.get(trimmed(stem)) === 1 ? trimmed(stem) : stem;
    return names.has(label) ? (names.has(stem) ? undefined : stem) : label;
  });
}

function range(run: Run, label: string): Range {
  const [first] = run.members;
  if (!first) throw new Error('a run without members');
  const processes = run.members.map((one) => one.process);
  const mark = absentMark(processes);
  const marked = (width: number) => `${mark}${width}E`;
  const texts = textsOf(first.process).map((text, index) =>
    map(text, () => written(run.parts[index] ?? [], marked)),
  );
  const { argv, env, dirs } = first.process;
  const rest = argv.length + env.length;
  const forms = new RegExp(`${mark}([0-9]+)E`, 'g');
  return {
    kind: 'range',
    label,
    first: first.number,
    members: processes,
    numerals: run.members.map((one) => one.numeral),
    widths: [...new Set([run.width, ...run.parts.flat().filter((one) => typeof one === 'number')])],
    pattern: {
      ...first.process,
      name: `${first.stem}${marked(run.width)}`,
      argv: texts.slice(0, argv.length),
      env: env.map((one, index) => ({ ...one, value: texts[argv.length + index] ?? one.value })),
      dirs: texts.slice(rest, rest + dirs.length),
      log: texts.at(-1) ?? first.process.log,
    },
    mark: marked,
    fill: (text, number) => text.replace(forms, (_, width: string) => number(Number(width))),
  };
}

/** A beginning of marks that no text of the processes holds. */
function absentMark(processes: readonly Process[]): string {
  const all = processes.flatMap((one) => [
    one.name,
    ...[one.cwd, one.umask, one.user, one.group, ...textsOf(one)].map((text) => text?.value ?? ''),
  ]);
  for (let count = 0; ; count++) {
    const mark = `gxN${count}N`;
    if (!all.some((text) => text.includes(mark))) return mark;
  }
}

function written(parts: Parts, number: (width: number) => string): string {
  return parts.map((one) => (typeof one === 'number' ? number(one) : one)).join('');
}

function digits(number: number, width: number): string {
  return String(number).padStart(width, '0');
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Without the separators at its end. */
function trimmed(stem: string): string {
  let end = stem.length;
  while (end > 0 && '_.-'.includes(stem.charAt(end - 1))) end--;
  return stem.slice(0, end);
}
