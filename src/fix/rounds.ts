// Fixing in memory: certain fixes are made and the files are read again, until nothing is left to fix. What makes
// matters worse is taken back.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { position, type Source, type Span } from '../text/source.ts';
import { type Candidate, certainFixes, compatible, sharedText } from './choose.ts';
import { type Document, edit, openDocument, originalOffset, placeOf, type Replacement } from './document.ts';
import { overlay } from './overlay.ts';

/** What a check of the files gives. */
export interface Checked {
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text that YAML aliases repeat elsewhere. */
  readonly shared: () => readonly Span[];
}

/** A fix that was made. */
export interface Made {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  /** The file, and the place in it as it was before any fix. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Outcome<T extends Checked> {
  /** Sorted by file and place. */
  readonly made: readonly Made[];
  /** The files that differ now. */
  readonly documents: readonly Document[];
  /** The check of the files as they were. */
  readonly before: T;
  /** The check of the files as they are now. */
  readonly checked: T;
  /** What was not done, and why: GX050 to GX052. */
  readonly notes: readonly Diagnostic[];
}

// A fix may bring to light what another one mends, and in a line of tabs each brings to light the next. A large file
// gets no more turns than these.
const mostRounds = 10;
// Where all fixes together do harm, they are tried one by one, as far as that many characters of input go.
const mostTried = 20_000_000;
const mostTries = 200;

interface State<T> {
  readonly documents: ReadonlyMap<string, Document>;
  readonly made: readonly Made[];
  readonly checked: T;
}

/** Fixes what is certain. Nothing is written. @param check the whole check, on a host with the files as they are then */
export function fixAll<T extends Checked>(host: Host, check: (host: Host) => T): Outcome<T> {
  return new Fixing(host, check).run();
}

class Fixing<T extends Checked> {
  readonly #host: Host;
  readonly #check: (host: Host) => T;
  readonly #places = new Map<string, string>();
  /** Files as they were first opened; undefined for one that cannot be written back. */
  readonly #opened = new Map<string, Document | undefined>();
  readonly #refused = new Set<string>();
  readonly #notes = new Map<string, Diagnostic>();

  constructor(host: Host, check: (host: Host) => T) {
    this.#host = host;
    this.#check = check;
  }

  run(): Outcome<T> {
    const before = this.#check(this.#host);
    let state: State<T> = { documents: new Map(), made: [], checked: before };
    // A file that can be read at last shows mistakes that it had all along: they are not held against the fix.
    state = this.#stage(state, isSyntax, (before, after) => syntaxErrors(after) > syntaxErrors(before));
    state = this.#stage(
      state,
      () => true,
      (before, after) =>
        errors(after) > errors(before) ||
        syntaxErrors(after) > syntaxErrors(before) ||
        doubles(after) > doubles(before),
    );
    const changed = [...state.documents.values()].filter((one) => one.text !== one.original.text);
    const made = [...state.made].sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
    );
    return { made, documents: changed, before, checked: state.checked, notes: [...this.#notes.values()] };
  }

  /** All fixes of one kind: first together, and if that does harm one by one. */
  #stage(start: State<T>, wanted: Wanted, isWorse: (before: T, after: T) => boolean): State<T> {
    let state = start;
    let worked = 0;
    const seen = new Set<string>();
    for (let round = 0; round < mostRounds || (round < mostTries && worked <= mostTried); round++) {
      const chosen = this.#choose(state, wanted);
      const [first] = chosen;
      if (!first) break;
      worked += first.fix.edits[0]?.span.source.text.length ?? 0;
      state = this.#make(state, chosen);
      if (round < mostRounds - 1) continue;
      // Two fixes that quarrel come back to where they were.
      const texts = [...state.documents.values()].map(({ text }) => text).join('\0');
      if (seen.has(texts)) break;
      seen.add(texts);
    }
    if (!isWorse(start.checked, state.checked)) return state;
    return this.#oneByOne(start, wanted, isWorse);
  }

  #oneByOne(start: State<T>, wanted: Wanted, isWorse: (before: T, after: T) => boolean): State<T> {
    let state = start;
    let tried = 0;
    for (let tries = 0; ; tries++) {
      const [next] = this.#choose(state, wanted);
      if (!next) return state;
      tried += next.fix.edits[0]?.span.source.text.length ?? 0;
      if (tries >= mostTries || tried > mostTried) break;
      const after = this.#make(state, [next]);
      if (isWorse(state.checked, after.checked)) this.#refuse(next, state, after.checked);
      else state = after;
    }
    // Half of the work would come out differently the next time, so none of it is kept.
    const left = this.#choose(start, wanted)[0];
    if (left) this.#notes.set('', tooMany(left.diagnostic));
    for (const one of this.#choose(start, wanted)) this.#refused.add(one.key);
    return start;
  }

  #choose({ checked, documents }: State<T>, wanted: Wanted): Candidate[] {
    const candidates = certainFixes(checked.diagnostics).filter(
      (one) => wanted(one.diagnostic) && !this.#refused.has(one.key),
    );
    if (candidates.length === 0) return [];
    const isShared = sharedText(checked.shared());
    const possible = candidates.filter((one) => {
      if (isShared(one)) {
        if (!this.#notes.has(one.key)) this.#notes.set(one.key, sharedNote(one.diagnostic));
        return false;
      }
      return one.fix.edits.every(({ span }) => this.#open(span.source, documents) !== undefined);
    });
    return compatible(possible, (source) => this.#place(source));
  }

  #make(state: State<T>, chosen: readonly Candidate[]): State<T> {
    const edits = new Map<string, Replacement[]>();
    const documents = new Map(state.documents);
    const made = [...state.made];
    for (const { diagnostic, fix } of chosen) {
      for (const { span, text } of fix.edits) {
        const place = this.#place(span.source);
        const list = edits.get(place) ?? [];
        list.push({ start: span.start, end: span.end, text });
        edits.set(place, list);
        const document = this.#open(span.source, documents);
        if (document) documents.set(place, document);
      }
      made.push(...this.#describe(diagnostic, documents));
    }
    for (const [place, list] of edits) {
      const document = documents.get(place);
      if (document) documents.set(place, edit(document, list));
    }
    return { documents, made, checked: this.#check(overlay(this.#host, documents.values())) };
  }

  #describe({ code, name, span, fix }: Diagnostic, documents: ReadonlyMap<string, Document>): Made[] {
    const where = fix?.edits[0]?.span.source.path === span?.source.path ? span : fix?.edits[0]?.span;
    const document = where && documents.get(this.#place(where.source));
    if (!where || !document) return [];
    const { line, column } = position(document.original, originalOffset(document, where.start));
    return [{ code, name, title: fix?.title ?? '', file: where.source.path, line, column }];
  }

  #place(source: Source): string {
    let place = this.#places.get(source.path);
    if (place === undefined) {
      place = placeOf(source, this.#host);
      this.#places.set(source.path, place);
    }
    return place;
  }

  #open(source: Source, documents: ReadonlyMap<string, Document>): Document | undefined {
    const place = this.#place(source);
    const open = documents.get(place);
    if (open) return open;
    if (!this.#opened.has(place)) {
      const document = openDocument(source, place, this.#host);
      if (!document) this.#notes.set(place, notUtf8(source.path));
      this.#opened.set(place, document);
    }
    return this.#opened.get(place);
  }

  #refuse({ diagnostic, fix, key }: Candidate, { checked, documents }: State<T>, after: T): void {
    this.#refused.add(key);
    const [made] = this.#describe(diagnostic, this.#withDocument(diagnostic, documents));
    const where = made ? `${made.file}:${made.line}:${made.column}` : '';
    const broken = syntaxErrors(after) > syntaxErrors(checked);
    const counts =
      errors(after) > errors(checked)
        ? `with it there are ${errors(after)} errors instead of ${errors(checked)}`
        : 'with it a name stands twice';
    this.#notes.set(
      key,
      problem('GX051', `the fix of ${diagnostic.code} at ${where} was taken back: ${fix.title}`, made?.file, {
        why: broken ? 'with it the file could not be read' : counts,
        help: 'make the change by hand, and mend what comes to light',
      }),
    );
  }

  #withDocument(diagnostic: Diagnostic, documents: ReadonlyMap<string, Document>): Map<string, Document> {
    const all = new Map(documents);
    for (const { span } of diagnostic.fix?.edits ?? []) {
      const document = this.#open(span.source, documents);
      if (document) all.set(document.place, document);
    }
    return all;
  }
}

type Wanted = (diagnostic: Diagnostic) => boolean;

function isSyntax({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && (/^GX1\d\d$/.test(code) || code === 'GX002' || code === 'GX003');
}

function syntaxErrors({ diagnostics }: Checked): number {
  return diagnostics.filter(isSyntax).length;
}

function errors({ diagnostics }: Checked): number {
  return diagnostics.filter((one) => one.severity === 'error').length;
}

// Two slips of one name must not both become that name.
function doubles({ diagnostics }: Checked): number {
  return diagnostics.filter(({ code }) => code === 'GX120' || code === 'GX404').length;
}

function notUtf8(file: string): Diagnostic {
  return problem('GX050', `"${file}" is not UTF-8 text, so nothing in it was fixed`, file, {
    help: 'save the file as UTF-8 and let its declaration say so, or make the changes by hand',
  });
}

function sharedNote({ code, span }: Diagnostic): Diagnostic {
  const { line, column } = span ? position(span.source, span.start) : { line: 0, column: 0 };
  const file = span?.source.path;
  return problem('GX052', `the fix of ${code} at ${file}:${line}:${column} was left out`, file, {
    why: 'an alias or a merge key uses the same text elsewhere, where it may be meant',
    help: 'make the change by hand',
  });
}

function tooMany({ span }: Diagnostic): Diagnostic {
  const file = span?.source.path;
  return problem('GX051', 'fixes were taken back: together they leave more errors than before', file, {
    why: 'there are too many of them to find out which one does it',
    help: 'make the changes by hand, a few at a time',
  });
}
