// A file while it is being fixed: its text as it was, as it is now, and the way back from one to the other.

import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import { makeSource, type Source } from '../text/source.ts';

/** A replacement in one text: `[start, end)` becomes `text`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One that was made. */
interface Replaced extends Replacement {
  /** Where its text stands afterwards. */
  readonly at: number;
}

export interface Document {
  /** The real file, symbolic links resolved. */
  readonly place: string;
  /** What stands on the disk, and must still stand there when the file is written. */
  readonly bytes: Uint8Array;
  /** A byte order mark, which is no part of the texts. */
  readonly mark: '' | '\uFEFF';
  /** As it was, under the name that people see. */
  readonly original: Source;
  readonly text: string;
  /** Rounds of replacements that lead from `original` to `text`, each sorted and without overlaps. */
  readonly rounds: readonly (readonly Replaced[])[];
}

/** The real file behind a source. */
export function placeOf(source: Source, host: Host): string {
  return host.realpath(join(host.cwd, source.path));
}

/**
 * The document of a source that was just read.
 * @returns undefined when its bytes are not exactly its text in UTF-8: then writing it back would change more than
 *   was fixed
 */
export function openDocument({ path, text }: Source, place: string, host: Host): Document | undefined {
  const found = host.read(place);
  if (!found.ok) return undefined;
  const { bytes } = found;
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
  if (!sameBytes(encode(mark + text), bytes)) return undefined;
  return { place, bytes, mark, original: makeSource(path, text), text, rounds: [] };
}

/** The document after one more round. @param edits without overlaps, in any order */
export function edit(document: Document, edits: readonly Replacement[]): Document {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const round: Replaced[] = [];
  const parts: string[] = [];
  let done = 0;
  let shift = 0;
  for (const { start, end, text } of sorted) {
    parts.push(document.text.slice(done, start), text);
    round.push({ start, end, text, at: start + shift });
    shift += text.length - (end - start);
    done = end;
  }
  parts.push(document.text.slice(done));
  return { ...document, text: parts.join(''), rounds: [...document.rounds, round] };
}

/** Where an offset of the current text stood in the original; for inserted text, the place of the insertion. */
export function originalOffset({ rounds }: Document, offset: number): number {
  let at = offset;
  for (const round of rounds.toReversed()) {
    const before = lastBefore(round, at);
    if (!before) continue;
    const inside = at - before.at;
    at =
      inside < before.text.length
        ? Math.min(before.start + inside, before.end)
        : before.end + inside - before.text.length;
  }
  return at;
}

function lastBefore(round: readonly Replaced[], offset: number): Replaced | undefined {
  let low = 0;
  let high = round.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((round[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return round[low - 1];
}

/** The bytes of a document as it is now. */
export function encoded({ mark, text }: Document): Uint8Array {
  return encode(mark + text);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** True for the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
