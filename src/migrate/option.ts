// One option of `[app:main]`, or of the `galaxy:` section of an old galaxy.yml: what becomes of it, and what is written.

import { isOlder, isWithin } from '../model/release.ts';
import { looksSecret } from '../model/secrets.ts';
import { isSecretOption, newestRelease, type OptionInfo, optionInfo } from '../schema/galaxy-options.ts';
import { optionNames, releaseAfter } from '../schema/galaxy-options-table.ts';
import type { Plain } from '../syntax/tree.ts';
import { suggest } from '../text/suggest.ts';
import type { OptionDefaults } from './option-data.ts';
import { movedPath } from './option-path.ts';
import { specialOption } from './option-special.ts';
import { typedValue } from './option-value.ts';
import { dropped, kept, type Outcome, renamed, replaced, undecided } from './outcome.ts';
import {
  dataPlaces,
  furtherNames,
  type JobOptionsFate,
  losses,
  meanings,
  reasons,
} from './tables/option-notes.ts';

export interface OptionContext {
  /** The last release that the files can be of; undefined: unknown, so as old as may be. */
  readonly from: string | undefined;
  /** The release whose rules for relative paths hold. */
  readonly pathsOf: string | undefined;
  /** The release it is migrated to; undefined: the newest. */
  readonly to: string | undefined;
  /** Galaxy's root on the server. */
  readonly root: string;
  readonly keepRelative: boolean;
  readonly defaults: OptionDefaults;
  /** Names of all options of the section that count. */
  readonly present: ReadonlySet<string>;
  /** Where the job options of old releases count: nowhere, when a job configuration stands beside or they came too late. */
  readonly jobOptions: JobOptionsFate;
  /** Names of the new files beside galaxy.yml, where there are such files. */
  readonly jobFile: string | undefined;
  readonly workflowFile: string | undefined;
  /** `/galaxy`, where a filter really put it before Galaxy. */
  readonly prefix: string | undefined;
  /** How many nearest names were looked for. */
  readonly suggestions: { count: number };
  /** True when handlers read the file themselves, without Paste. */
  readonly webless: boolean;
}

/** What is written into `galaxy:`; nothing where `key` is absent. */
export interface OptionResult {
  readonly outcome: Outcome;
  readonly key?: string;
  readonly value?: Plain;
  /** A key inside of `celery_conf`. */
  readonly celery?: { readonly key: string; readonly value: Plain };
}

export interface OptionInput {
  readonly name: string;
  readonly value: Plain;
  readonly effective: boolean;
  readonly fromDefaults: boolean;
}

/** True when its value must not be shown. */
export function isSecretValue(name: string, value: Plain): boolean {
  return isSecretOption(name) || (typeof value === 'string' && looksSecret(name, value));
}

export function migrateOption(option: OptionInput, context: OptionContext): OptionResult {
  const { name } = option;
  if (!option.effective) return { outcome: ineffective(option, context) };
  const special = specialOption(option, context);
  if (special) return special;
  const info = optionInfo(name);
  if (info?.refused) return gone(dropped(reasons[name] ?? 'the database library refuses it', true));
  if (info?.reserved !== undefined) return gone(dropped('Galaxy does not start with it in the file', true));
  const other = successor(name, info, context);
  if (other) return other(option);
  if (isStaleStatic(option, context))
    return gone(dropped('it was the default of an old release, and the directory is gone'));
  return carried(option, name, info, context);
}

function ineffective({ fromDefaults }: OptionInput, { webless }: OptionContext): Outcome {
  if (!fromDefaults) return dropped('it never reached Galaxy');
  return webless
    ? undecided('the web server did not see it, and handlers did', [
        'leave it out, as in the web server',
        'put it under "galaxy", for all',
      ])
    : dropped('Paste keeps options of [DEFAULT] from Galaxy', true);
}

function gone(outcome: Outcome): OptionResult {
  return { outcome };
}

type Change = (option: OptionInput) => OptionResult;

/** What to do with an option that the new release has under another name or not at all; undefined: it has it. */
function successor(name: string, info: OptionInfo | undefined, context: OptionContext): Change | undefined {
  const further = Object.hasOwn(furtherNames, name) ? furtherNames[name] : undefined;
  if (further !== undefined) return renaming(further, context);
  if (!info || !isGone(info, context.to)) return undefined;
  const to = info.replacedBy;
  if (to?.startsWith('celery_conf: ')) {
    const key = to.slice('celery_conf: '.length);
    return ({ value }) => ({
      outcome: renamed(`galaxy.celery_conf.${key}`, 'it is part of celery_conf now'),
      celery: { key, value },
    });
  }
  if (to !== undefined && (info.alias || sameValue.has(name))) return renaming(to, context);
  return (option) => lost(option, info, context);
}

// Galaxy has no alias for these, but the value means the same under the new name.
const sameValue = new Set([
  'videos_url',
  'beta_edam_toolbox_ontology_path',
  'prefer_custos_login',
  'biostar_url',
  'visualizations_plugins_directory',
]);

// The oldest release that Gravity starts. Where the new release is not stated, what that one has stays as it is: a later
// one passes over what it does not know, but an earlier one would lose an option under a name it has yet to learn.
const oldest = '22.01';

function isGone(
  { since, until, undocumented, alias, replacedBy }: OptionInfo,
  to: string | undefined,
): boolean {
  const release = to ?? oldest;
  if (alias && replacedBy !== undefined)
    return !isOlder(release, optionInfo(replacedBy)?.since ?? newestRelease);
  if (undocumented || until === undefined || since === undefined) return false;
  return !isWithin(release, undefined, until);
}

function renaming(to: string, context: OptionContext): Change {
  return (option) => {
    if (context.present.has(to)) return gone(dropped(`"${to}" is set as well, and counts`, true));
    const result = carried(option, to, optionInfo(to), context);
    if (result.outcome.fate === 'undecided') return result;
    const why = [`"${option.name}" is its old name`, result.outcome.why]
      .filter((one) => one !== undefined)
      .join('; ');
    return { ...result, outcome: renamed(`galaxy.${to}`, why) };
  };
}

function lost(
  { name, value }: OptionInput,
  { until, replacedBy }: OptionInfo,
  { defaults }: OptionContext,
): OptionResult {
  const loss = Object.hasOwn(losses, name) ? losses[name] : undefined;
  const off =
    value === '' || value === false || value === null || /^(?:false|no|off|none)$/i.test(String(value));
  const usual = defaults
    .former(name)
    .some((one) => String(one).toLowerCase() === String(value).toLowerCase());
  if (loss && !off && !usual) return gone(undecided(loss.why, loss.choices));
  const release = releaseAfter(until ?? '') ?? newestRelease;
  const reason = (Object.hasOwn(reasons, name) ? reasons[name] : undefined) ?? `Galaxy ${release} removed it`;
  const hint =
    replacedBy === undefined || reason.includes(replacedBy) ? '' : `; its successor is "${replacedBy}"`;
  return gone(dropped(`${reason}${hint}`, !off && !usual));
}

function isStaleStatic({ name, value }: OptionInput, { defaults, root }: OptionContext): boolean {
  if (!/^static_.*_dir$/.test(name) && name !== 'static_dir') return false;
  const old = String(value).replace(`${root}/`, '').replace(/\/$/, '');
  const former = defaults.former(name).map((one) => String(one).replace(/\/$/, ''));
  return former.includes(old) || old === 'static/june_2007_style/blue';
}

/** The option under a name that the new release reads, with its value as that release needs it. */
function carried(
  option: OptionInput,
  key: string,
  info: OptionInfo | undefined,
  context: OptionContext,
): OptionResult {
  const { name, value } = option;
  const to = `galaxy.${key}`;
  if (typeof value !== 'string') return { outcome: kept(to, meanings[key]), key, value };
  const shown = isSecretValue(name, value) ? '********' : value;
  const path = context.keepRelative
    ? undefined
    : movedPath(key, value, { from: context.pathsOf, root: context.root });
  if (path)
    return {
      outcome: replaced(
        to,
        `relative paths of it begin at ${path.base} now, so it is written as it was meant`,
      ),
      key,
      value: path.after,
    };
  const typed = typedValue(info, value, context.from, shown);
  if (typed.choices)
    return { outcome: undecided(typed.note ?? 'its value', typed.choices, to), key, value: typed.value };
  if (
    typed.value === '' &&
    context.defaults.current(key) === null &&
    info?.nullStops === undefined &&
    info?.gravityNull === undefined
  )
    return { outcome: kept(to, 'nothing was set'), key, value: null };
  const unknown = info === undefined ? unknownNote(key, context) : undefined;
  const why = [
    typed.note,
    Object.hasOwn(meanings, key) ? meanings[key] : undefined,
    unknown,
    undocumentedNote(key, info),
  ]
    .filter((one) => one !== undefined)
    .join('; ');
  return {
    outcome: {
      ...kept(to, why === '' ? undefined : why),
      ...(unknown === undefined ? {} : { notable: true }),
    },
    key,
    value: typed.value,
  };
}

// A file may have any number of unknown names, and a search for the nearest one takes a while.
const mostSuggestions = 100;

function unknownNote(name: string, { suggestions }: OptionContext): string {
  const near =
    name.length > 64 || suggestions.count++ >= mostSuggestions ? undefined : suggest(name, optionNames());
  return `no release of Galaxy knows "${name}"${near === undefined ? '' : `; "${near}" may be meant`}`;
}

function undocumentedNote(name: string, info: OptionInfo | undefined): string | undefined {
  if (dataPlaces.has(name)) return 'Galaxy still reads it, though no sample has it; it says where data lies';
  return info?.undocumented && info.until !== undefined
    ? 'Galaxy still reads it, though no sample has it'
    : undefined;
}
