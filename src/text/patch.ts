// Unified diffs that `patch` applies. The only importer of the package `diff`.

import { applyPatch, FILE_HEADERS_ONLY, formatPatch, parsePatch, structuredPatch } from 'diff';

/** One side of a comparison; `text` is undefined where the file does not exist. */
export interface Version {
  readonly name: string;
  readonly text: string | undefined;
}

const context = 3;
// The search is quadratic in changed lines: 2,000 (removed plus added) take half a second, 4,000 two seconds.
const longestSearch = 2_000;

/** The unified diff between two versions of a file; empty when they are the same. Linear time past 2,000 changes. */
export function unifiedDiff(before: Version, after: Version): string {
  if (before.text === after.text) return '';
  const [oldText, newText] = [before.text ?? '', after.text ?? ''];
  const oldName = before.text === undefined ? '/dev/null' : before.name;
  const newName = after.text === undefined ? '/dev/null' : after.name;
  const found = structuredPatch(oldName, newName, oldText, newText, undefined, undefined, {
    context,
    maxEditLength: longestSearch,
  });
  const patch = found ?? { ...emptyPatch(oldName, newName), hunks: [wholeHunk(oldText, newText)] };
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** One file that a patch changes. */
export interface PatchedFile {
  readonly before: string;
  readonly after: string;
  /** The text after the patch; undefined where the patch does not fit. */
  apply(text: string): string | undefined;
}

/** The files of a patch, in order, with the names they have in it. */
export function readPatch(patch: string): PatchedFile[] {
  return parsePatch(patch).map((one) => ({
    before: one.oldFileName ?? '',
    after: one.newFileName ?? '',
    apply: (text) => {
      const applied = applyPatch(text, one);
      return applied === false ? undefined : applied;
    },
  }));
}

function emptyPatch(oldFileName: string, newFileName: string) {
  return { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined };
}

/** Everything between the first and the last difference as one hunk: not the shortest diff, but a true one. */
function wholeHunk(oldText: string, newText: string) {
  const [a, b] = [splitLines(oldText), splitLines(newText)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const from = Math.max(0, head - context);
  const after = Math.min(tail, context);
  const removed = a.slice(head, a.length - tail);
  const added = b.slice(head, b.length - tail);
  const lines = [
    ...a.slice(from, head).flatMap((line) => row(' ', line)),
    ...removed.flatMap((line) => row('-', line)),
    ...added.flatMap((line) => row('+', line)),
    ...a.slice(a.length - tail, a.length - tail + after).flatMap((line) => row(' ', line)),
  ];
  const around = head - from + after;
  return {
    oldStart: from + 1,
    oldLines: removed.length + around,
    newStart: from + 1,
    newLines: added.length + around,
    lines,
  };
}

/** Lines with their line feeds; the last one may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function row(sign: string, line: string): string[] {
  return line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'];
}
