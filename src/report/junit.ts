// `--format junit`: one test case a problem, in one suite a file, for CI servers that know nothing but test reports.
// A case fails when its problem makes gxgen exit with 1; lesser ones pass and are told in the output of the case.

import { fileOf, placeOf, sortDiagnostics } from '../diagnostics/collect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { visible } from '../text/width.ts';
import { messageLines } from './message.ts';
import type { RenderContext, Reporter } from './reporter.ts';
import { makeSecrets, type Secrets } from './secrets.ts';

export const junit: Reporter = {
  name: 'junit',
  summary: 'JUnit XML, for CI servers',
  render: (diagnostics, context) => {
    const secrets = makeSecrets(context.secrets);
    const sorted = sortDiagnostics(diagnostics);
    const suites = new Map<string, Diagnostic[]>();
    for (const one of sorted) {
      const file = fileOf(one) ?? context.tool.name;
      const list = suites.get(file) ?? [];
      list.push(one);
      suites.set(file, list);
    }
    // Servers take a report without a single case for a broken one.
    const all =
      suites.size === 0 ? [cleanSuite(context)] : [...suites].map(([file, list]) => suite(file, list));
    const failures = sorted.filter(fails).length;
    const head = `<testsuites name="${context.tool.name}" tests="${Math.max(1, sorted.length)}" failures="${failures}" errors="0">`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${all.join('')}</testsuites>\n`;

    function suite(file: string, list: readonly Diagnostic[]): string {
      const failed = list.filter(fails).length;
      const cases = list.map((one) => testCase(one, file, secrets, fails(one))).join('');
      return `  <testsuite name="${attribute(file)}" tests="${list.length}" failures="${failed}" errors="0">\n${cases}  </testsuite>\n`;
    }

    function fails({ severity }: Diagnostic): boolean {
      return severity === 'error' || (severity === 'warning' && context.strict === true);
    }
  },
};

function cleanSuite({ tool }: RenderContext): string {
  return `  <testsuite name="${tool.name}" tests="1" failures="0" errors="0">\n    <testcase name="configuration" classname="${tool.name}"/>\n  </testsuite>\n`;
}

function testCase(one: Diagnostic, file: string, secrets: Secrets, failed: boolean): string {
  const lines = messageLines(one, secrets);
  const place = placeOf(one) || file;
  const head = `    <testcase name="${attribute(`${one.code} ${one.name} ${place}`)}" classname="${attribute(file)}">`;
  const body = escapeXml(
    [`${place}: ${one.severity}[${one.code}]: ${lines[0] ?? ''}`, ...lines.slice(1)].join('\n'),
  );
  const result = failed
    ? `<failure type="${one.severity}" message="${attribute(lines[0] ?? '')}">${body}</failure>`
    : `<system-out>${body}</system-out>`;
  return `${head}\n      ${result}\n    </testcase>\n`;
}

function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\ufffe\uffff]/g, '?');
}

function attribute(text: string): string {
  return escapeXml(visible(text)).replace(/"/g, '&quot;');
}
