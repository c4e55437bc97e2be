// Books the lines that are no options of Galaxy: servers, uWSGI, other sections, supervisor programs. The options of
// `[app:main]` are booked where they are written (galaxy-section.ts).

import type { Instance } from '../model/deployment.ts';
import type { Ledger, LedgerFile, LedgerLine } from '../model/ledger.ts';
import type { LegacyFacts, LegacyProgram, LegacyServer } from '../model/legacy.ts';
import type { Span } from '../text/source.ts';
import type { Accounts } from './accounts.ts';
import { variablesOf } from './environment.ts';
import type { LoggingPlan } from './logging.ts';
import { dropped, kept, moved, type Outcome, replaced, undecided } from './outcome.ts';
import type { Strategy } from './strategy.ts';
import type { JobOptionsFate } from './tables/option-notes.ts';
import { type SectionFacts, sectionOutcome } from './tables/sections.ts';
import { type ServerRole, serverKey } from './tables/server-keys.ts';
import { type ProgramPart, supervisorKey } from './tables/supervisor-keys.ts';
import { canonicalUwsgi, uwsgiKey } from './tables/uwsgi-keys.ts';
import { usedFilters } from './used-filters.ts';
import { fromRoot } from './uwsgi-settings.ts';
import type { WebPlan } from './web.ts';

export interface Booking {
  readonly ledger: Ledger;
  readonly instance: Instance;
  readonly legacy: LegacyFacts;
  readonly accounts: Accounts;
  readonly strategy: Strategy;
  readonly web: WebPlan;
  readonly jobOptions: JobOptionsFate;
  readonly logging: LoggingPlan | undefined;
}

/** Books whatever is still open in INI and supervisor files. */
export function bookSections(booking: Booking): void {
  const { legacy, accounts, instance } = booking;
  for (const option of legacy.uwsgi?.options ?? []) {
    const text = String(option.value.value);
    const value = canonicalUwsgi(option.key) === 'pythonpath' ? fromRoot(text, instance.root.value) : text;
    const outcome = option.effective
      ? uwsgiKey(option.key, value, usesZerg(legacy))
      : dropped(
          option.when ? `the condition ${option.when.join(', ')} does not hold` : 'uWSGI passed over it',
        );
    if (option.from === 'file') accounts.book(option.place, outcome);
  }
  for (const file of booking.ledger.files) {
    if (file.format === 'ini' || file.format === 'supervisor') bookFile(file, booking);
    else if (file.format === 'yaml') bookYaml(file, booking);
  }
}

// Its options are booked one by one; what is left are keys at the top, comments, and sections of other programs.
function bookYaml(file: LedgerFile, { accounts }: Booking): void {
  const gravity = moved('gravity.gunicorn');
  accounts.bookRest(file.path, (line) => line.kind === 'header' && line.section === 'uwsgi', gravity);
  accounts.bookRest(file.path, (line) => line.section !== 'uwsgi' || line.kind === 'comment', kept());
  accounts.bookRest(file.path, () => true, dropped('uWSGI passed over it', true));
}

function usesZerg({ programs, uwsgi }: LegacyFacts): boolean {
  return (
    programs.some((one) => one.role === 'zergpool') ||
    (uwsgi?.options.some((one) => /^zerg|^master-fifo/.test(one.key)) ?? false)
  );
}

function bookFile(file: LedgerFile, booking: Booking): void {
  const filled = new Set(file.lines.filter((one) => one.kind === 'option').map((one) => one.section));
  for (const line of file.lines) {
    // The options of Galaxy are booked already, and there may be many.
    if (booking.accounts.at(line.span) !== undefined) continue;
    if (line.kind === 'ignored')
      booking.accounts.book(line.span, dropped('its reader passes over it, so it never had an effect', true));
    else if (line.kind === 'refused')
      booking.accounts.book(
        line.span,
        dropped('its reader stops at it, so the file could not have been in use like this', true),
      );
    else if (line.kind === 'header' || line.kind === 'option')
      booking.accounts.book(line.span, outcomeOf(line, file, booking, !filled.has(line.section)));
  }
}

function outcomeOf(line: LedgerLine, file: LedgerFile, booking: Booking, empty: boolean): Outcome {
  const name = line.section ?? '';
  const included = booking.legacy.files.some((one) => one.role === 'included' && one.path === file.path);
  if (included && !isApplication(name, booking.legacy))
    return dropped('"use = config:" takes the application alone from this file');
  const option = line.kind === 'option' ? { key: line.key ?? '', value: writtenValue(line) } : undefined;
  if (file.format === 'supervisor') return programOutcome(name, option, booking);
  const server = /^server:(.*)$/s.exec(name)?.[1]?.trim();
  if (server !== undefined) return serverOutcome(server, option, booking);
  if (isApplication(name, booking.legacy))
    return option ? passedOver(option.key, booking.legacy) : moved('galaxy');
  const program = /^(?:program|group):/.test(name);
  if (program) return programOutcome(name, option, booking);
  const facts: SectionFacts = {
    prefixFilter: booking.legacy.prefix?.filter,
    usedFilters: usedFilters(booking.legacy),
    hasPrefix: booking.legacy.prefix !== undefined,
    jobOptions: booking.jobOptions,
    logging: booking.logging,
    obstructs: booking.logging?.ok === false && isIn(line, booking.logging.place),
    empty,
  };
  if (empty && option === undefined && name !== 'uwsgi') {
    const outcome = sectionOutcome(name, option, facts);
    return outcome.fate === 'undecided' ? dropped('the section is empty') : outcome;
  }
  return sectionOutcome(name, option, facts);
}

/** Whether a line is in the section with that header. */
function isIn({ span, section }: LedgerLine, header: Span): boolean {
  const text = header.source.text.slice(header.start, header.end);
  return span.source.path === header.source.path && text.includes(`[${section}]`);
}

/** Of an option that the application did not get: most often it is set twice. */
function passedOver(key: string, { options }: LegacyFacts): Outcome {
  const counts = options.some((one) => one.effective && one.name === key);
  return dropped(
    counts ? `"${key}" is set again below, and the last one counts` : 'it never reached Galaxy',
    true,
  );
}

function isApplication(name: string, { options }: LegacyFacts): boolean {
  return (
    /^(?:app|application):\s*main\s*$/.test(name) ||
    options.some((one) => one.section === name && one.through === undefined)
  );
}

/** The value as it is written, for the tables that look at it. */
function writtenValue({ span }: LedgerLine): string {
  const text = span.source.text.slice(span.start, span.end);
  const at = text.search(/[=:]/);
  return at < 0 ? '' : text.slice(at + 1).trim();
}

function serverOutcome(
  name: string,
  option: { key: string; value: string } | undefined,
  { legacy, strategy, web }: Booking,
): Outcome {
  const server = legacy.servers.find((one) => one.name.value === name || one.name.value.trim() === name);
  const role = roleOf(server);
  if (
    option &&
    role === 'web' &&
    (option.key === 'host' || option.key === 'port') &&
    isMerged(server, legacy, web)
  )
    return replaced('gravity.gunicorn.workers', mergedReason(web), option.key === 'port');
  if (option)
    return role === 'other' ? dropped(unusedReason(server)) : serverKey(option.key, option.value, role);
  if (role === 'web') return replaced('gravity.gunicorn', reasonsOf(server));
  if (role === 'handler')
    return replaced(
      strategy.kind === 'static' ? 'the job configuration' : 'gravity.handlers',
      reasonsOf(server),
    );
  if (server?.class === 'other')
    return undecided(reasonsOf(server), ['leave it out', 'start it by its own service, as gravity.reports']);
  return dropped(unusedReason(server), true);
}

/** A web server after the first, where one Gunicorn takes the place of all. */
function isMerged(server: LegacyServer | undefined, { servers }: LegacyFacts, web: WebPlan): boolean {
  const first = servers.find((one) => roleOf(one) === 'web' && one.section !== undefined);
  return !web.list && web.entries.length === 1 && first !== undefined && server !== first;
}

function mergedReason({ entries }: WebPlan): string {
  return `one Gunicorn serves for all, on ${entries[0]?.bind}: take this address out of the proxy`;
}

function reasonsOf(server: LegacyServer | undefined): string {
  return server?.reasons.join('; ') ?? 'it is a server of Paste';
}

function unusedReason(server: LegacyServer | undefined): string {
  if (server?.class === 'manager')
    return 'jobs are given to a handler when they are made; no process does only that';
  return server === undefined ? 'nothing starts it' : reasonsOf(server);
}

/** What a server was, for the table of its keys. */
export function roleOf(server: LegacyServer | undefined): ServerRole {
  if (server?.class === 'web' || server?.class === 'all-in-one') return 'web';
  return server?.class === 'handler' || server?.class === 'orphan' ? 'handler' : 'other';
}

function programOutcome(
  name: string,
  option: { key: string; value: string } | undefined,
  { legacy, strategy, instance }: Booking,
): Outcome {
  const [kind = '', title = ''] = [name.split(':')[0] ?? '', name.slice(name.indexOf(':') + 1).trim()];
  if (kind === 'program') {
    const program = legacy.programs.find((one) => one.name.value === title);
    const own = partOf(program, legacy);
    const part = own === 'handler' && strategy.kind === 'static' ? 'named' : own;
    if (option?.key === 'environment' && part !== 'foreign' && !keepsVariables(title, instance))
      return dropped('Gravity sets what is still needed of it itself; the report lists each variable');
    // A second zergling waits for its turn; any other web server that does not start by itself was turned off.
    const off = option?.key === 'autostart' && part === 'web' && !usesZerg(legacy);
    if (option) return supervisorKey(option.key, option.value, off ? 'galaxy' : part);
    if (part === 'foreign') return kept(undefined, 'it is no process of Galaxy, and stays in supervisor');
    if (part === 'galaxy')
      return undecided('gxgen does not say how Gravity runs it', [
        'leave it in supervisor',
        'turn it on in "gravity", and take it out of supervisor',
      ]);
    return replaced(
      part === 'web' ? 'gravity.gunicorn' : part === 'named' ? 'the job configuration' : 'gravity.handlers',
      'Gravity runs it',
    );
  }
  if (kind === 'group') return dropped('services of one Galaxy belong together without a group');
  return kept(undefined, 'it is about supervisord itself, and stays there');
}

/** Whether any variable of a program is still needed. */
function keepsVariables(program: string, { services }: Instance): boolean {
  return services
    .flatMap((one) => one.processes)
    .some((one) => one.program?.value === program && variablesOf(one).kept.length > 0);
}

/** Which section of `gravity:` a program goes to. */
export function partOf(program: LegacyProgram | undefined, { servers }: LegacyFacts): ProgramPart {
  switch (program?.role) {
    case 'uwsgi':
    case 'zergpool':
    case 'zergling':
    case 'gunicorn':
      return 'web';
    case 'webless':
      return 'handler';
    case 'paste': {
      // Paste is both: what its servers do tells.
      const own = servers.filter((one) => one.program?.value === program.name.value);
      return own.some((one) => roleOf(one) === 'web') ? 'web' : 'handler';
    }
    case undefined:
    case 'other':
      return 'foreign';
    default:
      return 'galaxy';
  }
}
