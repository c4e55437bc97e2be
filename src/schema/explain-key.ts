// The messages about keys: unknown, missing, not text.

import type { Fix } from '../diagnostics/diagnostic.ts';
import type { MapNode, ScalarNode } from '../syntax/tree.ts';
import { certain, suggest } from '../text/suggest.ts';
import type { Finding } from './explain-type.ts';
import { number } from './explain-type.ts';
import { nameOf, type Place, quoted } from './locate.ts';

/** A key that its mapping does not know, with the key that was probably meant. @param search whether to look for that */
export function explainUnknownKey(
  key: ScalarNode,
  place: Place,
  search: boolean,
): Finding & { readonly meant?: string } {
  const { shape } = place;
  const known = shape?.keys ?? [];
  const message = `unknown key ${quoted(key.text)} in ${nameOf(place)}`;
  const aliases = shape?.aliases ?? {};
  const home = shape?.elsewhere ?? {};
  const allowed = known.length > 0 ? `the keys of ${nameOf(place)} are ${known.join(', ')}` : undefined;
  if (!search) return { message, details: allowed === undefined ? {} : { help: allowed } };
  if (Object.hasOwn(home, key.text)) return { message, details: { help: home[key.text] ?? '' } };
  const meant = Object.hasOwn(aliases, key.text) ? aliases[key.text] : suggest(key.text, known);
  const misspelt = meant ?? suggest(key.text, [...Object.keys(aliases), ...Object.keys(home)]);
  if (meant === undefined && misspelt !== undefined && Object.hasOwn(home, misspelt))
    return {
      message: `${message}; did you mean ${quoted(misspelt)}?`,
      details: { help: home[misspelt] ?? '' },
    };
  const found = meant ?? (misspelt === undefined ? undefined : aliases[misspelt]);
  if (found === undefined) return { message, details: allowed === undefined ? {} : { help: allowed } };
  const taken = place.node.kind === 'map' && hasKey(place.node, found);
  return {
    message: `${message}; did you mean ${quoted(found)}?`,
    details: {
      ...(allowed === undefined ? {} : { help: allowed }),
      ...(taken
        ? { values: [`${quoted(found)} is set in ${nameOf(place)} as well`] }
        : {
            fix: rename(key, found, meant !== undefined && isCertain(key.text, found, aliases, known, home)),
          }),
    },
    ...(taken ? {} : { meant: found }),
  };
}

/** A key that must be there and is not. */
export function explainMissingKey(key: string, place: Place): Finding {
  const why = place.shape?.property(key)?.why;
  return {
    message: `required key ${quoted(key)} is missing in ${nameOf(place)}`,
    details: { help: `add ${quoted(key)} to ${nameOf(place)}`, ...(why === undefined ? {} : { why }) },
  };
}

/** A name that YAML reads as something else than text. */
export function explainKeyType(key: ScalarNode, place: Place): Finding {
  const kind =
    key.type === 'timestamp'
      ? 'a date'
      : key.type === 'null'
        ? 'no value'
        : key.type === 'bool'
          ? `the truth value ${key.value}`
          : number(key) === key.text
            ? 'a number'
            : `the number ${number(key)}`;
  const { source, start, end } = key.span;
  const plain = key.style === 'plain' && end > start && source.text.slice(start, end) === key.text;
  const message = `a key of ${nameOf(place)} must be text, but ${key.text === '' ? 'an empty key' : key.text} is read as ${kind}`;
  if (!plain) return { message, details: { help: 'write it in quotes' } };
  return {
    message: `${message}; quote it: "${key.text}"`,
    details: {
      fix: {
        title: 'write it in quotes',
        safe: true,
        edits: [
          { span: { source, start, end: start }, text: '"' },
          { span: { source, start: end, end }, text: '"' },
        ],
      },
    },
  };
}

// A name that people are known to write for another, or a slip that only one name can be behind.
function isCertain(
  word: string,
  found: string,
  aliases: Readonly<Record<string, string>>,
  known: readonly string[],
  home: Readonly<Record<string, string>>,
): boolean {
  if (Object.hasOwn(aliases, word)) return true;
  const others = Object.keys(aliases).filter((one) => aliases[one] !== found);
  return certain(word, [...known, ...others, ...Object.keys(home)]) === found;
}

function rename(key: ScalarNode, to: string, safe: boolean): Fix {
  return { title: `rename it to ${quoted(to)}`, safe, edits: [{ span: key.span, text: to }] };
}

function hasKey(node: MapNode, key: string): boolean {
  return node.entries.some((one) => one.key.value === key);
}
