// The job configuration as YAML, from the model, with the comments of the XML file above the entries they stood at.

import type { JobConfig, Limit, Runner, ToolMapping } from '../model/routing.ts';
import { plain, writeYaml, type YamlEntry, type YamlItem, type YamlMap } from '../syntax/yaml-write.ts';
import type { Span } from '../text/source.ts';
import type { Comments } from './accounts.ts';
import type { KeptVariable } from './environment.ts';
import { environmentMap } from './gravity-section.ts';
import type { JobComments } from './job-conf-comments.ts';
import { type Ask, destinationMap, fields, paramEntry } from './job-conf-destination.ts';
import { grabMethod } from './job-conf-xml.ts';
import type { Question, Strategy } from './strategy.ts';

export interface JobConfYml {
  readonly text: string;
  readonly questions: readonly Question[];
}

const jobModeline = 'yaml-language-server: $schema=job-conf.schema.json';

/** @param environment variables of handlers that stay in the job configuration, by name */
export function writeJobConfYml(
  jobs: JobConfig,
  strategy: Strategy,
  comments: JobComments,
  environment: ReadonlyMap<string, readonly KeptVariable[]>,
): JobConfYml {
  const questions: Question[] = [];
  const asked = (question: Question): string => {
    questions.push(question);
    return ` decide: ${question.why} (${question.choices.join(' | ')})`;
  };
  const above = (place: Span | undefined): Comments => (place ? comments.above(place) : []);
  const sections: (YamlEntry | undefined)[] = [
    runnersEntry(jobs, above, comments.of('plugins'), asked),
    handlingEntry(jobs, strategy, comments, environment),
    executionEntry(jobs, above, comments.of('destinations'), asked),
    toolsEntry(jobs, strategy, above, comments.of('tools'), asked),
    limitsEntry(jobs, above, comments.of('limits')),
    resourcesEntry(jobs, above, comments.of('resources')),
  ];
  const entries = sections.filter((one) => one !== undefined);
  const [first, ...others] = entries;
  const head: Comments = [` ${jobModeline}`, ...comments.top()];
  const root: YamlMap = {
    kind: 'map',
    entries: first ? [{ ...first, before: [...head, ...(first.before ?? [])] }, ...others] : [],
    after: comments.rest(),
  };
  return { text: writeYaml(root), questions };
}

type Above = (place: Span | undefined) => Comments;

function runnersEntry(jobs: JobConfig, above: Above, before: Comments, ask: Ask): YamlEntry {
  const entries = lastOfEach(jobs.runners, ({ id }) => id.value).map(
    (one): YamlEntry => ({
      key: one.id.value,
      before: above(one.span),
      value: runnerMap(one, ask),
    }),
  );
  // Galaxy does not start without a runner, and loads the local one when there is no file.
  const known =
    entries.length > 0 ? entries : [{ key: 'local', value: plain({ load: localRunner, workers: 4 }) }];
  return { key: 'runners', before, value: { kind: 'map', entries: known } };
}

const localRunner = 'galaxy.jobs.runners.local:LocalJobRunner';

function runnerMap({ load, workers, enabled, params }: Runner, ask: Ask): YamlMap {
  return {
    kind: 'map',
    entries: [
      ...(load ? [{ key: 'load', value: plain(load.value) }] : []),
      ...(workers ? [{ key: 'workers', value: plain(workers.value) }] : []),
      ...(enabled ? [paramEntry({ ...enabled }, ask)] : []),
      ...params.map((one) => paramEntry(one, ask)),
    ],
  };
}

function handlingEntry(
  { handling }: JobConfig,
  strategy: Strategy,
  comments: JobComments,
  environment: ReadonlyMap<string, readonly KeptVariable[]>,
): YamlEntry | undefined {
  const above: Above = (place) => (place ? comments.above(place) : []);
  const before = [
    ...comments.of('handlers'),
    ...(strategy.kind === 'static' ? [] : comments.within('handlers')),
  ];
  const entries: YamlEntry[] = [];
  const methods = handling.assign?.value.map((one) =>
    one.value === 'uwsgi-mule-message' ? grabMethod : one.value,
  );
  const grabs = methods?.filter((one) => one === grabMethod || one === 'db-transaction-isolation') ?? [];
  if (strategy.kind === 'dynamic')
    entries.push({ key: 'assign', value: plain(grabs.length > 0 ? grabs : [grabMethod]) });
  else if (strategy.kind === 'static' && methods)
    entries.push({ key: 'assign', value: plain([...new Set(methods)]) });
  if (handling.maxGrab) entries.push({ key: 'max_grab', value: plain(handling.maxGrab.value) });
  if (handling.readyWindowSize)
    entries.push({ key: 'ready_window_size', value: plain(handling.readyWindowSize.value) });
  if (strategy.kind === 'static') {
    if (handling.default) entries.push({ key: 'default', value: plain(handling.default.value) });
    entries.push({ key: 'processes', value: processesMap(strategy, above, environment) });
  }
  if (entries.length === 0) return undefined;
  return { key: 'handling', before, value: { kind: 'map', entries } };
}

function processesMap(
  { statics, questions }: Strategy,
  above: Above,
  environment: ReadonlyMap<string, readonly KeptVariable[]>,
): YamlMap {
  const asked = new Map(questions.map((one) => [one.about, one]));
  return {
    kind: 'map',
    entries: statics.map(({ id, span, tags, plugins, environment: own }) => {
      const variables = [
        ...own.map(({ name, value }) => ({ name: name.value, value: value.value, secret: false })),
        ...(environment.get(id.value) ?? []),
      ];
      const entries: YamlEntry[] = [
        ...(tags ? [{ key: 'tags', value: plain(tags.map((one) => one.value)) }] : []),
        ...(plugins ? [{ key: 'plugins', value: plain(plugins.map((one) => one.value)) }] : []),
        ...(variables.length > 0 ? [{ key: 'environment', value: environmentMap(variables) }] : []),
      ];
      const question = asked.get(id.value);
      return {
        key: id.value,
        before: [
          ...above(span),
          ...(question ? [` decide: ${question.why} (${question.choices.join(' | ')})`] : []),
        ],
        value: { kind: 'map', entries } satisfies YamlMap,
      };
    }),
  };
}

function executionEntry(jobs: JobConfig, above: Above, before: Comments, ask: Ask): YamlEntry {
  const { destinations, defaultDestination: fallback, defaultDestinationFrom: from } = jobs;
  const entries: YamlEntry[] = [];
  if (from) {
    const question = {
      about: 'default destination',
      why: 'the default destination was looked up when Galaxy started, and YAML cannot say that',
      choices: ['the one that was the fallback', 'keep job_conf.xml (--job-conf-format xml)'],
    };
    entries.push({
      key: 'default',
      value: plain(fallback?.value ?? destinations[0]?.id.value ?? 'local'),
      beside: ask(question),
    });
  } else if (fallback) entries.push({ key: 'default', value: plain(fallback.value) });
  const known = lastOfEach(destinations, ({ id }) => id.value).map(
    (one): YamlEntry => ({
      key: one.id.value,
      before: above(one.span),
      value: destinationMap(one, ask),
    }),
  );
  entries.push({
    key: 'environments',
    value: {
      kind: 'map',
      entries: known.length > 0 ? known : [{ key: 'local', value: plain({ runner: 'local' }) }],
    },
  });
  return { key: 'execution', before, value: { kind: 'map', entries } };
}

function toolsEntry(
  jobs: JobConfig,
  { gone }: Strategy,
  above: Above,
  before: Comments,
  ask: Ask,
): YamlEntry | undefined {
  if (jobs.tools.length === 0 && before.length === 0) return undefined;
  const items = jobs.tools.map(
    (one): YamlItem => ({ before: above(one.span), value: toolMap(one, gone, ask) }),
  );
  return { key: 'tools', before, value: { kind: 'list', items } };
}

function toolMap(
  { id, class: kind, handler, destination, resources, params }: ToolMapping,
  gone: ReadonlySet<string>,
  ask: Ask,
): YamlMap {
  const base = fields([
    ['id', id?.value],
    ['class', kind?.value],
    ['environment', destination?.value],
    ['handler', handler && !gone.has(handler.value) ? handler.value : undefined],
    ['resources', resources?.value],
  ]);
  if (params.length === 0) return base;
  return {
    kind: 'map',
    entries: [
      ...base.entries,
      { key: 'params', value: { kind: 'map', entries: params.map((one) => paramEntry(one, ask)) } },
    ],
  };
}

function limitsEntry({ limits }: JobConfig, above: Above, before: Comments): YamlEntry | undefined {
  if (limits.length === 0 && before.length === 0) return undefined;
  const items = limits.map((one): YamlItem => ({ before: above(one.span), value: limitMap(one) }));
  return { key: 'limits', before, value: { kind: 'list', items } };
}

function limitMap({ type, value, id, tag, window }: Limit): YamlMap {
  const number = (text: string | undefined) =>
    text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : text;
  return fields([
    ['type', type.value],
    ['id', id?.value],
    ['tag', tag?.value],
    ['window', number(window?.value)],
    ['value', number(value?.value)],
  ]);
}

function resourcesEntry(jobs: JobConfig, above: Above, before: Comments): YamlEntry | undefined {
  const { resourceGroups: groups, defaultResourceGroup: fallback } = jobs;
  if (groups.length === 0 && fallback === undefined && before.length === 0) return undefined;
  const entries: YamlEntry[] = fallback ? [{ key: 'default', value: plain(fallback.value) }] : [];
  entries.push({
    key: 'groups',
    value: {
      kind: 'map',
      entries: groups.map((one) => ({
        key: one.id.value,
        before: above(one.span),
        value: plain(one.fields.map((field) => field.value)),
      })),
    },
  });
  return { key: 'resources', before, value: { kind: 'map', entries } };
}

/** Of entries with one id the last counts in Galaxy. */
function lastOfEach<T>(list: readonly T[], key: (one: T) => string): T[] {
  const last = new Map(list.map((one) => [key(one), one]));
  return list.filter((one) => last.get(key(one)) === one);
}
