// The options of uWSGI in the order in which it reads them: files that are included put in their place, placeholders
// filled in, loops unrolled, and conditions either decided or noted.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { UwsgiOption } from '../../model/legacy.ts';
import { written } from '../../model/located.ts';
import { looksSecret } from '../../model/secrets.ts';
import type { Span } from '../../text/source.ts';

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
const deepestInclude = 8;
const longestValue = 100_000;

// What is decided by the options alone.
const known = /^if-(?:not-)?opt$/;
const conditions = /^if-[a-z-]+$/;

export function evaluateUwsgi(entries: readonly UwsgiEntry[], input: UwsgiInput): UwsgiOption[] {
  const out: UwsgiOption[] = [];
  const logic: Logic = { loop: undefined, conditions: [], skip: false };
  run(entries, out, logic, input, 0);
  const last = out.at(-1);
  if (last && out.length >= mostOptions)
    input.report(
      problem('GX913', 'these are more options of uWSGI than gxgen reads', last.place, {
        help: `gxgen reads up to ${mostOptions}, loops unrolled`,
      }),
    );
  // A name stands for the first option that is called so, wherever it is.
  const values = new Map<string, string>();
  for (const { key, value, effective } of out) {
    if (effective && !values.has(key)) values.set(key, value.value);
    const set = /^(?:set|set-placeholder|set-ph)$/.test(key)
      ? /^([^=]+)=(.*)$/s.exec(value.value)
      : undefined;
    if (set && !values.has(set[1] as string)) values.set(set[1] as string, set[2] as string);
  }
  return out.map((one) => {
    if (/^set-(?:placeholder|ph)$/.test(one.key)) return one;
    const text = fill(one.value.value, values);
    return text === one.value.value ? one : { ...one, value: { value: text, origin: one.value.origin } };
  });
}

interface Logic {
  loop: { readonly items: readonly string[]; readonly entries: UwsgiEntry[] } | undefined;
  conditions: string[];
  /** The condition does not hold: nothing counts until it ends. */
  skip: boolean;
}

function run(
  entries: readonly UwsgiEntry[],
  out: UwsgiOption[],
  logic: Logic,
  input: UwsgiInput,
  depth: number,
): void {
  for (const entry of entries) {
    if (out.length >= mostOptions) return;
    const { key } = entry;
    const value = environmentText(entry.value, input.environment);
    if (/^(?:end|endif|endfor|end-if|end-for)$/.test(key)) {
      const { loop } = logic;
      Object.assign(logic, { loop: undefined, conditions: [], skip: false });
      if (loop) unroll(loop, out, logic, input, depth);
      push(out, { ...entry, value }, logic, true);
    } else if (logic.loop) {
      logic.loop.entries.push(entry);
    } else if (/^for(?:-times)?$/.test(key)) {
      push(out, { ...entry, value }, logic, true);
      const count = Math.min(Number(value) || 0, 1_000);
      const items =
        key === 'for' ? value.split(/ +/) : Array.from({ length: count }, (_, index) => String(index + 1));
      logic.loop = { items: items.filter((one) => one !== ''), entries: [] };
    } else if (conditions.test(key)) {
      if (logic.conditions.length > 0) reportNested(entry, input.report);
      push(out, { ...entry, value }, logic, true);
      logic.conditions = known.test(key) ? [] : [`${key} = ${value}`];
      logic.skip = known.test(key) && !holds(key, value, out);
    } else {
      push(out, { ...entry, value }, logic, !logic.skip && !/:$/.test(key) && !key.includes(': '));
      if (/^(?:ini|include|inherit)$/.test(key) && !logic.skip && depth < deepestInclude) {
        const more = input.include(value, entry.valueSpan);
        if (more) run(more, out, { ...logic, loop: undefined }, input, depth + 1);
      }
    }
  }
}

// Each option of the loop with every item, before the next option has its turn.
function unroll(
  { items, entries }: NonNullable<Logic['loop']>,
  out: UwsgiOption[],
  logic: Logic,
  input: UwsgiInput,
  depth: number,
): void {
  for (const one of entries) {
    for (const item of items) {
      if (out.length >= mostOptions) return;
      const value = one.value.replaceAll('%(_)', item).slice(0, longestValue);
      run([{ ...one, value }], out, logic, input, depth);
    }
  }
}

function push(out: UwsgiOption[], entry: UwsgiEntry, { conditions: when }: Logic, effective: boolean): void {
  const { key, value, raw, place, from, valueSpan } = entry;
  out.push({
    key,
    value: written(value, valueSpan),
    raw,
    place,
    from,
    effective,
    secret: isSecretUwsgi(key, value),
    ...(when.length > 0 ? { when: [...when] } : {}),
  });
}

function holds(key: string, value: string, out: readonly UwsgiOption[]): boolean {
  const [name = '', wanted] = value.split(/=(.*)/s);
  const found = out.some(
    (one) => one.effective && one.key === name && (wanted === undefined || one.value.value === wanted),
  );
  return key === 'if-opt' ? found : !found;
}

function reportNested({ key, keySpan }: UwsgiEntry, report: Report): void {
  report(
    problem('GX175', `"${key}" stands inside another condition`, keySpan, {
      help: 'end the first one before it: "endif ="',
    }),
  );
}

function environmentText(text: string, environment: ReadonlyMap<string, string>): string {
  if (!text.includes('$(')) return text;
  return text.replace(/\$\(([^()]{1,200})\)/g, (whole, name: string) => environment.get(name) ?? whole);
}

// Once: what is filled in is not looked at again.
function fill(text: string, values: ReadonlyMap<string, string>): string {
  if (!text.includes('%(')) return text;
  return text
    .replace(/%\(([^()]{1,200})\)/g, (whole, name: string) => values.get(name) ?? whole)
    .slice(0, longestValue);
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
