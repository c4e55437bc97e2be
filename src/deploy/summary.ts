// What changed, one line a change: of the configuration, or of what the files run.

import type { Difference } from '../model/compare.ts';
import type { RunningSet } from '../model/running.ts';
import { compareRunning } from './compare-running.ts';
import type { FileComparison, FileState } from './drift.ts';

/** The differences that do not follow from others; processes that share one stand together. @param instances how many there are */
export function changeSummary(changes: readonly Difference[], instances: number): string[] {
  const several = instances > 1 || new Set(changes.map((one) => one.instance)).size > 1;
  const rows = new Map<string, string[]>();
  for (const { implied, path, words, instance } of changes) {
    if (implied) continue;
    const own = several || path.join('/') === 'instance' ? `[${instance}] ` : '';
    const has = path.length > 2 && (path[0] === 'process' || path[0] === 'service');
    const name = has ? words.slice(0, words.indexOf(': ')) : '';
    const rest = name === '' ? words : words.slice(name.length);
    const key = `${own}\0${rest}`;
    rows.set(key, [...(rows.get(key) ?? []), name]);
  }
  return [...rows].map(([key, names]) => {
    const [own = '', rest = ''] = key.split('\0');
    return `${own}${nameList(names)}${rest}`;
  });
}

const mostNames = 4;

function nameList(names: readonly string[]): string {
  if (names.length <= mostNames) return names.join(', ');
  return `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`;
}

/** The same where only the files tell: what each process would be given otherwise. */
export function runningSummary(before: RunningSet, after: RunningSet): string[] {
  return compareRunning(before, after).flatMap(({ before, after, atStart, atOnce }) => {
    if (!before) return [`${after?.name}: new process`];
    if (!after) return [`${before.name}: process removed`];
    return [...atStart, ...atOnce].map((words) => `${after.name}: ${words}`);
  });
}

const states: Readonly<Record<FileState, string>> = {
  same: '',
  new: 'new file',
  changed: 'changed',
  mode: 'another mode',
  leftover: 'file removed',
  blocked: 'something is in its way',
};

/** For a target that runs nothing: its files. */
export function fileSummary(files: readonly FileComparison[]): string[] {
  return files.flatMap(({ path, state }) => (state === 'same' ? [] : [`${path}: ${states[state]}`]));
}
