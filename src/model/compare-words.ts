// A difference between two deployments in one line for people.

import type { Plain } from '../syntax/tree.ts';
import type { Difference } from './compare.ts';

type Bare = Pick<Difference, 'path' | 'change' | 'before' | 'after' | 'secret'>;

// How things are called, by the first part of their path.
const things: Readonly<Record<string, string>> = {
  destination: 'destination',
  handler: 'handler',
  limit: 'limit',
  option: 'option',
  process: 'process',
  resources: 'resource group',
  runner: 'runner',
  service: 'service',
  tool: 'tool',
};

const longest = 60;
const mostArguments = 4;

/** `gunicorn: workers 4 to 6`, `handler_3: new process`, `option file_path: /a to /b`. */
export function differenceWords(difference: Bare): string {
  const { path, change } = difference;
  const [kind = '', name = '', ...rest] = path;
  if (kind === 'instance')
    return name === '' ? `${change === 'added' ? 'new' : 'removed'} instance` : detail(name, difference);
  if (kind === 'workflow') {
    const inner = path.slice(1);
    const words =
      inner.length > 1 ? differenceWords({ ...difference, path: inner }) : detail(name, difference);
    return `workflow schedulers: ${words}`;
  }
  if (kind === 'handling' || kind === 'destinations') return detail(`${kind} ${name}`, difference);
  const thing = things[kind] ?? kind;
  if (rest.length === 0) {
    if (kind === 'option' || kind === 'resources') return detail(`${thing} ${visible(name)}`, difference);
    if (kind === 'limit' && change === 'changed') return detail(`${thing} ${visible(name)}`, difference);
    const state =
      change === 'added' ? `new ${thing}` : change === 'removed' ? `${thing} removed` : `other ${thing}`;
    return `${visible(name)}: ${state}`;
  }
  const label = kind === 'process' || kind === 'service' ? visible(name) : `${thing} ${visible(name)}`;
  if (rest[0] === 'argv') return `${label}: ${argumentWords(difference)}`;
  const key =
    rest[0] === 'env' || rest[0] === 'environment' ? `variable ${rest.slice(1).join(' ')}` : rest.join(' ');
  return `${label}: ${detail(visible(key), difference)}`;
}

function detail(key: string, { change, before, after, secret }: Bare): string {
  if (secret) return `${key} ${change === 'changed' ? 'changed' : change} (secret)`;
  if (change === 'added') return `${key} set to ${valueWords(after?.shown)}`;
  if (change === 'removed') return `${key} removed (it was ${valueWords(before?.shown)})`;
  return `${key} ${valueWords(before?.shown)} to ${valueWords(after?.shown)}`;
}

/** What only one side of a command line has: `--timeout 600 to 300`, `-x removed`, `--pool added`. */
function argumentWords({ before, after, change, secret }: Bare): string {
  if (change !== 'changed') return 'command';
  const [old, fresh] = [options(list(before?.shown)), options(list(after?.shown))];
  const gone = without(old, fresh);
  const added = without(fresh, old);
  const rows = gone.map((one) => {
    const same = (other: Argument) => other.name === one.name && one.name !== '';
    const partner =
      gone.filter(same).length === 1 && added.filter(same).length === 1 ? added.find(same) : undefined;
    if (partner) added.splice(added.indexOf(partner), 1);
    return partner
      ? `${one.name} ${valueWords(one.value)} to ${valueWords(partner.value)}`
      : `${argumentText(one)} removed`;
  });
  rows.push(...added.map((one) => `${argumentText(one)} added`));
  if (rows.length > mostArguments)
    return `${rows.slice(0, mostArguments - 1).join(', ')} and ${rows.length - mostArguments + 1} more arguments`;
  if (rows.length > 0) return rows.join(', ');
  return secret ? 'a secret argument changed' : 'order of the arguments';
}

interface Argument {
  /** Of an option: `--timeout`. Empty for a word that belongs to none. */
  readonly name: string;
  readonly value: string;
  /** How it is written. */
  readonly written: string;
}

/** The words of a command with each option and its value as one; a first word is the program. */
function options(words: readonly Plain[]): Argument[] {
  const found: Argument[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = String(words[at]);
    const next = words[at + 1];
    const glued = /^(-[\w-]+)=(.*)$/s.exec(word);
    if (at === 0) found.push({ name: 'program', value: word, written: word });
    else if (glued) found.push({ name: glued[1] ?? '', value: glued[2] ?? '', written: word });
    else if (/^-[\w-]+$/.test(word) && typeof next === 'string' && !next.startsWith('-')) {
      found.push({ name: word, value: next, written: `${word} ${next}` });
      at++;
    } else found.push({ name: '', value: word, written: word });
  }
  return found;
}

function argumentText({ name, value, written }: Argument): string {
  return name === ''
    ? valueWords(value)
    : /^[\w=./:@+,*%~ -]+$/.test(written)
      ? cut(written)
      : `${name} ${valueWords(value)}`;
}

/** The arguments of `from` that `other` has not, each as often as it stands there. */
function without(from: readonly Argument[], other: readonly Argument[]): Argument[] {
  const rest = other.map((one) => one.written);
  return from.filter(({ written }) => {
    const at = rest.indexOf(written);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function list(value: Plain | undefined): Plain[] {
  return Array.isArray(value) ? value : [];
}

/** A value as it may stand in a sentence: quoted where it would not be read as one word, cut where it is long. */
export function valueWords(value: Plain | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item !== 'object'))
    return cut(value.map((item) => valueWords(item)).join(', '));
  if (typeof value !== 'string') return cut(JSON.stringify(value));
  return /^[\w./:@+=,*%~-]+$/.test(value) ? cut(value) : cut(JSON.stringify(value));
}

/** A name with what a terminal would act on made visible. */
function visible(name: string): string {
  return cut(/[\p{Cc}\p{Cf}]/u.test(name) ? JSON.stringify(name).replace(/[\p{Cc}\p{Cf}]/gu, '?') : name);
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}
