// Where YAML 1.1 and the eye disagree: values that are valid and probably not what the writer sees.

import { type Fix, problem, type Report } from '../diagnostics/diagnostic.ts';
import { span } from '../text/source.ts';
import type { ScalarNode } from './tree.ts';

/** `022` is 18. A schema error at the same place says more, and replaces it. */
export const octalInteger = 'GX121';
/** `1:30` is 90. A schema error at the same place says more, and replaces it. */
export const sexagesimalNumber = 'GX122';

/** Warns about a plain, untagged scalar, be it key or value. Values are named only where they are too short for a secret. */
export function warnScalar(node: ScalarNode, report: Report): void {
  if (node.type === 'int') warnInteger(node, report);
  else if (node.type === 'float' && node.text.includes(':')) warnSexagesimal(node, report);
  else if (node.type === 'str' && invisible.test(node.text)) warnInvisible(node, report);
}

/** Warns about a plain key that is no text. */
export function warnKey(node: ScalarNode, report: Report): void {
  if (node.style !== 'plain' || node.text === '' || (node.type !== 'bool' && node.type !== 'null')) return;
  const what = node.type === 'null' ? 'null' : node.value ? 'the boolean true' : 'the boolean false';
  report(
    problem('GX123', `the key "${node.text}" is read as ${what}, not as text`, node.span, {
      why: 'YAML 1.1 takes yes, no, on and off for booleans, so a program that looks for the word does not find it',
      help: 'put the key in quotes',
      fix: quote(node, true),
    }),
  );
}

function warnInteger(node: ScalarNode, report: Report): void {
  const { text, value } = node;
  if (text.includes(':')) {
    warnSexagesimal(node, report);
    return;
  }
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  if (!/^0[0-7]+$/.test(digits) || BigInt(digits) === BigInt(`0o${digits}`)) return;
  const meaning = text.length <= 5 ? `"${text}" is an octal number: ${value}` : 'this is an octal number';
  report(
    problem(octalInteger, meaning, node.span, {
      why: 'YAML 1.1 takes an integer with a leading zero for an octal number',
      help: 'put it in quotes if it is a mode or a code, or drop the zero if it is a count',
      fix: quote(node, false),
    }),
  );
}

function warnSexagesimal(node: ScalarNode, report: Report): void {
  const meaning =
    node.text.length <= 8 ? `"${node.text}" is the number ${node.value}` : 'this is a number in base 60';
  report(
    problem(sexagesimalNumber, meaning, node.span, {
      why: 'YAML 1.1 takes digits with colons for a number in base 60',
      help: 'put it in quotes',
      fix: quote(node, true),
    }),
  );
}

// Spaces that are none, from web pages: they become part of the text.
const invisible = /[\u00a0\u200b\u202f\u2060]/;

function warnInvisible(node: ScalarNode, report: Report): void {
  const at = node.span.source.text.slice(node.span.start, node.span.end).search(invisible);
  if (at < 0) return;
  const start = node.span.start + at;
  const name = `U+${node.span.source.text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0')}`;
  report(
    problem(
      'GX124',
      `invisible character ${name} in unquoted text`,
      span(node.span.source, start, start + 1),
      {
        why: 'it looks like a space or like nothing, but is part of the name or value',
        help: 'replace it by a space or delete it; put the text in quotes if it is meant',
      },
    ),
  );
}

// Two insertions, so that the value itself does not appear in a report.
function quote(node: ScalarNode, safe: boolean): Fix {
  const { source, start, end } = node.span;
  return {
    title: 'put it in quotes',
    edits: [
      { span: span(source, start), text: '"' },
      { span: span(source, end), text: '"' },
    ],
    safe,
  };
}
