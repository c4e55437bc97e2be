// `[app:main]` to the `galaxy:` section: every option by its turn, with the comments that stood above it.

import type { LegacyFacts, LegacyOption } from '../model/legacy.ts';
import type { Plain } from '../syntax/tree.ts';
import { plain, type YamlEntry, type YamlMap } from '../syntax/yaml-write.ts';
import type { Span } from '../text/source.ts';
import { type Accounts, tidied } from './accounts.ts';
import { decide } from './gravity-top.ts';
import { isSecretValue, migrateOption, type OptionContext, type OptionResult } from './option.ts';
import { dropped, type Outcome, undecided } from './outcome.ts';

/** An option before and after, for the report. */
export interface OptionRow {
  readonly name: string;
  readonly place: Span;
  readonly before: Plain;
  readonly key?: string;
  readonly after?: Plain;
  readonly secret: boolean;
  readonly outcome: Outcome;
}

export interface GalaxySection {
  readonly section: YamlMap;
  readonly rows: readonly OptionRow[];
}

/** What is written besides the options of the file: the prefix, the name of the job configuration. */
export interface FurtherOption {
  readonly key: string;
  readonly value: Plain;
  readonly comment: string;
}

export function galaxySection(
  legacy: LegacyFacts,
  context: OptionContext,
  accounts: Accounts,
  further: readonly FurtherOption[],
): GalaxySection {
  const entries: YamlEntry[] = [];
  const rows: OptionRow[] = [];
  const celery: YamlEntry[] = [];
  let waiting: (string | undefined)[] = [];
  const written = new Set<string>();
  for (const option of legacy.options) {
    const result = resultOf(option, context, written, legacy.options);
    const { outcome, key, value } = result;
    const secret = isSecretValue(option.name, option.value.value);
    rows.push(rowOf(option, result, secret));
    const above = tidied(
      [...waiting, ...accounts.comments(option.place)],
      entries.length === 0 && waiting.length === 0,
    );
    waiting = [];
    accounts.book(option.place, outcome);
    const inline = accounts.beside(option.place);
    const question =
      outcome.fate === 'undecided'
        ? decide({ why: outcome.why ?? '', choices: outcome.choices ?? [] })
        : undefined;
    if (result.celery)
      celery.push({ key: result.celery.key, before: above, value: plain(result.celery.value) });
    else if (key === undefined || value === undefined)
      waiting = [
        ...above,
        ...(inline === undefined ? [] : [inline]),
        ...(question === undefined ? [] : [`${question.replace(' decide:', ` decide: "${option.name}":`)}`]),
      ];
    else {
      written.add(key);
      entries.push({
        key,
        before: inline === undefined || question === undefined ? above : [...above, inline],
        value: plain(value),
        ...besideOf(question ?? inline),
      });
    }
  }
  if (celery.length > 0) entries.push({ key: 'celery_conf', value: { kind: 'map', entries: celery } });
  for (const { key, value, comment } of further)
    if (!written.has(key)) entries.push({ key, before: [comment], value: plain(value) });
  return { section: { kind: 'map', entries, after: waiting }, rows };
}

function besideOf(text: string | undefined): { beside?: string } {
  return text === undefined ? {} : { beside: text };
}

function resultOf(
  option: LegacyOption,
  context: OptionContext,
  written: ReadonlySet<string>,
  all: readonly LegacyOption[],
): OptionResult {
  const { name, value, effective, through } = option;
  const other = effective ? undefined : all.find((one) => one.name === name && one.effective);
  if (other) return { outcome: shadowed(option, other) };
  const result = migrateOption(
    { name, value: value.value, effective, fromDefaults: through === 'default' },
    context,
  );
  if (result.key === undefined || !written.has(result.key)) return result;
  return { outcome: dropped(`"${result.key}" is set above already, and counts`, true) };
}

/** Of an option that stands twice, the one that does not count. */
function shadowed({ name, value, place, through }: LegacyOption, other: LegacyOption): Outcome {
  const where = other.place.source.path;
  // Of `use = config:FILE`: what stands beside it replaces what stands in the file.
  if (through === 'use') return dropped(`"${name}" is set in ${where}, which uses this file`);
  if (value.value === other.value.value)
    return dropped(
      place.source.path === where ? 'the same stands here once more' : `the same stands in ${where}`,
    );
  if (place.source.path === where)
    return dropped(`"${name}" is set to something else here too, and that counts`, true);
  if (/^(?:enable_job_running|track_jobs_in_database|job_manager|job_handlers)$/.test(name))
    return dropped('it told the two files apart, whose servers are told apart by what they do now');
  const secret = isSecretValue(name, value.value);
  return undecided(`"${name}" has another value in ${where}`, [
    secret ? `the one of ${where}` : `${other.value.value}, as in ${where}`,
    secret ? `the one of ${place.source.path}` : `${value.value}, as in ${place.source.path}`,
  ]);
}

function rowOf(
  { name, place, value }: LegacyOption,
  { outcome, key, value: after, celery }: OptionResult,
  secret: boolean,
): OptionRow {
  const written = celery
    ? { key: `celery_conf.${celery.key}`, after: celery.value }
    : key === undefined
      ? {}
      : { key, ...(after === undefined ? {} : { after }) };
  return { name, place, before: value.value, ...written, secret, outcome };
}
