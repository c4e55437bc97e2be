// job_conf.yml, or `job_config` in galaxy.yml -> JobConfig, as Galaxy 19.09 and later reads it.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Located, written } from '../model/located.ts';
import type {
  Destination,
  DestinationVariable,
  Handling,
  JobConfig,
  Limit,
  Resubmit,
  Runner,
  StaticHandler,
  ToolMapping,
} from '../model/routing.ts';
import { checkLimit, checkTool, checkVariable } from '../model/routing-checks.ts';
import { readMethods } from '../model/routing-methods.ts';
import { splitEnabled } from '../model/routing-params.ts';
import { checkSchema } from '../schema/check.ts';
import { makeClaims } from '../schema/claims.ts';
import {
  flagIn,
  integerIn,
  itemsIn,
  mapIn,
  type NamedNode,
  pairsOf,
  paramsIn,
  textFrom,
  textIn,
  textsIn,
} from '../schema/yaml-read.ts';
import { entry, get, isNull, type MapNode, type Node, type ScalarNode } from '../syntax/tree.ts';

export interface JobConfYmlOptions {
  /** Unknown keys are only mentioned (`--allow-unknown`). */
  readonly allowUnknown: boolean;
  /** True for `job_config` in a Galaxy configuration. */
  readonly inline?: boolean;
  /** The key that `root` stands under, for messages about the whole of it. */
  readonly key?: ScalarNode;
}

/**
 * Reads the whole configuration. Everything wrong in it is reported, and what is right comes back.
 * @param file the path as people see it
 */
export function readJobConfYml(
  root: Node,
  file: string,
  report: Report,
  options: JobConfYmlOptions,
): JobConfig {
  const claims = makeClaims(report);
  const { allowUnknown, inline = false, key } = options;
  const config = readRoot(root, file, inline, claims.named);
  checkSchema('job-conf', root, claims.general, { allowUnknown, ...(key ? { key } : {}) });
  return config;
}

function readRoot(root: Node, file: string, inline: boolean, report: Report): JobConfig {
  const execution = mapIn(root, 'execution');
  const resources = mapIn(root, 'resources');
  const defaultDestination = textIn(execution, 'default');
  const defaultResourceGroup = textIn(resources, 'default');
  return {
    format: 'yaml',
    file,
    inline,
    handling: readHandling(root, report),
    runners: pairsOf(mapIn(root, 'runners')).flatMap((one) => readRunner(one, report)),
    destinations: readDestinations(get(execution, 'environments'), report),
    ...(defaultDestination ? { defaultDestination } : {}),
    tools: itemsIn(root, 'tools').map((one) => readTool(one, report)),
    limits: itemsIn(root, 'limits').flatMap((one) => readLimit(one, report)),
    resourceGroups: pairsOf(mapIn(resources, 'groups')).map(({ key, id, value }) => ({
      span: key.span,
      id,
      fields: value.kind === 'seq' ? value.items.flatMap((one) => textFrom(one) ?? []) : [],
    })),
    ...(defaultResourceGroup ? { defaultResourceGroup } : {}),
  };
}

function readHandling(root: Node, report: Report): Handling {
  const section = entry(root, 'handling');
  const node = section?.value;
  if (!section || node?.kind !== 'map') return { handlers: [] };
  const misspelt = entry(node, 'assign_with');
  if (misspelt) {
    const right = entry(node, 'assign');
    report(
      problem('GX420', 'unknown key "assign_with" in "handling"; in YAML it is "assign"', misspelt.key.span, {
        why: 'Galaxy ignores it: no method is set, and web processes go on handling jobs',
        help: right ? 'remove it' : 'write "assign", with a list of methods',
        ...(right
          ? {}
          : {
              fix: {
                title: 'rename it to "assign"',
                safe: true,
                edits: [{ span: misspelt.key.span, text: 'assign' }],
              },
            }),
      }),
    );
  }
  const assign = get(node, 'assign');
  const methods =
    assign?.kind === 'seq'
      ? readMethods(
          assign.items.flatMap((one) => textFrom(one) ?? []),
          report,
        )
      : undefined;
  const broken =
    misspelt !== undefined ||
    (assign?.kind === 'seq' ? assign.items.length !== methods?.length : assign && !isNull(assign));
  const fallback = textIn(node, 'default');
  const maxGrab = integerIn(node, 'max_grab');
  const readyWindowSize = integerIn(node, 'ready_window_size');
  return {
    span: section.key.span,
    ...(assign && methods ? { assign: written(methods, assign.span) } : {}),
    ...(broken ? { assignBroken: true } : {}),
    ...(fallback ? { default: fallback } : {}),
    ...(maxGrab ? { maxGrab } : {}),
    ...(readyWindowSize ? { readyWindowSize } : {}),
    handlers: pairsOf(mapIn(node, 'processes')).map(readHandler),
  };
}

function readHandler({ key, id, value }: NamedNode): StaticHandler {
  const tags = textsIn(value, 'tags');
  const plugins = textsIn(value, 'plugins');
  return {
    span: key.span,
    id,
    // Galaxy takes an empty list for none, unlike an empty attribute in XML.
    ...(tags && tags.length > 0 ? { tags } : {}),
    ...(plugins && plugins.length > 0 ? { plugins } : {}),
    environment: pairsOf(mapIn(value, 'environment')).flatMap(({ id: name, value: text }) => {
      const found = textFrom(text);
      return found ? { name, value: found } : [];
    }),
  };
}

function readRunner({ key, id, value }: NamedNode, report: Report): Runner[] {
  if (value.kind !== 'map') return [];
  const load = textIn(value, 'load');
  const workers = integerIn(value, 'workers');
  if (!load && id.value !== 'dynamic') {
    report(
      problem('GX412', `runner "${id.value}" has no "load"`, key.span, {
        why: 'Galaxy does not know which module to load, and does not start',
        help: 'add load: module:Class',
      }),
    );
  }
  return [
    {
      span: key.span,
      id,
      ...(load ? { load } : {}),
      ...(workers ? { workers } : {}),
      ...splitEnabled(paramsIn(value, ['id', 'load', 'workers'])),
    },
  ];
}

function readDestinations(environments: Node | undefined, report: Report): Destination[] {
  if (environments?.kind === 'seq') {
    return environments.items.flatMap((one) => {
      const id = textIn(one, 'id');
      return id && one.kind === 'map' ? readDestination(id, one, report) : [];
    });
  }
  return pairsOf(environments).flatMap(({ id, value }) =>
    value.kind === 'map' ? readDestination(id, value, report) : [],
  );
}

const ownKeys = ['id', 'tags', 'runner', 'shell', 'env', 'resubmit'];

function readDestination(id: Located<string>, node: MapNode, report: Report): Destination {
  const runner = textIn(node, 'runner');
  const shell = textIn(node, 'shell');
  const metrics = textIn(node, 'metrics');
  const params = mapIn(node, 'params');
  return {
    span: spanOfId(id, node),
    id,
    ...(runner ? { runner } : {}),
    tags: textsIn(node, 'tags') ?? [],
    ...(shell ? { shell } : {}),
    ...(metrics ? { metrics } : {}),
    // With `params` the flat keys count for nothing.
    ...splitEnabled(params ? paramsIn(params, []) : paramsIn(node, [...ownKeys, 'params'])),
    ...(params ? { ignored: paramsIn(node, [...ownKeys, 'params', 'metrics']).map((one) => one.name) } : {}),
    env: itemsIn(node, 'env').map((one) => readVariable(one, report)),
    resubmit: itemsIn(node, 'resubmit').map(readResubmit),
  };
}

function spanOfId(id: Located<string>, node: MapNode) {
  return id.origin.kind === 'source' ? id.origin.span : node.span;
}

function readVariable(node: MapNode, report: Report): DestinationVariable {
  const raw = flagIn(node, 'raw');
  const variable: DestinationVariable = {
    span: startOf(node),
    ...given('name', textIn(node, 'name')),
    ...given('file', textIn(node, 'file')),
    ...given('execute', textIn(node, 'execute')),
    ...given('value', textIn(node, 'value')),
    ...(raw ? { raw } : {}),
  };
  checkVariable(variable, report);
  return variable;
}

function readResubmit(node: MapNode): Resubmit {
  return {
    span: startOf(node),
    ...given('condition', textIn(node, 'condition')),
    ...given('destination', textIn(node, 'environment') ?? textIn(node, 'destination')),
    ...given('handler', textIn(node, 'handler')),
    ...given('delay', textIn(node, 'delay')),
  };
}

function readTool(node: MapNode, report: Report): ToolMapping {
  const tool: ToolMapping = {
    span: startOf(node),
    ...given('id', textIn(node, 'id')),
    ...given('class', textIn(node, 'class')),
    ...given('handler', textIn(node, 'handler')),
    ...given('destination', textIn(node, 'environment') ?? textIn(node, 'destination')),
    ...given('resources', textIn(node, 'resources')),
    params: paramsIn(mapIn(node, 'params'), []),
  };
  checkTool(tool, report);
  return tool;
}

function readLimit(node: MapNode, report: Report): Limit[] {
  const type = textIn(node, 'type');
  if (!type) return [];
  const value = get(node, 'value');
  const limit: Limit = {
    span: startOf(node),
    type,
    ...given('value', textFrom(value)),
    ...given('id', textIn(node, 'id')),
    ...given('tag', textIn(node, 'tag')),
    ...given('window', textIn(node, 'window')),
  };
  const time = value?.kind === 'scalar' ? sexagesimal(value) : undefined;
  if (time) report(time);
  else
    checkLimit(limit, report, value?.kind === 'scalar' && (value.type === 'int' || value.type === 'float'));
  return [limit];
}

/** GX425 for an unquoted 24:00:00, which YAML 1.1 reads as 86400. */
function sexagesimal(node: ScalarNode) {
  if (node.style !== 'plain' || !node.text.includes(':') || (node.type !== 'int' && node.type !== 'float')) {
    return undefined;
  }
  return problem(
    'GX425',
    `${node.text} is read as the number ${String(node.value)}; quote it: "${node.text}"`,
    node.span,
    {
      why: 'Galaxy does not start',
      help: 'write it in quotes',
      fix: {
        title: 'write it in quotes',
        safe: true,
        edits: [{ span: node.span, text: `"${node.text}"` }],
      },
    },
  );
}

/** The first key of a mapping: where to point for the whole of it. */
function startOf(node: MapNode) {
  return node.entries[0]?.key.span ?? node.span;
}

function given<K extends string>(
  key: K,
  value: Located<string> | undefined,
): { readonly [P in K]?: Located<string> } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: Located<string> });
}
