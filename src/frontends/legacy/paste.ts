// What PasteDeploy makes of an INI file: the application with its options and filters, and the servers.
// Source: paste.deploy.loadwsgi of 1.5 to 3.0.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { LegacyOption } from '../../model/legacy.ts';
import type { Located } from '../../model/located.ts';
import { dirname, join } from '../../model/paths.ts';
import { looksSecret } from '../../model/secrets.ts';
import { isSecretOption } from '../../schema/galaxy-options.ts';
import type { Span } from '../../text/source.ts';
import type { IniFile, ReadOption } from './ini-file.ts';

export interface PasteApp {
  readonly section: string;
  readonly header: Span;
  /** As the application gets them, and those that stand there and never reach it. */
  readonly options: readonly LegacyOption[];
  /** Of the entry point: `egg:Paste#urlmap`, `galaxy.web.buildapp:app_factory`. */
  readonly factory?: Located<string>;
  /** Applied around the application, outermost first. */
  readonly filters: readonly PasteFilter[];
  /** The path of a composite under which the application is. */
  readonly mount?: Located<string>;
}

export interface PasteFilter {
  readonly name: string;
  readonly use: string;
  readonly options: readonly LegacyOption[];
}

export interface PasteServer {
  /** As Paste finds it: without blanks around. */
  readonly name: string;
  /** As it stands in the brackets, which is Galaxy's name for it. */
  readonly written: string;
  readonly header: Span;
  readonly options: readonly LegacyOption[];
}

/** Opens a file that `use = config:` names; undefined, and reported, where it cannot be read. */
export type Open = (path: string, from: Span) => IniFile | undefined;

const appPrefixes = ['app', 'application', 'composite', 'composit', 'pipeline', 'filter-app'];
const filterPrefixes = ['filter'];
const deepest = 20;

interface Context {
  readonly options: LegacyOption[];
  readonly filters: PasteFilter[];
  factory?: Located<string>;
  mount?: Located<string>;
}

/** The application of a name, `main` as a rule; undefined where the file has none. */
export function pasteApp(file: IniFile, open: Open, report: Report, name = 'main'): PasteApp | undefined {
  const section = findSection(file, appPrefixes, name);
  if (section === undefined) return undefined;
  const context = appContext(file, section, open, report, 0);
  return { section, header: file.header(section), ...context };
}

/** Every `[server:*]`, in order. */
export function pasteServers(file: IniFile): PasteServer[] {
  return file.names
    .filter((one) => one.startsWith('server:'))
    .map((section) => {
      const written = section.slice('server:'.length);
      return {
        name: written.trim(),
        written,
        header: file.header(section),
        options: serverOptions(file, section, 0),
      };
    });
}

/** With those of the section that `use = NAME` names, which its own replace. */
function serverOptions(file: IniFile, section: string, depth: number): LegacyOption[] {
  const own = ownOptions(file, section);
  const use = own.find((one) => one.name === 'use' && one.effective);
  const next = use && depth < deepest ? findSection(file, ['server'], use.value.value) : undefined;
  if (next === undefined) return own;
  const replaced = new Set(own.filter((one) => one !== use).map((one) => one.name));
  const inherited = serverOptions(file, next, depth + 1).filter((one) => !replaced.has(one.name));
  return [
    ...inherited.map((one): LegacyOption => ({ ...one, through: 'use' })),
    ...own.filter((one) => one !== use),
  ];
}

/** What says what to load: one of these has to be there, or PasteDeploy refuses the section. */
export function loaderOf(options: readonly LegacyOption[]): LegacyOption | undefined {
  return options.find((one) => one.effective && /^(?:use|paste\.\w+_(?:factory|runner))$/.test(one.name));
}

function findSection(file: IniFile, prefixes: readonly string[], name: string): string | undefined {
  for (const prefix of prefixes) {
    const found = file.names.find(
      (one) => one.startsWith(`${prefix}:`) && one.slice(prefix.length + 1).trim() === name,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function appContext(file: IniFile, section: string, open: Open, report: Report, depth: number): Context {
  const own = ownOptions(file, section);
  const get = (name: string) => own.find((one) => one.name === name && one.effective);
  const context: Context = { options: [], filters: [] };
  const inner = (name: string): void => {
    if (depth >= deepest) return;
    const next = findSection(file, appPrefixes, name);
    if (next === undefined) return;
    take(context, appContext(file, next, open, report, depth + 1));
  };
  const kind = section.split(':')[0] ?? '';
  const filters = (names: readonly string[]) => {
    for (const name of names) context.filters.push(...filterChain(file, name, 0));
  };
  if (kind === 'pipeline') {
    const names = (get('pipeline')?.value.value ?? '').split(/\s+/).filter((one) => one !== '');
    filters(names.slice(0, -1));
    inner(names.at(-1) ?? '');
    context.options.push(...own.map(ineffective));
    return context;
  }
  const around = get('filter-with');
  if (around) filters([around.value.value]);
  if (kind.startsWith('composit')) {
    const mounted = own.filter((one) => one.name.startsWith('/') && one.effective);
    const galaxy = mounted.find((one) => isGalaxy(file, one.value.value)) ?? mounted[0];
    context.options.push(...own.map(ineffective));
    if (galaxy) {
      inner(galaxy.value.value);
      if (galaxy.name !== '/') context.mount = { value: galaxy.name, origin: galaxy.value.origin };
    }
    return context;
  }
  if (kind === 'filter-app') {
    const name = get('next');
    const use = get('use')?.value.value ?? '';
    context.filters.push({ name: section, use, options: own });
    if (name) inner(name.value.value);
    return context;
  }
  const factory = get('paste.app_factory') ?? own.find((one) => /^paste\.\w+_factory$/.test(one.name));
  const use = get('use');
  const target = use?.value.value ?? '';
  if (use && !/^(?:egg|call):/.test(target)) {
    const next = target.startsWith('config:') ? followUse(file, use, open) : sectionHere(file, target);
    if (next && depth < deepest) {
      const base = appContext(next.file, next.section, open, report, depth + 1);
      // What stands here replaces what stands there.
      const replaced = new Set(own.map((one) => one.name));
      const options = base.options.map((one): LegacyOption => {
        const effective = one.effective && !replaced.has(one.name);
        return { ...one, through: one.through ?? 'use', effective };
      });
      take(context, { ...base, options });
    }
  } else if (use) {
    context.factory = use.value;
  }
  if (factory) context.factory = factory.value;
  context.options.push(...own);
  return context;
}

function take(context: Context, inner: Context): void {
  context.options.push(...inner.options);
  context.filters.push(...inner.filters);
  if (inner.factory) context.factory = inner.factory;
  if (inner.mount && !context.mount) context.mount = inner.mount;
}

function sectionHere(file: IniFile, name: string) {
  const section = findSection(file, appPrefixes, name);
  return section === undefined ? undefined : { file, section };
}

function followUse(file: IniFile, use: LegacyOption, open: Open) {
  const [path = '', name = 'main'] = use.value.value.slice('config:'.length).split('#');
  const span = use.value.origin.kind === 'source' ? use.value.origin.span : use.place;
  const other = open(join(dirname(file.file.server), path.trim()), span);
  const section = other && findSection(other, appPrefixes, name.trim());
  return other && section !== undefined ? { file: other, section } : undefined;
}

// A filter may stand inside others of its own, named by its `filter-with`.
function filterChain(file: IniFile, name: string, depth: number): PasteFilter[] {
  const section = findSection(file, filterPrefixes, name);
  if (section === undefined || depth >= deepest) return [{ name, use: name, options: [] }];
  const options = ownOptions(file, section);
  const use = options.find((one) => one.name === 'use')?.value.value ?? '';
  const around = options.find((one) => one.name === 'filter-with');
  return [...(around ? filterChain(file, around.value.value, depth + 1) : []), { name, use, options }];
}

function isGalaxy(file: IniFile, name: string): boolean {
  const section = findSection(file, appPrefixes, name);
  return (
    section !== undefined &&
    file.options(section).some((one) => /galaxy\.web\.buildapp|webapps\.galaxy/.test(one.raw))
  );
}

function ineffective(option: LegacyOption): LegacyOption {
  return { ...option, effective: false };
}

/**
 * The options of a section as Paste passes them on: `set` goes to the global configuration, `get` takes from it, and a
 * key that `[DEFAULT]` has as well is passed over.
 */
export function ownOptions(file: IniFile, section: string): LegacyOption[] {
  const defaults = new Map(file.defaults.map((one) => [one.name, one]));
  const global = new Map(file.defaults.map((one) => [one.name, one.value.value]));
  const options = file.options(section);
  for (const one of options) {
    const name = setName(one.name);
    if (name !== undefined) global.set(name, one.value.value);
  }
  return options.map((one): LegacyOption => {
    const { value, raw, place } = one;
    const set = setName(one.name);
    if (set !== undefined)
      return {
        name: set,
        value,
        raw,
        section,
        place,
        through: 'set',
        effective: false,
        secret: secretOf(set, raw),
      };
    const get = /^get\s/.test(one.name) ? one.name.slice(4).trim() : undefined;
    if (get !== undefined) {
      const found = global.get(value.value);
      const given = { value: found ?? '', origin: value.origin };
      const secret = secretOf(get, given.value);
      return {
        name: get,
        value: given,
        raw,
        section,
        place,
        through: 'get',
        effective: found !== undefined,
        secret,
      };
    }
    const secret = secretOf(one.name, value.value);
    return { name: one.name, value, raw, section, place, effective: !defaults.has(one.name), secret };
  });
}

// The address of a runner on another server may have its token: lwr://http://TOKEN@node:8913/.
const tokenOfRunner = /^(?:lwr|pulsar):\/\/(?:https?:\/\/)?[^@/]+@/;

function secretOf(name: string, value: string): boolean {
  return isSecretOption(name) || looksSecret(name, value) || tokenOfRunner.test(value);
}

function setName(name: string): string | undefined {
  return /^set\s/.test(name) ? name.slice(4).trim() : undefined;
}

/** The keys of `[DEFAULT]`, which Paste does not give to the application; a handler without Paste does read them. */
export function defaultOptions(file: IniFile): LegacyOption[] {
  return file.defaults.map(
    ({ name, value, raw, place }: ReadOption): LegacyOption => ({
      name,
      value,
      raw,
      section: 'DEFAULT',
      place,
      through: 'default',
      effective: false,
      secret: secretOf(name, value.value),
    }),
  );
}
