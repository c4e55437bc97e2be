// What is said about options that a release has no more, has under another name, or never had as keys.

import { type Diagnostic, type Fix, problem } from '../diagnostics/diagnostic.ts';
import { compareReleases, isOlder } from '../model/release.ts';
import { type Entry, entry, type MapNode, type ScalarNode } from '../syntax/tree.ts';
import { newestRelease, type OptionInfo, optionInfo, releaseAfter } from './galaxy-options-table.ts';
import { quoted } from './locate.ts';
import { removeEntry } from './remove-entry.ts';

// The first release that Gravity starts: what was gone by then is gone wherever gxgen is used.
const firstWithGravity = '22.01';

export const noEffect = 'Galaxy passes over options it does not know, so this one has no effect';

/** GX251. @param until the last release that has it */
export function removed(
  { name, replacedBy }: OptionInfo,
  until: string,
  option: Entry,
  release: string | undefined,
  node: MapNode,
): Diagnostic {
  const gone = releaseAfter(until) ?? newestRelease;
  const assumed = release === undefined && compareReleases(gone, firstWithGravity) > 0;
  const message =
    replacedBy === undefined
      ? `${quoted(name)} was removed in Galaxy ${gone}`
      : `${quoted(name)} was removed in Galaxy ${gone}; use ${quoted(replacedBy)}`;
  // What has a successor is left to a person: its value may have to go there.
  const fix = replacedBy === undefined ? removal(node, option, !assumed) : undefined;
  return problem('GX251', message, option.key.span, {
    ...(assumed ? { severity: 'info' } : {}),
    why: noEffect,
    help: replacedBy === undefined ? 'remove it' : `remove it, and set ${quoted(replacedBy)} if you need it`,
    values: [release === undefined ? 'the release of Galaxy is unknown' : `this is Galaxy ${release}`],
    ...(fix ? { fix } : {}),
  });
}

/** GX252. @param node the section, which may hold the new name as well */
export function renamed(
  { name, laterWins }: OptionInfo,
  to: string,
  key: ScalarNode,
  node: MapNode,
  release: string | undefined,
): Diagnostic {
  const other = entry(node, to);
  if (!other) {
    // Nothing is lost: Galaxy still takes the old name, and says so in its log.
    return problem('GX252', `${quoted(name)} is now called ${quoted(to)}`, key.span, {
      help: `rename it to ${quoted(to)}; Galaxy still takes the old name`,
      fix: {
        title: `rename it to ${quoted(to)}`,
        // A name that every release in question has.
        safe: release !== undefined || isOlder(optionInfo(to)?.since ?? newestRelease, '22.02'),
        edits: [{ span: key.span, text: to }],
      },
    });
  }
  const wins = laterWins && key.span.start > other.key.span.start ? name : to;
  return problem(
    'GX252',
    `${quoted(name)} and ${quoted(to)} are the same option, and ${quoted(wins)} counts`,
    key.span,
    {
      severity: 'warning',
      mark: 'the old name',
      labels: [{ span: other.key.span, text: 'the new name' }],
      help: `keep only ${quoted(to)}, with the value you mean`,
    },
  );
}

/** GX251, for options that are passed on. */
export function refused(option: Entry, name: string, release: string | undefined, node: MapNode): Diagnostic {
  // Tried with the database library of 24.1 and later.
  const sure = release !== undefined && !isOlder(release, '24.1');
  const fix = removal(node, option, sure);
  return problem(
    'GX251',
    `${quoted(name)} is refused by the database library of current releases`,
    option.key.span,
    {
      ...(fix ? { fix } : {}),
      severity: sure ? 'error' : 'warning',
      why: 'Galaxy hands it on as it is, and does not start where the library refuses it',
      help: 'remove it',
    },
  );
}

function removal(node: MapNode, option: Entry, safe: boolean): Fix | undefined {
  const edits = removeEntry(node, option);
  return edits && { title: `remove ${quoted(String(option.key.value))}`, safe, edits };
}

/** GX260. */
export function keyNotText(key: ScalarNode): Diagnostic {
  const what = { null: 'nothing', bool: 'a truth value', timestamp: 'a date' }[key.type as string];
  return problem(
    'GX260',
    `the key ${quoted(key.text)} is read as ${what ?? 'a number'}, not as a name`,
    key.span,
    {
      help: 'remove it, or put it in quotes',
    },
  );
}
