// The options of uWSGI in the order in which it reads them: files that are included put in their place, placeholders
// filled in, loops unrolled, and conditions either decided or noted.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { UwsgiOption } from '../../model/legacy.ts';
import { written } from '../../model/located.ts';
import { looksSecret } from '../../model/secrets.ts';
import type { Span } from '../../text/source.ts';
import { Filler, placeholder } from './uwsgi-fill.ts';

/** An option as a file has it. */
export interface UwsgiEntry {
  readonly key: string;
  readonly value: string;
  readonly raw: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly place: Span;
  readonly from: UwsgiOption['from'];
}

export interface UwsgiInput {
  /** Of supervisord and of the program, as far as they are known. */
  readonly environment: ReadonlyMap<string, string>;
  /** The options of a file that another includes; undefined, and reported, where it cannot be read. */
  readonly include: (target: string, from: Span) => readonly UwsgiEntry[] | undefined;
  readonly report: Report;
}

/** More than uWSGI files of people hold, loops unrolled. */
const mostOptions = 10_000;
const deepest = 20;
const longestValue = 100_000;

// What is decided by the options alone.
const known = /^if-(?:not-)?opt$/;
const conditions = /^(?:if-[a-z-]+|if(?:dir|env|exists|plugin)|for-(?:glob|readline))$/;
const loops = /^for(?:-times)?$/;
const ends = /^(?:end|endif|endfor|end-if|end-for)$/;
const settings = /^(?:set|set-placeholder|set-ph)$/;
// Obeyed while they are read, so nothing is filled in any more.
const immediate =
  /^(?:set|set-placeholder|set-ph|ini|include|xml|json|js|ya?ml|config|strict|umask|listen|(?:need-)?plugins?|plugins?-dir|autoload|declare-option|flock|flock-wait|early-envdir|immediate-[ug]id|inject-(?:before|after)|resolve)$/;

export function evaluateUwsgi(entries: readonly UwsgiEntry[], input: UwsgiInput): UwsgiOption[] {
  const reading: Reading = { out: [], fixed: new Set(), logic: undefined, values: new Map(), input };
  for (const entry of entries) read(reading, entry, 0);
  const last = reading.out.at(-1);
  if (last && reading.out.length >= mostOptions)
    input.report(
      problem('GX913', 'these are more options of uWSGI than gxgen reads', last.place, {
        help: `gxgen reads up to ${mostOptions}, loops unrolled`,
      }),
    );
  const filled = fillAll(reading);
  const late: Reading = { ...reading, out: [], logic: undefined };
  for (const { key, value, effective } of filled)
    if (key === 'inherit' && effective && value.origin.kind === 'source')
      include(late, value.value, value.origin.span, 0);
  return [...filled, ...late.out];
}

interface Reading {
  readonly out: UwsgiOption[];
  /** Those that are not filled. */
  readonly fixed: Set<UwsgiOption>;
  /** A loop or condition is in force until it ends, across files, and there is only one. */
  logic: Logic | undefined;
  /** Of each name the first value. */
  readonly values: Map<string, string>;
  readonly input: UwsgiInput;
}

interface Logic {
  /** What `%(_)` stands for in turn, undefined where only the server knows. Asked for each option anew. */
  readonly items: () => readonly (string | undefined)[];
  /** As written, where only the server knows whether it holds. */
  readonly when?: string;
}

function read(reading: Reading, entry: UwsgiEntry, depth: number): void {
  if (ends.test(entry.key)) reading.logic = undefined;
  const { logic } = reading;
  if (!logic) {
    add(reading, entry, depth);
    return;
  }
  const items = logic.items();
  if (items.length === 0 && reading.out.length < mostOptions) push(reading, entry, true, false);
  for (const item of items) {
    if (reading.out.length >= mostOptions) return;
    const value = item === undefined ? entry.value : entry.value.replaceAll('%(_)', () => item);
    add(reading, { ...entry, value: value.slice(0, longestValue) }, depth);
  }
}

function add(reading: Reading, entry: UwsgiEntry, depth: number): void {
  const { out, values, input } = reading;
  const { key, value } = entry;
  if (out.length >= mostOptions || depth > deepest) return;
  const isLogic = conditions.test(key) || loops.test(key);
  if (isLogic && reading.logic) {
    reportNested(entry, input.report);
    return;
  }
  const fix = isLogic || ends.test(key) || immediate.test(key);
  push(reading, entry, fix);
  if (isLogic) {
    reading.logic = logicOf(key, value, values, input.environment);
  } else if (settings.test(key)) {
    const [, name, given] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
    if (name === undefined || given === undefined) reportSetting(entry, input.report);
    // `set` may set an option of uWSGI itself.
    else if (key === 'set') add(reading, { ...entry, key: name, value: given }, depth + 1);
    else push(reading, { ...entry, key: name, value: given }, true);
  } else if (key === 'include' && !/\.(?:ini|xml|ya?ml|json|js)$/.test(value)) {
    reportInclude(entry, input.report);
  } else if (key === 'ini' || key === 'include') {
    include(reading, value, entry.valueSpan, depth);
  }
}

// Conditions are not asked about the options of a file that stands under one, and loops do not repeat them.
function include(reading: Reading, target: string, from: Span, depth: number): void {
  if (depth >= deepest) return;
  const under = reading.logic;
  for (const entry of reading.input.include(target, from) ?? []) {
    if (under) add(reading, entry, depth + 1);
    else read(reading, entry, depth + 1);
  }
}

function push(reading: Reading, entry: UwsgiEntry, fix: boolean, counts = true): void {
  const { key, value, raw, place, from, valueSpan } = entry;
  const when = reading.logic?.when;
  const option: UwsgiOption = {
    key,
    value: written(value, valueSpan),
    raw,
    place,
    from,
    effective: counts && !/:$|: /.test(key),
    secret: isSecretUwsgi(key, value),
    ...(when === undefined ? {} : { when: [when] }),
  };
  reading.out.push(option);
  if (fix) reading.fixed.add(option);
  if (counts && !reading.values.has(key)) reading.values.set(key, value);
}

function logicOf(
  key: string,
  value: string,
  values: ReadonlyMap<string, string>,
  environment: ReadonlyMap<string, string>,
): Logic {
  if (loops.test(key)) {
    const items = key === 'for' ? value.split(' ').filter((one) => one !== '') : numbers(value);
    return { items: () => items };
  }
  const [name = '', wanted] = value.split(/=(.*)/s);
  if (known.test(key)) {
    return {
      items: () => {
        const found = values.get(name);
        const same = found !== undefined && (wanted === undefined || wanted === found);
        return same === (key === 'if-opt') ? [found] : [];
      },
    };
  }
  const blind = /^for-|-(?:reload|hostname|hostname-match)$/.test(key);
  const item = blind ? undefined : /env$/.test(key) ? environment.get(name) : value;
  return { items: () => [item], when: `${key} = ${value}` };
}

function numbers(value: string): string[] {
  const count = Math.min(Number.parseInt(value, 10) || 0, mostOptions);
  return Array.from({ length: Math.max(0, count) }, (_, index) => String(index + 1));
}

// In the order in which they were read, so that a value that is filled is seen by those behind it.
function fillAll({ out, fixed, input }: Reading): UwsgiOption[] {
  if (!out.some((one) => /[$%]\(/.test(one.value.value))) return out;
  const filler = new Filler();
  const texts = out.map((one) =>
    fixed.has(one)
      ? one.value.value
      : filler.fill(one.value.value, '$', (name) => input.environment.get(name)),
  );
  const first = new Map<string, number>();
  for (const [at, { key, effective }] of out.entries())
    if ((effective || /:/.test(key)) && !first.has(key)) first.set(key, at);
  const option = (name: string) => texts[first.get(name) ?? -1];
  return out.map((one, at) => {
    const text = texts[at] ?? '';
    const endless = () => reportEndless(one, input.report);
    if (!fixed.has(one)) texts[at] = filler.fill(text, '%', (name) => placeholder(name, option), endless);
    const value = texts[at] ?? '';
    return value === one.value.value ? one : { ...one, value: { value, origin: one.value.origin } };
  });
}

function reportEndless({ key, place }: UwsgiOption, report: Report): void {
  report(
    problem('GX178', `filling in the names of "${key}" comes to no end`, place, {
      why: 'uWSGI goes on until its memory is used up',
      help: 'look for a "%(name)" that leads back to this option',
    }),
  );
}

function reportNested({ key, keySpan }: UwsgiEntry, report: Report): void {
  report(
    problem('GX175', `"${key}" stands inside another condition`, keySpan, {
      help: 'end the first one before it: "endif ="',
    }),
  );
}

function reportInclude({ key, value, place, valueSpan }: UwsgiEntry, report: Report): void {
  report(
    problem(
      'GX177',
      `"${key}" names no file that uWSGI can read by its ending`,
      valueSpan.start === valueSpan.end ? place : valueSpan,
      {
        why: `uWSGI stops with "unable to load configuration"`,
        help: value.includes('.ini:')
          ? 'write "ini = file.ini:section" for a section of a file'
          : 'name a file that ends in .ini',
      },
    ),
  );
}

function reportSetting({ key, place, valueSpan }: UwsgiEntry, report: Report): void {
  report(
    problem(
      'GX176',
      `"${key}" has no "=" in its value`,
      valueSpan.start === valueSpan.end ? place : valueSpan,
      {
        why: 'uWSGI stops with "invalid placeholder/--set value"',
        help: `write "${key} = name=value"`,
      },
    ),
  );
}

/** True for an option whose value must not be shown; some have a name of their own in their value. */
export function isSecretUwsgi(key: string, value: string): boolean {
  const variable = /^(?:env|set|set-placeholder|set-ph)$/.test(key)
    ? /^([^=]*)=(.*)$/s.exec(value)
    : undefined;
  return variable ? looksSecret(variable[1] as string, variable[2] as string) : looksSecret(key, value);
}

const aliases: Readonly<Record<string, readonly string[]>> = {
  processes: ['processes', 'workers', 'p'],
  socket: ['socket', 'uwsgi-socket', 's', 'suwsgi-socket', 'ssl-socket'],
  http: ['http', 'http-router', 'httprouter'],
  'http-socket': ['http-socket'],
  https: ['https'],
  virtualenv: ['virtualenv', 'home', 'venv', 'pyhome', 'pythonhome', 'H'],
  pythonpath: ['pythonpath', 'python-path', 'pp'],
  chdir: ['chdir'],
  logto: ['logto', 'logto2', 'daemonize', 'daemonize2'],
  module: ['module', 'wsgi', 'w'],
};

/** Every value of an option under any of its names, in order; those that stand under a condition are left out. */
export function uwsgiValues(options: readonly UwsgiOption[], name: string): UwsgiOption[] {
  const names = aliases[name] ?? [name];
  return options.filter((one) => one.effective && one.when === undefined && names.includes(one.key));
}

/** The value that counts where only one does: the last. */
export function uwsgiValue(options: readonly UwsgiOption[], name: string): UwsgiOption | undefined {
  return uwsgiValues(options, name).at(-1);
}

/** Whether a flag is set. Words for no are no for uWSGI only where the option takes a truth value. */
export function uwsgiFlag(options: readonly UwsgiOption[], name: string): boolean {
  const found = uwsgiValue(options, name);
  return found !== undefined && !/^(?:false|no|off|0)$/i.test(found.value.value);
}
