// The methods by which a job finds its handler, and what Galaxy takes for one.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { certain, suggest } from '../text/suggest.ts';
import { type Located, map, spanOf } from './located.ts';
import type { AssignMethod } from './routing.ts';

/** In the order of Galaxy's own list; `uwsgi-mule-message` until 22.01. */
export const assignMethodNames: readonly AssignMethod[] = [
  'mem-self',
  'db-self',
  'db-preassign',
  'db-transaction-isolation',
  'db-skip-locked',
  'uwsgi-mule-message',
];

const known: ReadonlySet<string> = new Set(assignMethodNames);

/** The methods among what is written, lower-cased as Galaxy does; GX411 for everything else. */
export function readMethods(items: readonly Located<string>[], report: Report): Located<AssignMethod>[] {
  const methods: Located<AssignMethod>[] = [];
  for (const item of items) {
    const name = item.value.toLowerCase();
    if (isMethod(name)) methods.push(map(item, () => name));
    else report(invalid(item));
  }
  return methods;
}

function isMethod(name: string): name is AssignMethod {
  return known.has(name);
}

function invalid(item: Located<string>) {
  const place = spanOf(item);
  const current = assignMethodNames.filter((one) => one !== 'uwsgi-mule-message');
  const near = suggest(item.value.trim(), current);
  // The value of a span may be written with references or quotes: then there is nothing to replace it by safely.
  const exact = place && place.source.text.slice(place.start, place.end) === item.value;
  return problem(
    'GX411',
    `"${item.value.slice(0, 60)}" is no handler assignment method${near === undefined ? '' : `; did you mean "${near}"?`}`,
    place,
    {
      why: 'Galaxy does not start',
      help: `the methods are ${current.join(', ')}`,
      ...(near !== undefined && exact
        ? {
            fix: {
              title: `write "${near}"`,
              safe: certain(item.value.trim(), current) === near,
              edits: [{ span: place, text: near }],
            },
          }
        : {}),
    },
  );
}
