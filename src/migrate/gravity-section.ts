// The `gravity:` section of the new galaxy.yml, from what the old deployment ran.

import type { Instance, Process } from '../model/deployment.ts';
import { plain, type YamlEntry, type YamlItem, type YamlMap, type YamlValue } from '../syntax/yaml-write.ts';
import type { Comments } from './accounts.ts';
import { type KeptVariable, variablesOf } from './environment.ts';
import { decide, topEntries } from './gravity-top.ts';
import type { HandlerGroup } from './handler-groups.ts';
import type { Question, Strategy } from './strategy.ts';
import { uwsgiSettings } from './uwsgi-settings.ts';
import { type GunicornPlan, type WebPlan, webVariables } from './web.ts';

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
  const handlers = handlersEntry(instance, strategy, web, global, comments.handlers, questions);
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
  add('umask', plan.umask === umask && !plan.ownUmask ? undefined : plan.umask);
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
  { groups, questions: asked }: Strategy,
  web: WebPlan,
  umask: string,
  comments: Comments,
  questions: Question[],
): YamlEntry | undefined {
  if (groups.length === 0) return undefined;
  const onlyWeb = schedulerQuestion(instance, web);
  if (onlyWeb) questions.push(onlyWeb);
  const processes = new Map(
    instance.services
      .flatMap((one) => one.processes)
      .flatMap((one) => (one.serverName ? [[one.serverName.value, one] as const] : [])),
  );
  return {
    key: 'handlers',
    before: [...comments, ...decisions(onlyWeb ? [onlyWeb] : [])],
    value: {
      kind: 'map',
      entries: groups.map((group) => ({
        key: group.key,
        before: decisions(asked.filter((one) => group.names.includes(one.about))),
        value: groupMap(
          group,
          processes.get(group.names[0] ?? ''),
          web,
          umask,
          uwsgiSettings(instance).muleMercy,
        ),
      })),
    },
  };
}

// Variables by which libraries find a scheduler: whoever submits jobs needs them.
const schedulers =
  /^(?:DRMAA_LIBRARY_PATH|SGE_(?:ROOT|CELL)|SLURM_CONF|SLURM_DRMAA_CONF|PBS_\w+|LSF_\w+|CONDOR_CONFIG)$/;

function schedulerQuestion(instance: Instance, web: WebPlan): Question | undefined {
  const handlers = instance.services.filter((one) => one.kind === 'handler').flatMap((one) => one.processes);
  if (handlers.length === 0) return undefined;
  const missing = webVariables(web)
    .map((one) => one.name)
    .filter(
      (name) => schedulers.test(name) && handlers.some(({ env }) => !env.some((one) => one.name === name)),
    );
  if (missing.length === 0) return undefined;
  const names = missing.map((one) => `"${one}"`).join(', ');
  return {
    about: 'handlers',
    why: `${names} was set for the web server and not for every handler, and handlers submit the jobs`,
    choices: ['as it was', 'for the handlers too'],
  };
}

function groupMap(
  group: HandlerGroup,
  process: Process | undefined,
  web: WebPlan,
  umask: string,
  muleMercy: number | undefined,
): YamlMap {
  const entries: YamlEntry[] = [{ key: 'processes', value: plain(group.processes) }];
  if (group.nameTemplate !== undefined)
    entries.push({ key: 'name_template', value: plain(group.nameTemplate) });
  entries.push({ key: 'pools', value: plain([...group.pools]) });
  if (!process) {
    // It did its work inside of the web server, with what that had.
    const [before] = web.entries;
    const variables = webVariables(web);
    if (before?.umask !== undefined && before.umask !== umask)
      entries.push({ key: 'umask', value: plain(before.umask) });
    if (muleMercy !== undefined) entries.push({ key: 'stop_timeout', value: plain(muleMercy) });
    if (variables.length > 0) entries.push({ key: 'environment', value: environmentMap(variables) });
  }
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
