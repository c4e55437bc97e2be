// `--format json`: schemas/diagnostics.schema.json. Fields are only ever added within a version.

import { fileOf, sortDiagnostics } from '../diagnostics/collect.ts';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts';
import { position, type Span } from '../text/source.ts';
import type { Reporter } from './reporter.ts';
import { isPublic, makeSecrets, type Secrets } from './secrets.ts';
import { summarise } from './summary.ts';

const version = 1;

export const json: Reporter = {
  name: 'json',
  summary: 'one JSON object, described by schemas/diagnostics.schema.json',
  render: (diagnostics, context) => {
    const secrets = makeSecrets(context.secrets);
    const sorted = sortDiagnostics(diagnostics);
    const { name, version: toolVersion } = context.tool;
    const report = {
      version,
      tool: { name, version: toolVersion },
      diagnostics: sorted.map((one) => toJson(one, secrets)),
      summary: summarise(sorted),
    };
    return `${escapeHidden(JSON.stringify(report, null, 2))}\n`;
  },
};

function toJson(one: Diagnostic, secrets: Secrets) {
  const { redact } = secrets;
  return {
    code: one.code,
    name: one.name,
    severity: one.severity,
    message: redact(one.message, false),
    ...place(one.span, fileOf(one)),
    mark: one.mark === undefined ? null : redact(one.mark, true),
    labels: one.labels.map((label) => ({ ...place(label.span), text: redact(label.text, true) })),
    notes: one.notes.map((note) => ({ kind: note.kind, text: redact(note.text, true) })),
    help: one.help === undefined ? null : redact(one.help, true),
    fix: one.fix && isPublic(one.fix, secrets) ? fixToJson(one.fix) : null,
  };
}

function fixToJson({ title, safe, edits }: Fix) {
  return { title, safe, edits: edits.map((edit) => ({ ...place(edit.span), text: edit.text })) };
}

/** 1-based lines and columns, and 0-based offsets, all in UTF-16 units; the end is exclusive. */
function place(span: Span | undefined, file: string | undefined = span?.source.path) {
  if (!span) return { file: file ?? null, range: null };
  const at = (offset: number) => ({ ...position(span.source, offset), offset });
  return { file: span.source.path, range: { start: at(span.start), end: at(span.end) } };
}

/** JSON text in which nothing is hidden: JSON leaves C1 controls and direction overrides as they are; a terminal may obey them. */
export function escapeHidden(text: string): string {
  return text.replace(/[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
