// Options of the `galaxy:` section as Galaxy reads them: words for truth values, text for numbers, nothing for null.

import type { Plain } from '../syntax/tree.ts';
import { type Span, span } from '../text/source.ts';
import type { Instance } from './deployment.ts';
import { type Located, map, spanOf } from './located.ts';

// Most rules ask for an option or two.
const byName = new WeakMap<Instance['options'], Map<string, Located<Plain>>>();

/** An option with its place; undefined when it is absent or has no value. The last of several counts. */
export function option(instance: Pick<Instance, 'options'>, name: string): Located<Plain> | undefined {
  const { options } = instance;
  let named = byName.get(options);
  if (!named) {
    named = new Map(options.map((one) => [one.name, one.value]));
    byName.set(options, named);
  }
  const found = named.get(name);
  return found === undefined || found.value === null ? undefined : found;
}

/** An option as text; undefined when it is absent, empty or no scalar. */
export function textOption(instance: Pick<Instance, 'options'>, name: string): Located<string> | undefined {
  const found = option(instance, name);
  if (found === undefined || typeof found.value === 'object' || found.value === '') return undefined;
  return map(found, String);
}

/** An option as a number; undefined when it is absent or is none. */
export function numberOption(instance: Instance, name: string): Located<number> | undefined {
  const text = textOption(instance, name);
  const number = Number(text?.value);
  return text === undefined || text.value.trim() === '' || !Number.isFinite(number)
    ? undefined
    : map(text, () => number);
}

/** Whether Galaxy takes a word for true: it knows true, yes, on and 1, in any case. Source: `string_as_bool`. */
export function isTrueWord(word: string): boolean {
  return ['true', 'yes', 'on', '1'].includes(word.toLowerCase());
}

/** Whether an option is true for Galaxy. */
export function isOn(instance: Pick<Instance, 'options'>, name: string, whenAbsent = false): boolean {
  const found = option(instance, name);
  if (found === undefined) return whenAbsent;
  if (typeof found.value === 'object') return false;
  return isTrueWord(String(found.value));
}

/** True when Galaxy leaves the sending of files to the proxy. */
export function handsDownloads(instance: Pick<Instance, 'options'>): boolean {
  return (
    textOption(instance, 'nginx_x_accel_redirect_base') !== undefined || isOn(instance, 'apache_xsendfile')
  );
}

/** The option where it is written and true: the place of what somebody switched on. */
export function switchedOn(instance: Instance, name: string): Located<Plain> | undefined {
  return isOn(instance, name) ? option(instance, name) : undefined;
}

/** The option where it is written and false: the place of what somebody switched off. */
export function switchedOff(instance: Instance, name: string): Located<Plain> | undefined {
  return isOn(instance, name, true) ? undefined : option(instance, name);
}

/** True when a process has the option in its environment, where Galaxy looks too: it is then not absent. */
export function inEnvironment(instance: Instance, name: string): boolean {
  const suffix = name.toUpperCase();
  const names = [`GALAXY_CONFIG_${suffix}`, `GALAXY_CONFIG_OVERRIDE_${suffix}`];
  return instance.services.some(({ processes }) =>
    processes.some(({ env }) => env.some((one) => names.includes(one.name))),
  );
}

/** The key of the `galaxy:` section, for what is missing from it; the place of the instance where it has no options. */
export function sectionPlace(instance: Instance): Span {
  const source = spanOf(instance.options[0]?.value)?.source;
  const start = source?.text.search(/^["']?galaxy["']?[ \t]*:/m) ?? -1;
  return source && start >= 0 ? span(source, start, start + 'galaxy'.length) : instance.place;
}
