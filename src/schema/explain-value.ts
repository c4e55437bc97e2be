// The messages about values of the right type: unknown choices, ranges, forms, combinations.

import type { ErrorObject } from 'ajv';
import type { Code } from '../diagnostics/codes.ts';
import type { Plain } from '../syntax/tree.ts';
import { certain, suggest } from '../text/suggest.ts';
import { type Finding, isHidden, listed } from './explain-type.ts';
import { nameOf, type Place, quoted } from './locate.ts';

/** The code and finding for a failed keyword other than those about types and keys. */
export function explainValue(error: ErrorObject, place: Place): Finding & { readonly code: Code } {
  const { keyword } = error;
  if (keyword === 'enum' || keyword === 'const') return { code: 'GX202', ...unknownValue(place) };
  if (/imum$/.test(keyword)) return { code: 'GX203', ...outOfRange(place) };
  if (keyword === 'pattern') return { code: 'GX204', ...wrongForm(place) };
  const size = sizes[keyword];
  if (size)
    return { code: 'GX203', ...withHelp(place, `${nameOf(place)} ${size(Number(error.params.limit))}`) };
  return { code: 'GX208', ...withHelp(place, combination(error, place)) };
}

/** Number behind the name of a size keyword, in words. */
const sizes: Readonly<Record<string, (limit: number) => string>> = {
  minLength: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`),
  maxLength: (limit) => `must have at most ${limit} characters`,
  minItems: (limit) => (limit === 1 ? 'must not be an empty list' : `must have at least ${limit} items`),
  maxItems: (limit) => `must have at most ${limit} items`,
  minProperties: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${limit} keys`),
  maxProperties: (limit) => `must have at most ${limit} keys`,
};

function unknownValue(place: Place): Finding {
  const { node, shape } = place;
  const values = (shape?.values ?? []).map(text).sort();
  const allowed = `${place.key ? nameOf(place) : 'it'} must be ${listed(values.map(quoted))}`;
  if (node.kind !== 'scalar' || isHidden(place))
    return { message: `unknown value for ${nameOf(place)}`, details: { help: allowed } };
  const near = suggest(node.text, values);
  const where = place.key || !place.parent ? `for ${nameOf(place)}` : `in ${nameOf(place.parent)}`;
  const message = `unknown value ${quoted(node.text)} ${where}`;
  const why = shape?.why === undefined ? {} : { why: shape.why };
  if (near === undefined) return { message, details: { ...why, help: allowed } };
  const safe = node.text.length >= 4 && certain(node.text, values) === near;
  return {
    message: `${message}; did you mean ${quoted(near)}?`,
    details: {
      ...why,
      help: allowed,
      fix: { title: `write ${quoted(near)}`, safe, edits: [{ span: node.span, text: asText(near) }] },
    },
  };
}

// Words that YAML does not read as anything but themselves go without quotes.
function asText(word: string): string {
  const plain = /^[A-Za-z][\w./-]*$/.test(word) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(word);
  return plain ? word : JSON.stringify(word);
}

function outOfRange(place: Place): Finding {
  const { node, shape } = place;
  const { minimum: low, maximum: high, exclusiveMinimum: above } = shape ?? {};
  const range =
    low !== undefined && high !== undefined
      ? `from ${low} to ${high}`
      : above !== undefined
        ? `more than ${above}`
        : low !== undefined
          ? `at least ${low}`
          : `at most ${high}`;
  const shown = node.kind === 'scalar' && !isHidden(place) ? `, but it is ${node.text}` : '';
  return withHelp(place, `${nameOf(place)} must be ${range}${shown}`);
}

function wrongForm(place: Place): Finding {
  const { node, shape } = place;
  const form = shape?.form ?? 'of the form that the schema asks for';
  const shown = node.kind === 'scalar' && !isHidden(place) ? `, but it is ${quoted(node.text)}` : '';
  return withHelp(place, `${nameOf(place)} must be ${form}${shown}`);
}

function combination({ keyword, params, message }: ErrorObject, place: Place): string {
  const name = nameOf(place);
  if (keyword === 'uniqueItems') return `items ${params.j + 1} and ${params.i + 1} of ${name} are the same`;
  if (keyword === 'dependentRequired')
    return `${quoted(params.property)} in ${name} needs ${quoted(params.missingProperty)} beside it`;
  const sets = place.shape?.alternatives ?? [];
  if ((keyword === 'anyOf' || keyword === 'oneOf') && sets.length > 0) {
    const words = sets.map((keys) => listed(keys.map(quoted), 'and'));
    return `${name} needs ${keyword === 'oneOf' ? 'exactly' : 'at least'} one of ${words.join(', ')}`;
  }
  if (keyword === 'anyOf' || keyword === 'oneOf') return `${name} has none of the forms it may have`;
  return `${name} ${message ?? 'is not allowed here'}`;
}

function withHelp({ shape }: Place, message: string): Finding {
  return {
    message,
    details: {
      ...(shape?.why === undefined ? {} : { why: shape.why }),
      ...(shape?.help === undefined ? {} : { help: shape.help }),
    },
  };
}

function text(value: Plain): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
