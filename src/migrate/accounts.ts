// The books of a migration: every line of every file with what became of it, and every comment until it is carried over.

import type { Ledger, LedgerFile, LedgerLine } from '../model/ledger.ts';
import { position, type Span } from '../text/source.ts';
import { kept, type Outcome } from './outcome.ts';

/** A line of a legacy file and its fate. */
export interface AccountedLine {
  readonly file: string;
  readonly line: LedgerLine;
  /** Absent: nobody accounted for it, which is a fault of the migration and fails it. */
  readonly outcome?: Outcome;
}

/** Comment lines without their marker; `undefined` stands for an empty line. */
export type Comments = readonly (string | undefined)[];

interface Entry {
  readonly file: LedgerFile;
  readonly line: LedgerLine;
  outcome?: Outcome;
  carried: boolean;
  /** A comment that stays in a file which stays. */
  left?: true;
}

export class Accounts {
  readonly #files = new Map<string, Entry[]>();
  /** By file and owner: what hangs on a line. */
  readonly #owned = new Map<string, Entry[]>();

  constructor(ledger: Ledger) {
    for (const file of ledger.files) {
      const entries = file.lines.map((line): Entry => ({ file, line, carried: false }));
      this.#files.set(file.path, entries);
      for (const entry of entries) {
        const key = `${entry.line.owner} ${file.path}`;
        const list = this.#owned.get(key);
        if (list) list.push(entry);
        else this.#owned.set(key, [entry]);
      }
    }
  }

  /** Books the statement that stands at a place. What is already booked stays. */
  book(place: Span, outcome: Outcome): void {
    for (const entry of this.#statement(place)) entry.outcome ??= outcome;
  }

  /** The outcome that is booked for the line of a place. */
  at(place: Span): Outcome | undefined {
    return this.#entry(place)?.outcome;
  }

  /** The comments above the statement at a place; each is given once. */
  comments(place: Span): Comments {
    const entry = this.#entry(place);
    if (!entry) return [];
    return take(this.#owned.get(`${entry.line.owner} ${place.source.path}`) ?? []);
  }

  /** The comments above the statement at a place stay where they are, as the statement does. */
  leave(place: Span): void {
    const entry = this.#entry(place);
    const owned = entry ? (this.#owned.get(`${entry.line.owner} ${place.source.path}`) ?? []) : [];
    for (const one of owned) {
      if (one.carried || one.line.kind !== 'comment') continue;
      one.carried = true;
      one.left = true;
    }
  }

  /** A file that could not be read stays as it is, with its comments. */
  leaveFile(path: string): void {
    for (const one of this.#files.get(path) ?? []) {
      one.carried = true;
      one.left = true;
    }
  }

  /** Comment lines that are to be found in the new files, without their marker. */
  toCarry(): string[] {
    return (
      [...this.#files.values()]
        .flat()
        // Those of XML are counted by themselves.
        .filter(({ file, line, left }) => line.kind === 'comment' && !left && file.format !== 'xml')
        .map(({ line }) => commentOf(line))
    );
  }

  /** What stands behind the value on the line where it ends, as `; the web server`. */
  beside(place: Span): string | undefined {
    const { text } = place.source;
    const end = text.slice(place.end).search(/[\r\n]|$/);
    const rest = text.slice(place.end, place.end + end).trim();
    return /^[;#]/.test(rest) ? rest.slice(1) : undefined;
  }

  /** The same for a line of the ledger, whose value is not known: what Python 2 takes for a comment. */
  besideLine({ span }: LedgerLine): string | undefined {
    const text = span.source.text.slice(span.start, span.end);
    const at = text.search(/\s;/);
    return at < 0 ? undefined : text.slice(at + 2);
  }

  /** The comments of a file that nothing has taken yet, in order. */
  rest(path: string): Comments {
    return take(this.#files.get(path) ?? []);
  }

  /** Every line that `wanted` accepts and nobody has booked. */
  bookRest(path: string, wanted: (line: LedgerLine) => boolean, outcome: Outcome): void {
    for (const entry of this.#files.get(path) ?? [])
      if (entry.outcome === undefined && wanted(entry.line)) entry.outcome = outcome;
  }

  /** All lines of all files, in order. Comments and empty lines count as kept once they are carried. */
  lines(): AccountedLine[] {
    return [...this.#files].flatMap(([file, entries]) =>
      entries.map(({ line, outcome, carried }) => {
        const layout = line.kind === 'blank' || (line.kind === 'comment' && carried);
        const fate = outcome ?? (layout ? kept() : undefined);
        return { file, line, ...(fate ? { outcome: fate } : {}) };
      }),
    );
  }

  /** Lines of the statement itself: the comments above it go their own way. */
  #statement(place: Span): Entry[] {
    const first = this.#entry(place);
    if (!first) return [];
    const owned = this.#owned.get(`${first.line.owner} ${place.source.path}`) ?? [];
    return owned.filter(({ line }) => line.kind !== 'comment' && line.kind !== 'blank');
  }

  #entry(place: Span): Entry | undefined {
    return this.#files.get(place.source.path)?.[position(place.source, place.start).line - 1];
  }
}

function take(entries: readonly Entry[]): Comments {
  const found: (string | undefined)[] = [];
  for (const entry of entries) {
    const { line } = entry;
    if (entry.carried || (line.kind !== 'comment' && line.kind !== 'blank')) continue;
    entry.carried = true;
    if (line.kind === 'blank') {
      if (found.length === 0 || found.at(-1) !== undefined) found.push(undefined);
    } else found.push(commentOf(line));
  }
  while (found.length > 1 && found.at(-1) === undefined) found.pop();
  return found;
}

/** Without empty lines at the beginning, and never two in a row. */
export function tidied(comments: Comments, atStart = false): Comments {
  return comments.filter(
    (one, index) => one !== undefined || (index === 0 ? !atStart : comments[index - 1] !== undefined),
  );
}

/** The text of a comment line without the marker that its own format has. */
function commentOf({ span }: LedgerLine): string {
  const text = span.source.text.slice(span.start, span.end).trim();
  return /^[#;]/.test(text) ? text.slice(1) : ` ${text}`;
}
