// The arguments of a handler of Python's logging, as `args = ('/var/log/galaxy.log', 'a')` has them: literals only, never
// evaluated.

import type { Plain } from '../syntax/tree.ts';

/** The keyword of each argument by its place; of the handlers whose arguments a dictConfig can say. */
const keywords: Readonly<Record<string, readonly string[]>> = {
  StreamHandler: ['stream'],
  NullHandler: [],
  FileHandler: ['filename', 'mode', 'encoding', 'delay'],
  'handlers.WatchedFileHandler': ['filename', 'mode', 'encoding', 'delay'],
  'handlers.RotatingFileHandler': ['filename', 'mode', 'maxBytes', 'backupCount', 'encoding', 'delay'],
  'handlers.TimedRotatingFileHandler': [
    'filename',
    'when',
    'interval',
    'backupCount',
    'encoding',
    'delay',
    'utc',
  ],
  'handlers.SysLogHandler': ['address', 'facility'],
};

/** The settings of a handler as dictConfig takes them; undefined where they are more than literals. */
export function handlerSettings(written: string, args: string): { [key: string]: Plain } | undefined {
  const name = written.replace(/^logging\./, '');
  const known = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
  const values = known && readTuple(args);
  if (!known || !values || values.length > known.length) return undefined;
  const out: { [key: string]: Plain } = { class: `logging.${name}` };
  for (const [index, value] of values.entries()) {
    const key = known[index] ?? '';
    if ((key === 'stream') !== (typeof value === 'string' && value.startsWith('ext://'))) return undefined;
    out[key] = value;
  }
  return out;
}

// One literal, with the comma or the end behind it.
const literal =
  /\s*(?:(?:'([^'\\\n]*)'|"([^"\\\n]*)")|(-?\d{1,15})|(True|False|None)|(?:sys\.(stderr|stdout))|(?:logging\.)?(?:handlers\.)?SysLogHandler\.LOG_([A-Z0-9]+)|(\(\s*(?:'[^'\\\n]*'|"[^"\\\n]*")\s*,\s*\d{1,5}\s*,?\s*\)))\s*(,|$)/y;

function readTuple(args: string): Plain[] | undefined {
  const text = args.trim();
  if (text === '()' || text === '') return [];
  // `('a')` is no tuple, but its text: a file would be opened for each letter.
  if (!text.startsWith('(') || !text.endsWith(')') || text.length > 2_000) return undefined;
  const inner = text.slice(1, -1);
  const values: Plain[] = [];
  let commas = 0;
  let at = 0;
  while (inner.slice(at).trim() !== '') {
    // Set each time: a pair inside is read with the same expression.
    literal.lastIndex = at;
    const match = literal.exec(inner);
    if (!match) return undefined;
    at = literal.lastIndex;
    values.push(argumentOf(match));
    if (match[8] === ',') commas++;
  }
  return commas === 0 ? undefined : values;
}

function argumentOf([, single, double, number, word, stream, facility, pair]: RegExpExecArray): Plain {
  if (number !== undefined) return Number(number);
  if (word !== undefined) return word === 'None' ? null : word === 'True';
  if (stream !== undefined) return `ext://sys.${stream}`;
  if (facility !== undefined) return facility.toLowerCase();
  if (pair !== undefined) return readTuple(pair) ?? null;
  return single ?? double ?? '';
}
