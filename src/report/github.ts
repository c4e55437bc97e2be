// `--format github`: workflow commands, which GitHub shows as annotations of the changed lines.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions

import { fileOf, sortDiagnostics } from '../diagnostics/collect.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { position } from '../text/source.ts';
import { visible } from '../text/width.ts';
import { messageLines } from './message.ts';
import { trimmedEnd } from './places.ts';
import type { Reporter } from './reporter.ts';
import { makeSecrets } from './secrets.ts';

const commands: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

export const github: Reporter = {
  name: 'github',
  summary: 'annotations for GitHub Actions',
  render: (diagnostics, context) => {
    const secrets = makeSecrets(context.secrets);
    return sortDiagnostics(diagnostics)
      .map((one) => {
        const properties = Object.entries(place(one)).map(([key, value]) => `${key}=${property(value)}`);
        const title = property(`${one.code} ${one.name}`);
        const data = messageLines(one, secrets).join('\n');
        return `::${commands[one.severity]} ${[...properties, `title=${title}`].join(',')}::${escapeData(data)}\n`;
      })
      .join('');
  },
};

// Columns of a place on several lines would mark the wrong part of the first.
function place(one: Diagnostic): Record<string, string> {
  const file = fileOf(one);
  if (file === undefined) return {};
  if (!one.span) return { file: visible(file) };
  const { source, start } = one.span;
  const from = position(source, start);
  const to = position(source, trimmedEnd(one.span));
  const columns =
    from.line === to.line
      ? { col: String(from.column), endColumn: String(Math.max(to.column, from.column)) }
      : {};
  return { file: visible(file), line: String(from.line), endLine: String(to.line), ...columns };
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
