// Makes a failing case small: drops files, keys and list entries while the same defect stays.

import type { Case, Section } from './case.ts';
import type { Value } from './yaml-text.ts';

/** @param still whether the smaller case still shows the defect; asked at most `tries` times. */
export async function minimise(
  start: Case,
  still: (smaller: Case) => Promise<boolean>,
  tries = 120,
): Promise<Case> {
  let best = start;
  let left = tries;
  let progress = true;
  while (progress) {
    progress = false;
    for (const smaller of candidates(best)) {
      if (left-- <= 0) return best;
      if (!(await still(smaller))) continue;
      best = smaller;
      progress = true;
      break;
    }
  }
  return best;
}

/** Every case that lacks one thing, the largest things first. */
function* candidates(one: Case): Generator<Case> {
  for (const path of Object.keys(one.files)) {
    if (!one.configs.includes(path)) yield { ...one, files: without(one.files, path) };
  }
  for (const depth of [1, 2, 3, 4, 5]) {
    for (const [path, content] of Object.entries(one.files)) {
      if (typeof content === 'string') continue;
      for (const smaller of lacking(content, depth))
        yield { ...one, files: { ...one.files, [path]: smaller as Section } };
    }
  }
}

/** Copies of a value, each without one entry `depth` levels down. */
function* lacking(value: Value, depth: number): Generator<Value> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [at, entry] of value.entries()) {
      if (depth === 1) yield value.filter((_, other) => other !== at);
      else
        for (const smaller of lacking(entry, depth - 1))
          yield value.map((kept, other) => (other === at ? smaller : kept));
    }
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    if (depth === 1) yield without(value, key);
    else for (const smaller of lacking(entry, depth - 1)) yield { ...value, [key]: smaller };
  }
}

function without<T>(from: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([other]) => other !== key));
}
