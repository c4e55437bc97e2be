// Values of XML elements with their places, read as Galaxy reads them.

import { type Located, map, written } from '../model/located.ts';
import type { Param, RuntimeValue, Written } from '../model/routing.ts';
import { wholeNumber } from '../model/routing-checks.ts';
import type { Plain } from '../syntax/tree.ts';
import { attribute, childrenNamed, type XmlAttribute, type XmlElement } from '../syntax/xml-tree.ts';
import { span } from '../text/source.ts';

/** The attribute as text; undefined when it is absent. An empty one is text. */
export function textOf(element: XmlElement, name: string): Located<string> | undefined {
  return attribute(element, name);
}

/** The same, but an empty one counts as absent: `if value:` in Galaxy. */
export function filledTextOf(element: XmlElement, name: string): Located<string> | undefined {
  const found = attribute(element, name);
  return found && found.value !== '' ? found : undefined;
}

/** The whole number of an attribute; undefined when it is absent, empty or none (which the schema check reports). */
export function integerOf(element: XmlElement, name: string): Located<number> | undefined {
  const found = textOf(element, name);
  if (!found || !wholeNumber.test(found.value)) return undefined;
  return map(found, (text) => Number(text.replaceAll('_', '')));
}

/** The text of an element, as it is; undefined when there is none. */
export function contentOf(element: XmlElement): Located<string> | undefined {
  const { text } = element;
  return text === '' ? undefined : written(text, element.textSpan);
}

/** The items of a comma list, each with its place. */
export function commaList(
  { value, valueSpan: { source, start, end } }: XmlAttribute,
  trim: boolean,
): Located<string>[] {
  // With references or tokens in it, what is written is not what is meant: then all items stand at the whole value.
  const exact = source.text.slice(start, end) === value;
  let at = start;
  return value.split(',').map((raw) => {
    const from = at;
    at += raw.length + 1;
    const item = trim ? raw.trim() : raw;
    const shift = trim ? raw.length - raw.trimStart().length : 0;
    const place = exact ? span(source, from + shift, from + shift + item.length) : span(source, start, end);
    return written(item, place);
  });
}

/** What every entry of the model has. */
export function writtenAt(element: XmlElement): Written {
  const expandedAt = element.expandedAt.at(-1);
  return expandedAt ? { span: element.openSpan, expandedAt } : { span: element.openSpan };
}

/** `from_environ` or `from_config`, behind a prefix such as `default_`; the environment is tested first. */
export function runtimeValueOf(element: XmlElement, prefix = ''): RuntimeValue | undefined {
  const environ = textOf(element, `${prefix}from_environ`);
  if (environ) return { kind: 'environ', name: environ };
  const config = textOf(element, `${prefix}from_config`);
  return config && { kind: 'config', name: config };
}

const NONE: readonly never[] = [];

/** The `<param>` children; one without an id is left out, and reported by the schema check. */
export function paramsOf(element: XmlElement): readonly Param[] {
  if (element.children.length === 0) return NONE;
  const params: Param[] = [];
  for (const one of element.children) {
    if (one.name !== 'param') continue;
    const name = textOf(one, 'id');
    if (!name) continue;
    const from = runtimeValueOf(one);
    const lost = attribute(one, 'value')?.valueSpan;
    params.push({
      name,
      value: paramValue(one, name.value),
      ...(from ? { from } : {}),
      ...(lost ? { lost } : {}),
    });
  }
  return params;
}

function paramValue(param: XmlElement, name: string): Located<Plain> {
  if (name === 'container' || name === 'container_override') {
    const containers = childrenNamed(param, 'container').map((one) => ({
      type: attribute(one, 'type')?.value ?? 'docker',
      identifier: one.text.trim(),
    }));
    return written(containers, param.openSpan);
  }
  return written(param.text === '' ? null : param.text, param.textSpan);
}
