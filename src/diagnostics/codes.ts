// Codes of problems that belong to no rule: usage, files, syntax, schema, model, targets. A code is never reused.
// Each entry is also its page in `gxgen explain CODE`.

import type { Severity } from './diagnostic.ts';

export interface CodeInfo {
  /** The name people see beside the code, in kebab case. */
  readonly name: string;
  readonly severity: Severity;
  /** What was found, in one sentence. */
  readonly summary: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
}

export const codes = {
  // GX0xx: usage and files
  GX001: {
    name: 'file-unreadable',
    severity: 'error',
    summary: 'A file that was named, or that another file refers to, cannot be read.',
    why: 'What it says is unknown, so nothing can be compiled from it.',
  },
  GX002: {
    name: 'file-encoding',
    severity: 'error',
    summary: 'A file is not text in the encoding that it declares, or in UTF-8 where it declares none.',
    why: 'Galaxy would refuse it, or read other characters than the ones you see.',
  },
  GX003: {
    name: 'file-too-large',
    severity: 'error',
    summary: 'A file is larger than gxgen reads: 16 MB of YAML, 256 MB of XML.',
    why: 'A configuration of that size is nearly always the wrong file, and reading it would take unbounded memory.',
  },
  // GX1xx: syntax, YAML 100-139
  // GX1xx: syntax, XML 140-179
  // GX2xx: schema
  // GX3xx: model and names
  // GX4xx: handlers and jobs
  // GX7xx: targets
} as const satisfies Record<string, CodeInfo>;

export type Code = keyof typeof codes;
