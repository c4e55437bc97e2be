// The proof: what is different between the old and the new deployment, and why each difference is there. One that nothing
// explains is a fault, of the files or of gxgen, and fails the run.

import { compareFacts, type Difference } from '../model/compare.ts';
import type { Instance } from '../model/deployment.ts';
import type { Accounts } from './accounts.ts';
import { variablesOf } from './environment.ts';
import type { OptionRow } from './galaxy-section.ts';
import { grabMethod } from './job-conf-xml.ts';
import { proofFacts } from './proof-facts.ts';
import type { Strategy } from './strategy.ts';
import { uwsgiSettings } from './uwsgi-settings.ts';
import { serverNameVariable, type WebPlan, webVariables } from './web.ts';

export interface Explained {
  readonly difference: Difference;
  /** Undefined: unexplained. */
  readonly why: string | undefined;
}

export interface ProofInput {
  readonly before: Instance;
  readonly after: Instance;
  readonly release: string | undefined;
  /** The release whose rules for relative paths held. */
  readonly pathsOf: string | undefined;
  readonly strategy: Strategy;
  readonly web: WebPlan;
  readonly rows: readonly OptionRow[];
  readonly accounts: Accounts;
  /** Options that the migration adds, with the reason. */
  readonly added: ReadonlyMap<string, string>;
  /** Questions about the top of `gravity:`, by setting. */
  readonly asked: ReadonlyMap<string, string>;
  readonly keepRelative: boolean;
  /** True when the job configuration became YAML. */
  readonly converted: boolean;
}

export interface Proof {
  readonly compared: number;
  readonly differences: readonly Explained[];
}

export function prove(input: ProofInput): Proof {
  const farms = input.before.legacy?.uwsgi?.farms.map((one) => one.name.value) ?? [];
  const before = proofFacts(input.before, farms, input);
  const after = proofFacts(input.after, farms);
  const differences = compareFacts(before, after);
  return {
    compared: new Set([...before, ...after].map((one) => one.path.join('\0'))).size,
    differences: differences.map((difference) => ({ difference, why: explain(difference, input) })),
  };
}

/** A difference in words, secrets masked: web servers and handlers are things of the proof alone. */
export function proofWords({ path, words, change, before, after }: Difference): string {
  const [kind, name = '', ...rest] = path;
  if (kind !== 'web' && kind !== 'job process') return words;
  const label = kind === 'web' ? 'web server' : `handler ${name}`;
  const what = (kind === 'web' ? [name, ...rest] : rest).join(' ').replace(/^env /, 'variable ');
  if (what === '') return `${label}: ${change}`;
  const [old, fresh] = [before, after].map((one) =>
    Array.isArray(one?.shown) ? one.shown.join(', ') : String(one?.shown),
  );
  if (/^address /.test(what) && change !== 'changed') return `${label}: ${what} ${change}`;
  return `${label}: ${what} ${change === 'changed' ? `${old} to ${fresh}` : change === 'added' ? `set to ${fresh}` : `removed (it was ${old})`}`;
}

type Explain = (difference: Difference, input: ProofInput) => string | undefined;

function explain(difference: Difference, input: ProofInput): string | undefined {
  const rule = explanations[difference.path[0] ?? ''];
  return rule?.(difference, input);
}

const explanations: Readonly<Record<string, Explain>> = {
  web: webDifference,
  'job process': processDifference,
  option: optionDifference,
  handler: handlerDifference,
  handling: handlingDifference,
  workflow: workflowDifference,
  instance: ({ path }, { asked }) => asked.get(path[1] ?? ''),
  tool: ({ path, before, change }, { strategy }) =>
    path[2] === 'handler' && change === 'removed' && strategy.gone.has(String(before?.value))
      ? `nobody is called "${String(before?.value)}" any more`
      : undefined,
  service: ({ path, change }, { before }) =>
    change === 'removed' && before.services.some((one) => one.kind === 'reports' && one.name === path[1])
      ? 'it stays in supervisor: to be decided'
      : undefined,
  runner: builtIn,
  destination: (difference, input) =>
    difference.path[2] === 'param' &&
    difference.path[3] === 'docker_sudo' &&
    difference.change === 'added' &&
    input.converted
      ? 'in XML containers are run through sudo unless the file says otherwise; in YAML it has to be written'
      : difference.path.at(-1) === 'from' && input.converted
        ? 'YAML cannot look a value up when Galaxy starts: to be decided'
        : builtIn(difference, input),
  destinations: (difference, input) =>
    input.converted && difference.path[1] === 'default' ? builtIn(difference, input) : undefined,
};

// Without a job configuration Galaxy has one of its own.
function builtIn({ path, change }: Difference, { before }: ProofInput): string | undefined {
  return before.jobs.format === 'none' && change === 'added' && (path[1] === 'local' || path[1] === 'default')
    ? 'what Galaxy has built in is written down'
    : undefined;
}

function webDifference(difference: Difference, input: ProofInput): string | undefined {
  const { path, change, before, after } = difference;
  const { web, asked, before: old } = input;
  const [, what, name = ''] = path;
  if (what === 'requests at once' && change === 'removed')
    return `${String(before?.value)} requests at once by threads; Gunicorn has ${sum(web)} workers, each with threads of its own`;
  if (what === 'processes' && web.list && change === 'changed' && after?.value === Number(before?.value) * 2)
    return 'both members of the list run at once, so that one can be restarted while the other serves';
  if (what === 'processes' && after?.value === sum(web) && web.questions.length > 0) return 'to be decided';
  if (what === 'restart without a break' && change === 'added' && web.list)
    return 'the members of the list are restarted one by one';
  if (what === 'restart without a break' && change === 'removed' && web.questions.length > 0)
    return 'to be decided';
  if (what === 'address') return addressDifference(name, change, web, String(before?.value ?? ''));
  if (what === 'env' && change === 'added' && web.list && name === serverNameVariable)
    return 'it tells the workers of the two Gunicorns apart';
  if (what === 'env') return variableDifference(name, change, old);
  if (what === 'user') return asked.get('user');
  if (what === 'group') return groupDifference(after?.value, input);
  if (what === 'cwd') return web.guessed && change === 'added' ? 'to be decided' : asked.get('root');
  if (what === 'umask' && before === undefined) return 'the default of Gravity';
  return undefined;
}

function sum({ entries }: WebPlan): number {
  return entries.reduce((all, one) => all + one.workers, 0);
}

function addressDifference(
  named: string,
  change: Difference['change'],
  web: WebPlan,
  protocol: string,
): string | undefined {
  // A second one of the same address has a number behind it.
  const address = named.replace(/ \(\d+\)$/, '');
  if (change === 'added' && web.guessed) return 'to be decided';
  if (change === 'removed' && web.closed.includes(address))
    return 'one Gunicorn serves for all, on the first address: take this one out of the proxy';
  if (change === 'changed' && web.changed.some((one) => one.address === address))
    return `${protocol} becomes HTTP: change the proxy in the same step`;
  if (change === 'added' && web.list && web.entries.some((one) => one.bind === address))
    return 'the second Gunicorn needs an address of its own: add it to the proxy';
  return undefined;
}

function variableDifference(name: string, change: Difference['change'], old: Instance): string | undefined {
  const known = old.legacy?.uwsgi?.options.some((one) => /^(?:env|pythonpath|pp)$/.test(one.key));
  if (change === 'added' && known) return `"${name}" was set by an option of uWSGI`;
  return undefined;
}

function processDifference({ path, change, after }: Difference, input: ProofInput): string | undefined {
  const { strategy, before: old, asked } = input;
  const [, named = '', what] = path;
  const name = named.replace(/ \(\d+\)$/, '');
  const group = strategy.groups.find((one) => one.names.includes(name));
  if (what === undefined) {
    if (change === 'removed' && strategy.names.some((one) => one.before === name && one.after === undefined))
      return 'its name ends; see the steps about handlers before the switch';
    if (change === 'added' && group)
      return isLikeWeb(name, input) ? 'a handler of its own does the jobs' : undefined;
    if (change === 'added' && strategy.statics.some(({ id }) => id.value === name))
      return 'nothing started it before: to be decided';
    return undefined;
  }
  if (what === 'pools' && group && JSON.stringify(after?.value) === JSON.stringify(group.pools))
    return 'a numbered handler is told its pools when it is started';
  if (what === 'address' && change === 'removed') return 'handlers listen nowhere any more';
  if (what === 'user' && change === 'added')
    return (
      asked.get('user') ?? (uwsgiSettings(old).user === after?.value ? 'uWSGI ran as the same' : undefined)
    );
  if (what === 'group' && change === 'added') return groupDifference(after?.value, input);
  if (what === 'user' && change === 'changed') return asked.get('user');
  if (what === 'cwd' && change === 'changed') return asked.get('root');
  if (what === 'env') {
    const process = old.services
      .flatMap((one) => one.processes)
      .find((one) => one.serverName?.value === name);
    return process && variablesOf(process).gone.find((one) => one.name === path[3])?.why;
  }
  return undefined;
}

/** Whether a new handler has the variables of the web server that did its work before. */
function isLikeWeb(name: string, { before, after, web }: ProofInput): boolean {
  const known = before.legacy?.servers.find((one) => one.name.value === name);
  // One that a section or a program stands for has its own.
  if (known && known.form !== 'mule') return true;
  const process = after.services
    .flatMap((one) => one.processes)
    .find((one) => one.serverName?.value === name);
  const variables = process ? variablesOf(process).kept : [];
  return webVariables(web).every((one) =>
    variables.some((other) => other.name === one.name && other.value === one.value),
  );
}

function optionDifference(
  { path, before, after, change }: Difference,
  input: ProofInput,
): string | undefined {
  const name = path[1] ?? '';
  if (change === 'added') {
    const row = input.rows.find((one) => one.key === name || one.key?.startsWith(`${name}.`));
    if (row && sameValue(row.after, after?.value, name))
      return `${row.outcome.fate} from "${row.name}": ${row.outcome.why ?? ''}`;
    return input.added.get(name);
  }
  // Of an option that stands twice, the one that counts.
  const own = input.rows.filter((one) => one.name === name);
  const row = own.find((one) => one.key !== undefined) ?? own[0];
  if (!row) return undefined;
  if (change === 'removed')
    return row.key === name
      ? undefined
      : `${row.outcome.fate}${row.outcome.to ? ` to ${row.outcome.to}` : ''}: ${row.outcome.why ?? ''}`;
  if (row.key !== name || !sameValue(row.after, after?.value, name)) return undefined;
  if (row.after === null && before?.value === '') return 'nothing was set, and nothing is';
  if (row.outcome.fate === 'kept')
    return input.keepRelative ? 'relative paths were kept (--keep-relative)' : undefined;
  return `${row.outcome.fate}: ${row.outcome.why ?? ''}`;
}

function sameValue(a: unknown, b: unknown, name: string): boolean {
  return name === 'celery_conf' || JSON.stringify(a) === JSON.stringify(b);
}

function groupDifference(value: unknown, { asked, before }: ProofInput): string | undefined {
  if (uwsgiSettings(before).group === value) return asked.get('group') ?? 'uWSGI ran as the same';
  return before.legacy?.programs.some((one) => one.unixGroup === value)
    ? (asked.get('group') ?? 'a wrapper of the old command changed to it')
    : asked.get('group');
}

function handlerDifference(
  { path, change }: Difference,
  { strategy, before }: ProofInput,
): string | undefined {
  const [, name = '', what] = path;
  if (what === 'environment' && change === 'added')
    return 'variables of the old process, which only YAML can give a handler';
  if (what !== undefined || change !== 'removed') return undefined;
  if (strategy.kind === 'all-in-one') return 'without handlers the web server takes the jobs';
  const host = before.legacy?.servers.find((one) => one.name.value === name)?.host;
  if (host !== undefined) return `it is of the host "${host}", with a galaxy.yml of its own`;
  const known = strategy.names.find((one) => one.before === name);
  if (!known) return undefined;
  return known.after === undefined
    ? 'its name ends; see the steps about handlers before the switch'
    : `a numbered handler has the name: ${known.after}`;
}

function handlingDifference(
  { path, after, before }: Difference,
  { strategy }: ProofInput,
): string | undefined {
  if (path[1] === 'assign' && strategy.kind !== 'static') {
    if (after === undefined) return 'without handlers nothing is assigned';
    return JSON.stringify(after.value) === JSON.stringify([grabMethod])
      ? 'whoever is free takes a job'
      : undefined;
  }
  if (path[1] === 'assign' && JSON.stringify(before?.value ?? []).includes('uwsgi-mule-message'))
    return 'messages to mules are gone';
  if (path[1] === 'default' && after === undefined && strategy.kind !== 'static')
    return 'the members of the default tag are the pool for whatever names no handler';
  if (strategy.kind === 'all-in-one' && after === undefined)
    return 'it is about handlers, and there are none';
  return undefined;
}

function workflowDifference(
  { change, path, after }: Difference,
  { strategy, before }: ProofInput,
): string | undefined {
  if (strategy.kind !== 'dynamic') return undefined;
  if (before.workflowSchedulers === undefined && change === 'added')
    return 'handlers schedule workflows too: the file says so';
  if (path[1] === 'handling' || path[1] === 'handler')
    return change === 'removed' || JSON.stringify(after?.value) === JSON.stringify([grabMethod])
      ? 'whoever is free schedules a workflow'
      : undefined;
  return undefined;
}
