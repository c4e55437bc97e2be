// The `gravity:` section of the new galaxy.yml, from what the old deployment ran.

import type { Instance, Process } from '../model/deployment.ts';
import { plain, type YamlEntry, type YamlItem, type YamlMap, type YamlValue } from '../syntax/yaml-write.ts';
import type { Comments } from './accounts.ts';
import { type KeptVariable, variablesOf } from './environment.ts';
import type { HandlerGroup } from './handler-groups.ts';
import type { Question, Strategy } from './strategy.ts';
import { uwsgiSettings } from './uwsgi-settings.ts';
import type { GunicornPlan, WebPlan } from './web.ts';

/** Comments of the old files by where they belong now. */
export interface GravityComments {
  readonly top: Comments;
  readonly web: Comments;
  readonly handlers: Comments;
}

export interface GravityPlan {
  readonly section: YamlMap;
  readonly questions: readonly Question[];
  /** What stands above the sections of services: name and value, for the report. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

/** A comment that asks for a decision. */
export function decide({ why, choices }: Pick<Question, 'why' | 'choices'>): string {
  return ` decide: ${why} (${choices.join(' | ')})`;
}

export function planGravity(
  instance: Instance,
  strategy: Strategy,
  web: WebPlan,
  comments: GravityComments,
): GravityPlan {
  const questions: Question[] = [];
  const top = topEntries(instance, questions);
  const umask = top.find((one) => one.key === 'umask')?.value;
  const global = umask?.kind === 'plain' ? String(umask.value) : '022';
  const gunicorn: YamlEntry = {
    key: 'gunicorn',
    before: [...comments.web, ...decisions(web.questions)],
    value: gunicornValue(web, global),
  };
  // Gravity starts Celery unless it is told not to, and the old server had none.
  const celery: YamlEntry = {
    key: 'celery',
    before: [' The old server had no Celery; with enable_celery_tasks in "galaxy", set both to true.'],
    value: plain({ enable: false, enable_beat: false }),
  };
  const hasCelery = instance.legacy?.programs.some((one) => one.role === 'celery') ?? false;
  const handlers = handlersEntry(instance, strategy, global, comments.handlers);
  const entries = [...top, gunicorn, ...(hasCelery ? [] : [celery]), ...(handlers ? [handlers] : [])];
  const [first, ...others] = entries;
  return {
    section: {
      kind: 'map',
      entries: first ? [{ ...first, before: [...comments.top, ...(first.before ?? [])] }, ...others] : [],
      ...(handlers ? {} : { after: comments.handlers }),
    },
    questions,
    settings: top.flatMap(({ key, value }) =>
      value.kind === 'plain' ? [{ name: key, value: String(value.value) }] : [],
    ),
  };
}

function topEntries(instance: Instance, questions: Question[]): YamlEntry[] {
  const processes = instance.services.flatMap((one) => one.processes);
  const entries: YamlEntry[] = [{ key: 'process_manager', value: plain('systemd') }];
  entries.push({ key: 'galaxy_root', value: plain(instance.root.value) });
  if (instance.virtualenv) entries.push({ key: 'virtualenv', value: plain(instance.virtualenv.value) });
  else {
    const question = {
      about: 'virtualenv',
      why: 'no file says which virtualenv Galaxy runs in; run.sh makes this one',
      choices: [`${instance.root.value}/.venv`, 'another one'],
    };
    questions.push(question);
    entries.push({
      key: 'virtualenv',
      value: plain(`${instance.root.value}/.venv`),
      beside: decide(question),
    });
  }
  const uwsgi = uwsgiSettings(instance);
  const user = instance.user?.value ?? processes.find((one) => one.user)?.user?.value ?? uwsgi.user;
  if (user !== undefined) entries.push({ key: 'galaxy_user', value: plain(user) });
  else {
    const question = {
      about: 'galaxy_user',
      why: 'no file says which user Galaxy runs as, and systemd needs one',
      choices: ['galaxy', 'another one'],
    };
    questions.push(question);
    entries.push({ key: 'galaxy_user', value: plain('galaxy'), beside: decide(question) });
  }
  const group = instance.group?.value ?? processes.find((one) => one.group)?.group?.value ?? uwsgi.group;
  if (group !== undefined) entries.push({ key: 'galaxy_group', value: plain(group) });
  // The old server wrote its logs into the root unless it was told otherwise; Gravity has a folder for them.
  if (instance.logDir.origin.kind !== 'default' && instance.logDir.value !== instance.root.value)
    entries.push({ key: 'log_dir', value: plain(instance.logDir.value) });
  const umask = commonUmask(processes);
  if (umask !== undefined) entries.push({ key: 'umask', value: plain(umask) });
  return entries;
}

/** The umask of most processes, where anybody wrote one. */
function commonUmask(processes: readonly Process[]): string | undefined {
  if (!processes.some((one) => one.umask.origin.kind !== 'default')) return undefined;
  const counts = new Map<string, number>();
  for (const { umask } of processes) counts.set(umask.value, (counts.get(umask.value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}

function gunicornValue({ entries, list }: WebPlan, umask: string): YamlValue {
  const [first] = entries;
  if (!list) return first ? gunicornMap(first, umask) : plain({});
  return { kind: 'list', items: entries.map((one): YamlItem => ({ value: gunicornMap(one, umask) })) };
}

function gunicornMap(plan: GunicornPlan, umask: string): YamlMap {
  const entries: YamlEntry[] = [
    { key: 'bind', value: plain(plan.bind) },
    { key: 'workers', value: plain(plan.workers) },
  ];
  const add = (key: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) entries.push({ key, value: plain(value) });
  };
  add('timeout', plan.timeout);
  add('preload', plan.preload);
  add('extra_args', plan.extraArgs.length > 0 ? plan.extraArgs.map(shellWord).join(' ') : undefined);
  add('umask', plan.umask === umask ? undefined : plan.umask);
  add('start_timeout', plan.startTimeout);
  add('stop_timeout', plan.stopTimeout);
  if (plan.environment.length > 0)
    entries.push({ key: 'environment', value: environmentMap(plan.environment) });
  return { kind: 'map', entries };
}

/** A word as Python's shlex reads it back. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

export function environmentMap(variables: readonly KeptVariable[]): YamlMap {
  return {
    kind: 'map',
    entries: variables.map(({ name, value, note }) => ({
      key: name,
      value: plain(value),
      ...(note === undefined ? {} : { beside: ` ${note}` }),
    })),
  };
}

function handlersEntry(
  instance: Instance,
  { groups, questions }: Strategy,
  umask: string,
  comments: Comments,
): YamlEntry | undefined {
  if (groups.length === 0) return undefined;
  const processes = new Map(
    instance.services
      .flatMap((one) => one.processes)
      .flatMap((one) => (one.serverName ? [[one.serverName.value, one] as const] : [])),
  );
  return {
    key: 'handlers',
    before: comments,
    value: {
      kind: 'map',
      entries: groups.map((group) => ({
        key: group.key,
        before: decisions(questions.filter((one) => group.names.includes(one.about))),
        value: groupMap(group, processes.get(group.names[0] ?? ''), umask),
      })),
    },
  };
}

function groupMap(group: HandlerGroup, process: Process | undefined, umask: string): YamlMap {
  const entries: YamlEntry[] = [{ key: 'processes', value: plain(group.processes) }];
  if (group.nameTemplate !== undefined)
    entries.push({ key: 'name_template', value: plain(group.nameTemplate) });
  entries.push({ key: 'pools', value: plain([...group.pools]) });
  if (process) {
    if (process.umask.value !== umask) entries.push({ key: 'umask', value: plain(process.umask.value) });
    if (process.startTimeout.origin.kind === 'source')
      entries.push({ key: 'start_timeout', value: plain(process.startTimeout.value) });
    if (process.stopTimeout.origin.kind === 'source')
      entries.push({ key: 'stop_timeout', value: plain(process.stopTimeout.value) });
    const { kept } = variablesOf(process);
    if (kept.length > 0) entries.push({ key: 'environment', value: environmentMap(kept) });
  }
  return { kind: 'map', entries };
}

function decisions(questions: readonly Question[]): string[] {
  return questions.map(decide);
}
