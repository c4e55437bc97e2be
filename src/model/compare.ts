// What is different between two deployments, or between one and the record of another: leaf by leaf, with places and in
// words. Secret values stay in the differences for who compares further; whatever is printed goes through `shown`.

import type { Plain } from '../syntax/tree.ts';
import { implications } from './compare-implied.ts';
import { differenceWords } from './compare-words.ts';
import type { Deployment } from './deployment.ts';
import type { Fact } from './fact.ts';
import { factsOf } from './facts.ts';
import type { Origin } from './located.ts';

/** One of the two states of a leaf. */
export interface Side {
  /** The real value. A record has a hash in the place of a secret. */
  readonly value: Plain;
  /** For people: secrets masked. */
  readonly shown: Plain;
  readonly origin?: Origin;
  /** Of a record: `galaxy.yml:4:7`. */
  readonly place?: string;
}

export interface Difference {
  /** Name of the instance. */
  readonly instance: string;
  readonly path: readonly string[];
  /** The path with slashes: `process/handler_3/env/SGE_ROOT`. */
  readonly subject: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: Side;
  readonly after?: Side;
  /** True when a value of either side is secret. */
  readonly secret: boolean;
  /** True when it follows from another difference: the arguments of a process from a setting of its service. */
  readonly implied: boolean;
  /** Secrets masked: `gunicorn: workers 4 to 6`. */
  readonly words: string;
}

export function compareDeployments(before: Deployment, after: Deployment): Difference[] {
  return compareFacts(factsOf(before), factsOf(after));
}

/**
 * The differences in the order of `after`, then what is gone, in the order of `before`. What belongs to a thing that is
 * new or gone as a whole is not listed.
 */
export function compareFacts(before: readonly Fact[], after: readonly Fact[]): Difference[] {
  const [old, fresh] = [byKey(before), byKey(after)];
  const found: Omit<Difference, 'implied' | 'words'>[] = [];
  const whole = new Set<string>();
  const add = (one: Fact, sides: Pick<Difference, 'change' | 'before' | 'after'>) => {
    const key = keyOf(one);
    if (sides.change !== 'changed') whole.add(key);
    if (prefixes(one).some((prefix) => whole.has(prefix))) return;
    const { instance, path } = one;
    const secret = sides.before?.shown !== sides.before?.value || sides.after?.shown !== sides.after?.value;
    found.push({ instance, path, subject: path.join('/'), secret, ...sides });
  };
  for (const [key, one] of fresh) {
    const other = old.get(key);
    if (other === undefined) add(one, { change: 'added', after: sideOf(one) });
    else if (!same(other.value, one.value))
      add(one, { change: 'changed', before: sideOf(other), after: sideOf(one) });
  }
  for (const [key, one] of old) if (!fresh.has(key)) add(one, { change: 'removed', before: sideOf(one) });
  const services = serviceOfProcess([...before, ...after]);
  const implied = implications(found, services);
  return found.map((one) => ({ ...one, implied: implied(one), words: differenceWords(one) }));
}

/** The value of a fact for comparison and for people. */
function sideOf({ value, shown, origin, place }: Fact): Side {
  return {
    value,
    shown: shown ?? value,
    ...(origin === undefined ? {} : { origin }),
    ...(place === undefined ? {} : { place }),
  };
}

/** The service of each process, by instance and name of the process. */
function serviceOfProcess(facts: readonly Fact[]): Map<string, string> {
  return new Map(
    facts
      .filter(({ path }) => path[0] === 'process' && path.length === 2)
      .map(({ instance, path, value }) => [`${instance}\0${path[1]}`, String(value)]),
  );
}

function byKey(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((one) => [keyOf(one), one]));
}

function keyOf({ instance, path }: Pick<Fact, 'instance' | 'path'>): string {
  return `${instance}\0${path.join('\0')}`;
}

/** The keys of everything that a fact belongs to: of its instance, and of each thing on its path. */
function prefixes({ instance, path }: Pick<Fact, 'instance' | 'path'>): string[] {
  const own = path.slice(1, -1).map((_, index) => keyOf({ instance, path: path.slice(0, index + 2) }));
  return path.length === 1 ? own : [`${instance}\0instance`, ...own];
}

function same(a: Plain, b: Plain): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && stable(a) === stable(b);
}

/** JSON with the keys of objects in order. */
function stable(value: Plain): string {
  return JSON.stringify(value, (_, item: Plain) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
