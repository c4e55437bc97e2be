// The routing of jobs and workflows in words: why which process takes which work.

import type { Instance } from '../model/deployment.ts';
import { type Located, spanOf } from '../model/located.ts';
import { defaultTag } from '../model/routing.ts';
import type { Worker } from '../model/routing-site.ts';
import type { Taker, Trace, Work } from '../model/routing-trace.ts';
import { position, type Span } from '../text/source.ts';
import { textWidth, visible } from '../text/width.ts';

// Of many things of one kind only so many are named.
const few = 6;

/** ` (FILE:LINE:COLUMN)`, or nothing where there is no place. */
export function at(where: Located<unknown> | Span | undefined): string {
  const span = where === undefined ? undefined : 'origin' in where ? spanOf(where) : where;
  if (!span) return '';
  const { line, column } = position(span.source, span.start);
  return ` (${span.source.path}:${line}:${column})`;
}

/** `a, b and 3 more`; `nothing` for none. */
export function listed(names: readonly string[], most: number = few): string {
  if (names.length === 0) return 'nothing';
  const rest = names.length - most;
  const shown = names.slice(0, most).join(', ');
  return visible(rest > 0 ? `${shown} and ${rest} more` : shown);
}

/** What a name means to people: the tag for work that names nothing has no name of its own. */
export function tagName(tag: string): string {
  return tag === defaultTag ? 'work that names no handler' : `"${tag}"`;
}

/** The methods in effect. @param file of the handlers, as people know it */
export function methodWords({ methods }: Trace, written: Located<unknown> | undefined): string {
  const names = methods.methods.join(', then ');
  return methods.configured ? `${names}${at(written)}` : `${names} (Galaxy's default: the file names none)`;
}

/** What becomes of the work, in one sentence. @param what `job` or `invocation` */
export function assignmentWords({ assignment }: Trace, what: string): string {
  switch (assignment.kind) {
    case 'name':
      return assignment.name === defaultTag
        ? `the ${what} is written to the database for no handler in particular; the first process that looks for such work takes it`
        : `the ${what} is written to the database for "${assignment.name}"; a process of that name, or the first that looks for that tag, takes it`;
    case 'one-of':
      return `one of ${listed(assignment.members)} is chosen at once, whether it runs or not`;
    case 'creator':
      return `the process that made the ${what} runs it`;
    case 'fails':
      return 'no method works, so the user gets an error';
  }
}

/** Why a process takes the work. */
export function viaWords({ via, worker }: Taker): string {
  if (via.kind === 'creator') return `${kindWords(worker)}: it runs what it makes`;
  const entry = via.entry ? `, listed as a handler${at(via.entry.span)}` : '';
  if (via.kind === 'name') return `the work carries its name${entry}`;
  if (via.pool) return `looks for ${tagName(via.tag)}: pool ${via.pool.value}${at(via.pool)}`;
  const pools = worker.pools.length > 0 ? `, in ${worker.pools.join(', ')}` : '';
  const tag = via.entry?.tags?.find((one) => one.value === via.tag);
  if (tag) return `looks for ${tagName(via.tag)}: tag of its entry${at(tag)}`;
  return `looks for ${tagName(via.tag)}${entry || `: ${kindWords(worker)}${pools}`}`;
}

function kindWords({ kind }: Worker): string {
  return kind === 'web'
    ? 'a web server'
    : kind === 'static'
      ? 'a handler of the job configuration'
      : 'a handler';
}

/** The name of a process as people look for it; a gunicorn's workers are numbered by Galaxy. */
export function workerName({ kind, name, process }: Worker): string {
  return visible(kind === 'web' ? `${process.name} (${name.value}, ...)` : name.value);
}

/** Columns under their heads, each as wide as its widest text; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries())
      widths[index] = Math.max(widths[index] ?? 0, textWidth(visible(cell)));
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const text = visible(cell);
        const missing = index === row.length - 1 ? 0 : (widths[index] ?? 0) - textWidth(text);
        return text + ' '.repeat(missing);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** What a kind of work is called. */
export function workWords({ tools, others }: Work): string {
  return others
    ? tools.length > 0
      ? `${listed(tools, 3)}, all others`
      : 'all other tools'
    : listed(tools, 3);
}

/** The processes of a trace, in a few words. */
export function takerWords({ takers, assignment }: Trace): string {
  if (assignment.kind === 'fails') return 'none: the user gets an error';
  return takers.length === 0 ? 'none' : listed(takers.map((one) => one.worker.name.value));
}

/** The heading of an instance where there are several. */
export function instanceHeading(instance: Instance, several: boolean): string[] {
  return several ? [`Instance "${visible(instance.name.value)}"`, ''] : [];
}
