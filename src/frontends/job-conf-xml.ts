// job_conf.xml -> JobConfig, as Galaxy 19.09 and later reads it: the first child of each kind counts, entries that
// lack what they need are passed over, and text is taken as it stands.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Located, map, written } from '../model/located.ts';
import type {
  Destination,
  DestinationVariable,
  JobConfig,
  Limit,
  ResourceGroup,
  Resubmit,
  Runner,
  ToolMapping,
} from '../model/routing.ts';
import { checkLimit, checkTool, checkVariable } from '../model/routing-checks.ts';
import { isTruth, splitEnabled } from '../model/routing-params.ts';
import { makeClaims } from '../schema/claims.ts';
import { checkXml, expansionLabels } from '../schema/xml-check.ts';
import { readHandlers } from '../schema/xml-handling.ts';
import {
  commaList,
  contentOf,
  filledTextOf,
  integerOf,
  paramsOf,
  runtimeValueOf,
  textOf,
  writtenAt,
} from '../schema/xml-read.ts';
import { expandMacros, type ReadImport } from '../syntax/xml-macros.ts';
import { attribute, childrenNamed, firstChild, type XmlElement } from '../syntax/xml-tree.ts';

export interface JobConfXmlOptions {
  /** Unknown names are only mentioned (`--allow-unknown`). */
  readonly allowUnknown: boolean;
  /** Reads a file of macros, by its path relative to job_conf.xml; it reports what is wrong, and then gives undefined. */
  readonly read: ReadImport;
}

/**
 * Reads the whole file. Everything wrong in it is reported, and what is right comes back.
 * @param file the path as people see it
 */
export function readJobConfXml(
  root: XmlElement,
  file: string,
  report: Report,
  options: JobConfXmlOptions,
): JobConfig {
  const claims = makeClaims(report);
  const tree = expandMacros(root, claims.named, options.read);
  const config = readTree(tree, file, claims.named);
  checkXml('job-conf-xml', tree, claims.general, options);
  return config;
}

function readTree(root: XmlElement, file: string, report: Report): JobConfig {
  const destinations = firstChild(root, 'destinations');
  const resources = firstChild(root, 'resources');
  const defaultDestination = destinations && filledTextOf(destinations, 'default');
  const defaultDestinationFrom = destinations && runtimeValueOf(destinations, 'default_');
  const defaultResourceGroup = resources && filledTextOf(resources, 'default');
  return {
    format: 'xml',
    file,
    inline: false,
    handling: readHandlers(firstChild(root, 'handlers'), report),
    runners: readRunners(firstChild(root, 'plugins'), report),
    destinations: readEach(destinations, 'destination', (one) => readDestination(one, report)),
    ...(defaultDestination ? { defaultDestination } : {}),
    ...(defaultDestinationFrom ? { defaultDestinationFrom } : {}),
    tools: readEach(firstChild(root, 'tools'), 'tool', (one) => readTool(one, report)),
    limits: readEach(firstChild(root, 'limits'), 'limit', (one) => readLimit(one, report)),
    resourceGroups: readEach(resources, 'group', readGroup),
    ...(defaultResourceGroup ? { defaultResourceGroup } : {}),
  };
}

function readEach<T>(
  parent: XmlElement | undefined,
  name: string,
  read: (one: XmlElement) => T | undefined,
): T[] {
  const found: T[] = [];
  for (const child of parent?.children ?? []) {
    const one = child.name === name ? read(child) : undefined;
    if (one !== undefined) found.push(one);
  }
  return found;
}

function readRunners(plugins: XmlElement | undefined, report: Report): Runner[] {
  const shared = plugins && integerOf(plugins, 'workers');
  return readEach(plugins, 'plugin', (one): Runner | undefined => {
    const id = textOf(one, 'id');
    if (!id || attribute(one, 'type')?.value !== 'runner') return undefined;
    const load = textOf(one, 'load');
    if (!load && id.value !== 'dynamic') {
      report(
        problem('GX412', `runner "${id.value}" has no "load"`, one.nameSpan, {
          labels: expansionLabels(one),
          why: 'Galaxy skips it with a warning in its log',
          help: 'add load="module:Class"',
        }),
      );
      return undefined;
    }
    const workers = integerOf(one, 'workers') ?? shared;
    return {
      ...writtenAt(one),
      id,
      ...(load ? { load } : {}),
      ...(workers ? { workers } : {}),
      ...splitEnabled(paramsOf(one)),
    };
  });
}

function readDestination(element: XmlElement, report: Report): Destination | undefined {
  const id = textOf(element, 'id');
  if (!id || !attribute(element, 'runner')) return undefined;
  const runner = filledTextOf(element, 'runner');
  const tags = attribute(element, 'tags');
  const metrics = filledTextOf(element, 'metrics');
  return {
    ...writtenAt(element),
    id,
    ...(runner ? { runner } : {}),
    tags: tags ? commaList(tags, true) : [],
    ...(metrics ? { metrics } : {}),
    ...splitEnabled(paramsOf(element)),
    env: childrenNamed(element, 'env').map((one) => readVariable(one, report)),
    resubmit: childrenNamed(element, 'resubmit').map(readResubmit),
  };
}

function readVariable(element: XmlElement, report: Report): DestinationVariable {
  const raw = textOf(element, 'raw');
  const variable: DestinationVariable = {
    span: element.openSpan,
    ...present('name', textOf(element, 'id')),
    ...present('file', textOf(element, 'file')),
    ...present('execute', textOf(element, 'exec')),
    ...present('value', contentOf(element)),
    ...present('raw', raw && map(raw, isTruth)),
  };
  checkVariable(variable, report);
  return variable;
}

function readResubmit(element: XmlElement): Resubmit {
  return {
    span: element.openSpan,
    ...present('condition', textOf(element, 'condition')),
    ...present('destination', textOf(element, 'destination')),
    ...present('handler', textOf(element, 'handler')),
    ...present('delay', textOf(element, 'delay')),
  };
}

// There may be 100,000 tools: each is read in one pass over its attributes, into one object with one order of keys.
function readTool(element: XmlElement, report: Report): ToolMapping {
  let id: Located<string> | undefined;
  let kind: Located<string> | undefined;
  let handler: Located<string> | undefined;
  let destination: Located<string> | undefined;
  let resources: Located<string> | undefined;
  for (const one of element.attributes) {
    if (one.value === '') continue;
    if (one.name === 'id') id = one;
    else if (one.name === 'class') kind = one;
    else if (one.name === 'handler') handler = one;
    else if (one.name === 'destination') destination = one;
    else if (one.name === 'resources') resources = one;
  }
  const expandedAt = element.expandedAt.at(-1);
  const tool: Draft<ToolMapping> = { span: element.openSpan, params: paramsOf(element) };
  if (expandedAt) tool.expandedAt = expandedAt;
  if (id) tool.id = id;
  if (kind) tool.class = kind;
  if (handler) tool.handler = handler;
  if (destination) tool.destination = destination;
  if (resources) tool.resources = resources;
  checkTool(tool, report);
  return tool;
}

function readLimit(element: XmlElement, report: Report): Limit | undefined {
  const type = filledTextOf(element, 'type');
  if (!type) return undefined;
  const limit: Limit = {
    ...writtenAt(element),
    type,
    ...present('value', contentOf(element)),
    ...present('id', filledTextOf(element, 'id')),
    ...present('tag', filledTextOf(element, 'tag')),
    ...present('window', filledTextOf(element, 'window')),
  };
  checkLimit(limit, report);
  return limit;
}

function readGroup(element: XmlElement): ResourceGroup | undefined {
  const id = textOf(element, 'id');
  if (!id) return undefined;
  const fields = attribute(element, 'fields');
  const text = contentOf(element);
  const items =
    fields && fields.value !== ''
      ? commaList(fields, false)
      : (text?.value.split(',') ?? []).map((item) => written(item, element.textSpan));
  return { ...writtenAt(element), id, fields: items.filter((one) => one.value !== '') };
}

/** Something whose parts are filled in one by one. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

function present<K extends string, T>(
  key: K,
  value: Located<T> | undefined,
): { readonly [P in K]?: Located<T> } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: Located<T> });
}
