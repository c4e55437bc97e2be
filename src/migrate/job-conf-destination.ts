// Destinations of job_conf.yml, and the parameters that runners, destinations and tools have alike.

import type { Destination, Param } from '../model/routing.ts';
import type { Plain } from '../syntax/tree.ts';
import { plain, type YamlEntry, type YamlMap, type YamlValue } from '../syntax/yaml-write.ts';
import type { Question } from './strategy.ts';

/** Notes a question, and gives the comment that asks it. */
export type Ask = (question: Question) => string;

/** YAML has no value that is looked up when Galaxy starts, as `from_environ` of XML. */
export function paramEntry({ name, value, from }: Param, ask: Ask): YamlEntry {
  if (!from) return { key: name.value, value: plain(value.value) };
  const source =
    from.kind === 'environ' ? `the variable "${from.name.value}"` : `the option "${from.name.value}"`;
  const question = {
    about: name.value,
    why: `"${name.value}" came from ${source} when Galaxy started, and YAML cannot say that`,
    choices: ['the value that was the fallback', 'keep job_conf.xml (--job-conf-format xml)'],
  };
  return { key: name.value, value: plain(value.value), beside: ask(question) };
}

// Keys of a destination that are no parameters; one that has such a name needs `params`.
const ownKeys = new Set(['runner', 'tags', 'shell', 'env', 'resubmit', 'metrics', 'params', 'enabled', 'id']);

/** A destination as a mapping: parameters stand beside the other keys, unless one has the name of such a key. */
export function destinationMap(destination: Destination, ask: Ask): YamlMap {
  const { runner, tags, shell, enabled, metrics, params, env, resubmit } = destination;
  const entries: YamlEntry[] = [];
  const add = (key: string, value: Plain | undefined) => {
    if (value !== undefined) entries.push({ key, value: plain(value) });
  };
  add('runner', runner?.value);
  if (tags.length > 0)
    add(
      'tags',
      tags.map((one) => one.value),
    );
  add('shell', shell?.value);
  if (enabled) entries.push(paramEntry({ ...enabled, name: { ...enabled.name, value: 'enabled' } }, ask));
  if (metrics) add('metrics', metricsValue(metrics.value));
  if (env.length > 0)
    entries.push({
      key: 'env',
      value: {
        kind: 'list',
        items: env.map((one) => ({
          value: fields([
            ['name', one.name?.value],
            ['file', one.file?.value],
            ['execute', one.execute?.value],
            ['value', one.value?.value],
            ['raw', one.raw?.value === true ? true : undefined],
          ]),
        })),
      },
    });
  if (resubmit.length > 0)
    entries.push({
      key: 'resubmit',
      value: {
        kind: 'list',
        items: resubmit.map((one) => ({
          value: fields([
            ['condition', one.condition?.value],
            ['environment', one.destination?.value],
            ['handler', one.handler?.value],
            ['delay', one.delay?.value],
          ]),
        })),
      },
    });
  const all = [...params, ...impliedParams(params)];
  const named = all.map((one) => paramEntry(one, ask));
  if (all.some((one) => ownKeys.has(one.name.value)))
    entries.push({ key: 'params', value: { kind: 'map', entries: named } });
  else entries.push(...named);
  return { kind: 'map', entries };
}

// In XML containers are run through sudo unless the file says otherwise; in YAML they are not.
function impliedParams(params: readonly Param[]): Param[] {
  const has = (name: string) => params.some((one) => one.name.value === name);
  const docker = params.find((one) => one.name.value === 'docker_enabled');
  if (!docker || has('docker_sudo') || !/^true$/i.test(String(docker.value.value))) return [];
  return [{ name: { ...docker.name, value: 'docker_sudo' }, value: { ...docker.value, value: true } }];
}

function metricsValue(text: string): Plain {
  return /^(?:false|no|off|0)$/i.test(text) ? { src: 'disabled' } : { src: 'path', path: text };
}

/** A mapping of what is there. */
export function fields(list: readonly (readonly [string, Plain | undefined])[]): YamlMap {
  return {
    kind: 'map',
    entries: list.flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, value: plain(value) as YamlValue }],
    ),
  };
}
