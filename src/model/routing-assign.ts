// How a job gets its handler: the methods in effect, and what they do with a name. Facts of Galaxy 16.01 to 26.1.

import { isOlder, isWithin } from './release.ts';
import type { AssignMethod, Handling } from './routing.ts';
import { defaultTag } from './routing.ts';
import type { HandlerNames } from './routing-names.ts';

/** What decides on methods beside the file. */
export interface AssignFacts {
  /** Whether Galaxy finds that the database takes `SELECT ... FOR UPDATE SKIP LOCKED`; yes when it is not known. */
  readonly skipLocked?: boolean;
  /** True when the process at hand is attached to a pool; before 21.05 that changes the default. */
  readonly attached?: boolean;
  /** True where mules of uWSGI form a farm for jobs: they are told of jobs unless the file says otherwise. */
  readonly mules?: boolean;
  /** Galaxy's option `track_jobs_in_database`; true by default. */
  readonly trackJobs?: boolean;
}

export interface EffectiveMethods {
  /** In the order in which they are tried. */
  readonly methods: readonly AssignMethod[];
  /** True when the file names them. */
  readonly configured: boolean;
  /** The method by which handlers take rows; undefined when none of them does. */
  readonly grab?: GrabMethod;
  /** True where mules of uWSGI are told of a job by a message, and the first that is free takes it. */
  readonly messaged?: true;
  /** False when jobs are kept in memory only; then every process handles jobs. */
  readonly tracksJobs: boolean;
  /** Methods behind one that never fails: never tried. */
  readonly unreachable: readonly AssignMethod[];
}

export type GrabMethod = 'db-skip-locked' | 'db-transaction-isolation';

/** The methods in effect. */
export function assignMethods(
  handling: Handling,
  release: string | undefined,
  facts: AssignFacts = {},
): EffectiveMethods {
  const written = handling.assign?.value.map((one) => one.value) ?? [];
  const configured = written.length > 0;
  const methods = configured ? written : defaultMethods(handling, release, facts);
  const tracksJobs = facts.trackJobs !== false && !(methods.length === 1 && methods[0] === 'mem-self');
  const grab = methods.find(isGrab);
  const last = methods.findIndex((one) => neverFails(one, release));
  return {
    methods,
    configured,
    ...(grab ? { grab } : {}),
    ...(methods.includes('uwsgi-mule-message') && hasMules(release) ? { messaged: true } : {}),
    tracksJobs,
    unreachable: last < 0 ? [] : methods.slice(last + 1),
  };
}

function defaultMethods(handling: Handling, release: string | undefined, facts: AssignFacts): AssignMethod[] {
  if (facts.trackJobs === false) return ['mem-self'];
  if (facts.mules && handling.handlers.length === 0 && hasMules(release)) return ['uwsgi-mule-message'];
  const preferred = facts.skipLocked === false ? 'db-transaction-isolation' : 'db-skip-locked';
  if (!isOlder(release, '21.05')) return [preferred];
  if (!isOlder(release, '19.01') && facts.attached) return [preferred];
  return [handling.handlers.length > 0 ? 'db-preassign' : 'db-self'];
}

function isGrab(method: AssignMethod): method is GrabMethod {
  return method === 'db-skip-locked' || method === 'db-transaction-isolation';
}

/** `mem-self` always failed from 20.09 to 23.0. */
export function memSelfFails(release: string | undefined): boolean {
  return isWithin(release, '20.09', '23.0');
}

function hasMules(release: string | undefined): boolean {
  return isOlder(release, '22.05');
}

// `db-self` fails for a mapped name that is not in the table; for all other jobs it never does.
function neverFails(method: AssignMethod, release: string | undefined): boolean {
  return isGrab(method) || (method === 'mem-self' && !memSelfFails(release));
}

/** What becomes of a new job. */
export type Assignment =
  /** The name is written to the job; whoever owns it takes the job. */
  | { readonly kind: 'name'; readonly name: string }
  /** One of these processes is written to the job, whether it runs or not. */
  | { readonly kind: 'one-of'; readonly members: readonly string[] }
  /** The process that made the job runs it. */
  | { readonly kind: 'creator' }
  /** Every method failed: the user sees an error. */
  | { readonly kind: 'fails' };

/**
 * Where a new job goes.
 * @param names the table of static handlers: the process that makes the job knows no others
 * @param mapped the handler or tag that its tool is mapped to
 */
export function assignJob(
  names: HandlerNames,
  handling: Handling,
  effective: EffectiveMethods,
  release: string | undefined,
  mapped?: string,
): Assignment {
  const wanted = mapped ?? handling.default?.value;
  const entry = wanted === undefined ? undefined : names.entries.get(wanted);
  if (entry?.kind === 'id' && effective.tracksJobs) return { kind: 'name', name: entry.handler };
  for (const method of effective.methods) {
    const found = tryMethod(method, names, wanted, release);
    if (found) return found;
  }
  return { kind: 'fails' };
}

function tryMethod(
  method: AssignMethod,
  names: HandlerNames,
  wanted: string | undefined,
  release: string | undefined,
): Assignment | undefined {
  switch (method) {
    case 'mem-self':
      return memSelfFails(release) ? undefined : { kind: 'creator' };
    case 'db-self':
      return wanted === undefined ? { kind: 'creator' } : preassign(names, wanted);
    case 'db-preassign':
      return preassign(names, wanted ?? defaultTag);
    case 'uwsgi-mule-message':
      return hasMules(release) ? { kind: 'name', name: wanted ?? defaultTag } : undefined;
    default:
      return { kind: 'name', name: wanted ?? defaultTag };
  }
}

function preassign(names: HandlerNames, wanted: string): Assignment | undefined {
  const entry = names.entries.get(wanted);
  if (!entry) return undefined;
  return { kind: 'one-of', members: entry.kind === 'id' ? [entry.handler] : entry.members };
}
