// What is known of every code: the pages of `gxgen explain`, and the list of rules in machine formats.

import { codes } from '../diagnostics/codes.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import { rules } from '../rules/index.ts';
import type { ExampleFiles, Rule } from '../rules/rule.ts';

export interface Page {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly source?: string;
  readonly since?: string;
  readonly until?: string;
  readonly example?: Rule['example'];
}

/** Every code there is, sorted. */
export function allPages(): Page[] {
  const own = Object.entries(codes()).map(([code, info]) => ({ code, ...info }));
  return [...own, ...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** `Galaxy from 22.05 to 23.0`; undefined for what holds in every release. */
export function releasesOf({ since, until }: Page): string | undefined {
  if (!since && !until) return undefined;
  return ['Galaxy', since && `from ${since}`, until && `to ${until}`].filter(Boolean).join(' ');
}

/** What the page says below its summary and reason: releases, examples, source. */
export function restOfPage(page: Page): string[] {
  const { source } = page;
  const example = page.example?.();
  const releases = releasesOf(page);
  return [
    ...(releases ? [releases] : []),
    ...(example ? [`Wrong:\n${files(example.bad)}`, `Right:\n${files(example.good)}`] : []),
    ...(source ? [`Source: ${source}`] : []),
  ];
}

function files(example: ExampleFiles): string {
  return Object.entries(example)
    .map(([name, text]) => `  ${name}\n${indent(text)}`)
    .join('\n\n');
}

function indent(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, '    ');
}
