// The list of rules in a SARIF file: every code there is, so that a service can show what a finding means.

import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { type Page, restOfPage } from './pages.ts';

/** What SARIF calls the severities. */
export const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
/** GitHub's own words for how bad it is. */
const problemSeverity: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

export interface RuleList {
  readonly rules: readonly object[];
  indexOf(code: string): number;
}

/** @param found a code among them that has no page gets an entry all the same */
export function ruleList(pages: readonly Page[], found: readonly Diagnostic[]): RuleList {
  const rules = pages.map(toRule);
  const index = new Map(pages.map(({ code }, at) => [code, at]));
  for (const { code, name } of found) {
    if (index.has(code)) continue;
    index.set(code, rules.length);
    rules.push({ id: code, name });
  }
  return { rules, indexOf: (code) => index.get(code) ?? -1 };
}

function toRule(page: Page): object {
  const { code, name, severity, summary, why } = page;
  return {
    id: code,
    name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: [summary, why, ...restOfPage(page)].join('\n\n') },
    defaultConfiguration: { level: levels[severity] },
    properties: { 'problem.severity': problemSeverity[severity] },
  };
}
