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

/** The words of a command line that only one side has. */
function argumentWords({ before, after, change }: Bare): string {
  const [old, fresh] = [list(before?.shown), list(after?.shown)];
  if (change !== 'changed') return 'command';
  const gone = without(old, fresh);
  const added = without(fresh, old);
  if (gone.length === 0 && added.length === 0) return 'arguments changed';
  return [
    ...(gone.length > 0 ? [`${gone.map(valueWords).join(' ')} removed from the command`] : []),
    ...(added.length > 0 ? [`${added.map(valueWords).join(' ')} added to the command`] : []),
  ].join(', ');
}

function list(value: Plain | undefined): Plain[] {
  return Array.isArray(value) ? value : [];
}

/** The items of `from` that `other` has not, each as often as it stands there. */
function without(from: readonly Plain[], other: readonly Plain[]): Plain[] {
  const rest = [...other];
  return from.filter((item) => {
    const at = rest.indexOf(item);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
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
