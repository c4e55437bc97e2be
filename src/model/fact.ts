// One leaf of a deployment, and how leaves are gathered.

import type { Plain } from '../syntax/tree.ts';
import type { Located, Origin } from './located.ts';
import { isSecretArgument, looksSecret } from './secrets.ts';

export interface Fact {
  /** Name of the instance. */
  readonly instance: string;
  /** `option, file_path`; `process, handler_3, env, SGE_ROOT`. One that others go on from tells that the thing exists. */
  readonly path: readonly string[];
  /** The real value, which may be secret: `shown` is for people. */
  readonly value: Plain;
  /** The value with masks; present exactly when it holds a secret. */
  readonly shown?: Plain;
  /** Of a compiled deployment. */
  readonly origin?: Origin;
  /** Of a record: `galaxy.yml:4:7`. */
  readonly place?: string;
}

/** What stands for a secret. */
export const secretMask = '********';

/** Gathers the leaves of one instance, each path once. */
export class Facts {
  readonly list: Fact[] = [];
  readonly #instance: string;
  readonly #taken = new Map<string, number>();

  constructor(instance: string) {
    this.#instance = instance;
  }

  /** @param shown as in `Fact` */
  add(path: readonly string[], { value, origin }: Located<Plain>, shown?: Plain): void {
    const masked = shown === undefined ? {} : { shown };
    this.list.push({ instance: this.#instance, path, value, ...masked, origin });
  }

  maybe(path: readonly string[], located: Located<Plain> | undefined): void {
    if (located) this.add(path, located);
  }

  /** Several values as one leaf; none is no leaf. */
  addList(path: readonly string[], values: readonly Located<string>[]): void {
    const [first] = values;
    if (first) this.add(path, { value: values.map((one) => one.value), origin: first.origin });
  }

  /** A thing that has leaves of its own. @returns its path: a second one of the same name is told apart by a number */
  entry(path: readonly string[], located: Located<Plain>, shown?: Plain): readonly string[] {
    const key = path.join('\0');
    const count = (this.#taken.get(key) ?? 0) + 1;
    this.#taken.set(key, count);
    const own = count === 1 ? path : [...path.slice(0, -1), `${path.at(-1)} (${count})`];
    this.add(own, located, shown);
    return own;
  }
}

/** A value with masks for what is secret in it; undefined where nothing is. */
export function masked(name: string, value: Plain): Plain | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return undefined;
  if (typeof value === 'string') return looksSecret(name, value) ? secretMask : undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => masked(name, item));
    return items.every((item) => item === undefined)
      ? undefined
      : items.map((item, index) => item ?? (value[index] as Plain));
  }
  let found = false;
  const out: { [key: string]: Plain } = {};
  for (const [key, item] of Object.entries(value ?? {})) {
    const hidden = masked(key, item);
    found ||= hidden !== undefined;
    out[key] = hidden ?? item;
  }
  return found ? out : undefined;
}

/** The words of a command line with masks for the secret ones; undefined where none is. */
export function maskedArguments(words: readonly string[]): string[] | undefined {
  const shown = words.map((word, index) =>
    isSecretArgument(words[index - 1] ?? '', word)
      ? word.replace(/^(-{0,2}[A-Za-z][\w.-]*=|).*$/s, `$1${secretMask}`)
      : word,
  );
  return shown.some((word, index) => word !== words[index]) ? shown : undefined;
}
