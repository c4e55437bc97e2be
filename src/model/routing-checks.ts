// What Galaxy demands of a single entry of the job configuration, whatever its format: entries for which it does not
// start, or which have no effect. What entries say about each other is the rules' business.
// Source: lib/galaxy/jobs/__init__.py, `JobConfiguration._configure_from_dict`, 19.09 and later.

import { type Details, type Label, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { type Located, spanOf } from './located.ts';
import type { DestinationVariable, Limit, ToolMapping, Written } from './routing.ts';
import { placeIn } from './routing-place.ts';

const REFUSED = 'Galaxy does not start';

/** What Python's `int()` reads. */
export const wholeNumber = /^\s*[+-]?[0-9]+(?:_[0-9]+)*\s*$/;

/** Classes of tools: the first two since 21.09, `user_defined` since 25.0. */
export const toolClasses: readonly string[] = ['local', 'requires_galaxy', 'user_defined'];

const perUser = ['registered_user_concurrent_jobs', 'anonymous_user_concurrent_jobs'];
const perDestination = [
  'destination_user_concurrent_jobs',
  'destination_total_concurrent_jobs',
  'concurrent_jobs',
];

/** Types of limits, without the `environment_` forms of YAML. */
export const limitTypes: readonly string[] = [
  ...perUser,
  ...perDestination,
  'walltime',
  'total_walltime',
  'output_size',
];

// Galaxy's `size_to_bytes`: a number, then a unit in one of its spellings.
const size =
  /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?\s*(?:k(?:ibibytes?|ilobytes?|ib|b)?|m(?:ebibytes?|egabytes?|ib|b)?|g(?:ibibytes?|igabytes?|ib|b)?|t(?:ebibytes?|erabytes?|ib|b)?|p(?:ebibytes?|etabytes?|ib|b)?|e(?:xbibytes?|xabytes?|ib|b)?|bytes?|b)?\n?$/;

/**
 * GX414 to GX416.
 * @param numeric true when the file holds a number rather than text (YAML)
 */
export function checkLimit(limit: Limit, report: Report, numeric = false): void {
  const written = limit.type.value;
  const type = written.startsWith('environment_') ? `destination_${written.slice(12)}` : written;
  const { value } = limit;
  const wrong = (form: string, help: string) =>
    report(
      problem('GX414', `a limit "${written}" must be ${form}${found(value)}`, placeIn(value, limit), {
        ...labels(limit),
        why: REFUSED,
        help,
      }),
    );
  const isWhole = numeric || wholeNumber.test(value?.value ?? '');
  if (perDestination.includes(type)) {
    if (!isWhole) wrong('a whole number', 'write a number of jobs');
  } else if (type === 'total_walltime') {
    if (!isTime(value?.value ?? ''))
      wrong('a time H:M:S', 'write hours, minutes and seconds, such as "24:00:00"');
    if (!limit.window?.value) report(noWindow(limit));
  } else if (!limitTypes.includes(type)) report(unknownType(limit, type));
  else if (!value?.value) report(noValue(limit));
  else if (perUser.includes(type) && !isWhole) wrong('a whole number', 'write a number of jobs');
  else if (type === 'walltime' && !isTime(value.value)) {
    wrong('a time H:M:S', 'write hours, minutes and seconds, such as "24:00:00"');
  } else if (type === 'output_size' && !size.test(value.value.toLowerCase())) {
    wrong('a size', 'write a number of bytes, or a number with a unit, such as 10 GB');
  }
}

/** GX413. */
export function checkTool(tool: ToolMapping, report: Report): void {
  const { id, class: kind } = tool;
  const say = (message: string, span: Span, details: Details) =>
    report(problem('GX413', message, span, { ...labels(tool), why: REFUSED, ...details }));
  if (id && kind) {
    const other = spanOf(id);
    say('a tool entry has both an id and a class', placeIn(kind, tool), {
      labels: [...(other ? [{ span: other, text: 'the id' }] : []), ...(labels(tool).labels ?? [])],
      help: 'keep one of them',
    });
  } else if (!id && !kind) {
    say('a tool entry has neither an id nor a class', tool.span, { help: 'add the id of the tool' });
  } else if (kind && !toolClasses.includes(kind.value)) {
    const near = suggest(kind.value, toolClasses);
    say(
      `"${kind.value.slice(0, 60)}" is no class of tools${near === undefined ? '' : `; did you mean "${near}"?`}`,
      placeIn(kind, tool),
      { help: `the classes are ${toolClasses.join(', ')}` },
    );
  }
}

/** GX417. */
export function checkVariable(one: DestinationVariable, report: Report): void {
  if (one.name || one.file || one.execute) return;
  report(
    problem('GX417', 'an environment entry names no variable, no file and no command', one.span, {
      why: 'it has no effect',
      help: 'name the variable to set',
    }),
  );
}

function labels({ expandedAt }: Written): { readonly labels?: readonly Label[] } {
  return expandedAt ? { labels: [{ span: expandedAt, text: 'expanded here' }] } : {};
}

function isTime(text: string): boolean {
  const parts = text.split(':');
  return parts.length === 3 && parts.every((one) => wholeNumber.test(one));
}

function found(value: Located<string> | undefined): string {
  const text = value?.value.trim() ?? '';
  return text === ''
    ? ', and it has no value'
    : `, not "${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
}

function noWindow(limit: Limit) {
  return problem('GX415', 'a limit "total_walltime" needs a window', spanOf(limit.type) ?? limit.span, {
    ...labels(limit),
    why: 'Galaxy does not start, although its documentation gives a default of 30 days',
    help: 'add window with a number of days, such as 30',
  });
}

function noValue(limit: Limit) {
  return problem('GX414', `a limit "${limit.type.value}" has no value`, spanOf(limit.type) ?? limit.span, {
    severity: 'warning',
    ...labels(limit),
    why: 'Galaxy passes over it',
    help: 'add the value, or remove the limit',
  });
}

function unknownType(limit: Limit, type: string) {
  const near = suggest(type, limitTypes);
  return problem(
    'GX416',
    `"${limit.type.value.slice(0, 60)}" is no type of limit${near === undefined ? '' : `; did you mean "${near}"?`}`,
    spanOf(limit.type) ?? limit.span,
    {
      ...labels(limit),
      why: 'Galaxy stores the limit and never applies it',
      help: `the types are ${limitTypes.join(', ')}`,
    },
  );
}
