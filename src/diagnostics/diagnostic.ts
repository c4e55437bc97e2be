// The one shape of a problem, whoever finds it. Text, JSON and the rest are renderings of this value.

import type { Span } from '../text/source.ts';
import { type Code, codes } from './codes.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A second place that belongs to the problem, with what it shows. */
export interface Label {
  readonly span: Span;
  readonly text: string;
}

/** `why`: the consequence for the server; `value`: a value that took part, in the form `key is value (origin)`. */
export interface Note {
  readonly kind: 'why' | 'value';
  readonly text: string;
}

/** Replace `span` by `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A remedy as edits; `safe` when it cannot change what a correct reader meant. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe: boolean;
}

export interface Diagnostic {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  /** One lower-case clause without a final dot; names in double quotes. */
  readonly message: string;
  readonly span?: Span;
  /** The file, where there is no span in it. */
  readonly file?: string;
  /** What the marked place is, shown beside the mark. */
  readonly mark?: string;
  readonly labels: readonly Label[];
  readonly notes: readonly Note[];
  readonly help?: string;
  readonly fix?: Fix;
}

/** Where problems go while a pass runs. */
export type Report = (diagnostic: Diagnostic) => void;

/** What a problem may carry beyond its message and place. */
export interface Details {
  readonly severity?: Severity;
  readonly mark?: string;
  readonly labels?: readonly Label[];
  readonly why?: string;
  readonly values?: readonly string[];
  readonly help?: string;
  readonly fix?: Fix;
}

/**
 * A diagnostic of a code that belongs to no rule (`codes.ts`).
 * @param where the span, or the path of a file that has no text to point into, or nothing
 */
export function problem(
  code: Code,
  message: string,
  where?: Span | string,
  details: Details = {},
): Diagnostic {
  const { name, severity } = codes()[code];
  return assemble(code, name, details.severity ?? severity, message, where, details);
}

/** The diagnostic itself; `problem` and the rules go through here. */
export function assemble(
  code: string,
  name: string,
  severity: Severity,
  message: string,
  where: Span | string | undefined,
  details: Details,
): Diagnostic {
  const notes: Note[] = [];
  if (details.why !== undefined) notes.push({ kind: 'why', text: details.why });
  for (const text of details.values ?? []) notes.push({ kind: 'value', text });
  return {
    code,
    name,
    severity,
    message,
    ...(typeof where === 'string' ? { file: where } : where === undefined ? {} : { span: where }),
    ...(details.mark === undefined ? {} : { mark: details.mark }),
    labels: details.labels ?? [],
    notes,
    ...(details.help === undefined ? {} : { help: details.help }),
    ...(details.fix === undefined ? {} : { fix: details.fix }),
  };
}
