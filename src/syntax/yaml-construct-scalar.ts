// One scalar as PyYAML's safe loader constructs it: by its tag, or by its look when it is plain.

import type { Code } from '../diagnostics/codes.ts';
import type { Details, Report } from '../diagnostics/diagnostic.ts';
import { type Span, span } from '../text/source.ts';
import type { ScalarNode } from './tree.ts';
import type { RawNode, RawScalar } from './yaml-raw.ts';
import { readBool, readFloat, readInt, readTimestamp, resolvePlain } from './yaml-scalar.ts';
import { warnScalar } from './yaml-warnings.ts';

/** Reports an error at a node and remembers that the file cannot be read. */
export type Fail = (code: Code, message: string, raw: RawNode, details?: Details) => void;

/** The prefix that `!!` stands for. */
export const known = 'tag:yaml.org,2002:';

/** Tags that PyYAML knows and that make an ordinary value of the right kind of node. */
const fitting = new Set(['null', 'bool', 'int', 'float', 'str', 'timestamp', 'map', 'seq']);
/** Tags that PyYAML knows, for bytes, sets and lists of pairs. */
const exotic = new Set(['binary', 'omap', 'pairs', 'set']);

/** The node of a scalar; after a failure, some node, so that the rest can be looked at. */
export function constructScalar(raw: RawScalar, place: Span, fail: Fail, report: Report): ScalarNode {
  const { text, style } = raw;
  const tag = tagOf(raw);
  const typed = (type: ScalarNode['type'], value: ScalarNode['value'] | undefined) => {
    if (value !== undefined) return scalarNode(place, type, value, text, style);
    fail(
      'GX115',
      type === 'timestamp' ? 'no such date or time' : `this cannot be read as ${names[type]}`,
      raw,
      {
        why: 'Python fails on it, and the whole file is not read',
        help: 'if the text is meant, put it in quotes',
      },
    );
    return undefined;
  };
  let node: ScalarNode | undefined;
  switch (tag) {
    case 'str':
      node = typed('str', text);
      break;
    case 'null':
      node = scalarNode(place, 'null', null, text, style);
      break;
    case 'bool':
      node = typed('bool', readBool(text));
      break;
    case 'int':
      node = typed('int', readInt(text));
      break;
    case 'float':
      node = typed('float', readFloat(text));
      break;
    case 'timestamp':
      node = typed('timestamp', readTimestamp(text) === undefined ? undefined : text);
      break;
    case 'merge':
    case 'value':
      failOperator(raw, place, fail);
      break;
    default:
      failTag(raw, raw.tag ?? tag, 'scalar', fail);
  }
  if (node && raw.tag === undefined && style === 'plain') warnScalar(node, report);
  return node ?? scalarNode(place, 'str', text, text, style);
}

export function scalarNode(
  place: Span,
  type: ScalarNode['type'],
  value: ScalarNode['value'],
  text: string,
  style: ScalarNode['style'],
): ScalarNode {
  return { kind: 'scalar', span: place, type, value, text, style };
}

/** The name of the tag without YAML's own prefix, by its look for a plain scalar. */
export function tagOf(raw: RawScalar): string {
  if (raw.tag === undefined) return raw.style === 'plain' ? resolvePlain(raw.text) : 'str';
  // The lone "!" makes PyYAML resolve even a quoted text by its look.
  if (raw.tag === '!') return resolvePlain(raw.text);
  return raw.tag.startsWith(known) ? raw.tag.slice(known.length) : raw.tag;
}

/** @param kind what carries the tag: scalar, list or mapping */
export function failTag(raw: RawNode, tag: string, kind: string, fail: Fail): void {
  const name = tag.startsWith(known) ? tag.slice(known.length) : '';
  const shown = name === '' ? tag : `!!${name}`;
  const help = 'remove the tag; text that begins with "!" goes in quotes';
  if (fitting.has(name)) fail('GX114', `the tag "${shown}" does not fit a ${kind}`, raw, { help });
  else if (exotic.has(name))
    fail('GX114', `the tag "${shown}" makes a value that no setting takes`, raw, { help });
  else
    fail('GX114', `unknown tag "${shown}"`, raw, {
      why: 'Galaxy reads its files without tags of its own and stops at one that it does not know',
      help,
    });
}

function failOperator(raw: RawScalar, { source, start, end }: Span, fail: Fail): void {
  fail('GX115', `"${raw.text}" has a meaning of its own in YAML and cannot be a value`, raw, {
    help: 'put it in quotes',
    fix: {
      title: 'put it in quotes',
      edits: [
        { span: span(source, start), text: '"' },
        { span: span(source, end), text: '"' },
      ],
      safe: true,
    },
  });
}

const names: Record<ScalarNode['type'], string> = {
  null: 'null',
  bool: 'a boolean',
  int: 'an integer',
  float: 'a number',
  str: 'text',
  timestamp: 'a date',
};
