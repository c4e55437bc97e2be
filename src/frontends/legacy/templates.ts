// Files that a program has yet to fill in: Jinja, ERB, place holders. Their text is no configuration.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../../text/source.ts';

const forms: readonly [RegExp, string][] = [
  [/\{\{[^\n{}]{0,200}\}\}|\{%[-+]?[^\n{}]{0,200}[-+]?%\}/, 'Jinja'],
  [/<%[=#-]?[^\n%]{0,200}%>/, 'ERB'],
  [
    /(?<![A-Za-z0-9_])__[A-Z][A-Z0-9_]*__(?![A-Za-z0-9_])|@@?[A-Z][A-Z0-9_]{2,}@@?(?![\w.])/,
    'a place holder',
  ],
  // The whole value is a variable of a shell or of Python's string.Template.
  [/^[^=\n:#;]+[=:][ \t]*\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)[ \t]*$/, 'a variable'],
];

// Options that Galaxy itself fills in.
const filledByGalaxy = /^(?:ftp_upload_dir_template|galaxy_infrastructure_url)\s*[=:]/;
// No more than people read.
const mostReports = 20;

/** Reports every line that is to be filled in. @returns true when there is one: the file cannot be read then */
export function reportTemplate(source: Source, report: Report): boolean {
  const { text } = source;
  // Nearly no file has any of these.
  if (!/\{\{|\{%|<%|__[A-Z]|@[A-Z]|\$[{A-Za-z_]/.test(text)) return false;
  let count = 0;
  let start = 0;
  for (const line of text.split('\n')) {
    const found = /^\s*[#;]/.test(line) ? controlOf(line, source, start) : findIn(line, source, start);
    if (found) {
      count++;
      if (count <= mostReports)
        report(
          problem('GX171', `the file is a template: ${found.what} stands in it`, found.place, {
            help: 'name the file that is made from it, as it lies on the server',
          }),
        );
    }
    start += line.length + 1;
  }
  return count > 0;
}

function findIn(line: string, source: Source, start: number) {
  const trimmed = line.replace(/\r$/, '');
  if (filledByGalaxy.test(trimmed)) return undefined;
  for (const [form, what] of forms) {
    const match = form.exec(trimmed);
    if (!match) continue;
    const at = what === 'a variable' ? trimmed.indexOf('$') : match.index;
    return { what, place: span(source, start + at, start + match.index + match[0].length) as Span };
  }
  return undefined;
}

// In a comment only what controls the rest of the file is one.
function controlOf(line: string, source: Source, start: number) {
  const match = /\{%[-+]?\s*(?:if|for|endif|endfor|else|set|block|include)\b[^\n{}]{0,200}%\}/.exec(line);
  return (
    match && {
      what: 'Jinja',
      place: span(source, start + match.index, start + match.index + match[0].length),
    }
  );
}
