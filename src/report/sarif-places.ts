// Places of a report as SARIF writes them: relative, percent-encoded addresses, and regions by line and column.

import type { Fix, Label } from '../diagnostics/diagnostic.ts';
import { position, type Span } from '../text/source.ts';
import { visible } from '../text/width.ts';
import { trimmedEnd } from './places.ts';
import type { Secrets } from './secrets.ts';

// Services take a thousand locations a result and show a hundred.
const mostRelated = 100;

/** The address of a file: relative to the root of the sources unless it is outside them. */
export function artifact(path: string): object {
  const uri = path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  return { uri: uri.replace(/^(?:\.\/+)+/, ''), uriBaseId: '%SRCROOT%' };
}

export function location(span: Span): { physicalLocation: object } {
  const shown = { ...span, end: trimmedEnd(span) };
  return { physicalLocation: { artifactLocation: artifact(span.source.path), region: region(shown) } };
}

/** Lines and columns from 1; the end column is the first behind the place. */
function region({ source, start, end }: Span): object {
  const from = position(source, start);
  const to = position(source, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

export function relatedLocations(labels: readonly Label[], { redact }: Secrets): object[] {
  return labels.slice(0, mostRelated).map((label, index) => ({
    id: index + 1,
    ...location(label.span),
    message: { text: visible(redact(label.text, true)) },
  }));
}

export function fixToSarif({ title, edits }: Fix): object {
  const paths = [...new Set(edits.map((edit) => edit.span.source.path))];
  return {
    description: { text: visible(title) },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifact(path),
      replacements: edits
        .filter((edit) => edit.span.source.path === path)
        .map(({ span, text }) => ({ deletedRegion: region(span), insertedContent: { text } })),
    })),
  };
}
