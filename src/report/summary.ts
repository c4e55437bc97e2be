// The closing line of a report, and its numbers.

import { countSeverities, fileOf } from '../diagnostics/collect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Files with a problem. */
  readonly files: number;
  /** Problems with a safe fix. */
  readonly fixable: number;
}

export function summarise(diagnostics: readonly Diagnostic[]): Summary {
  const { error, warning, info } = countSeverities(diagnostics);
  const files = new Set(diagnostics.map(fileOf).filter((file) => file !== undefined));
  const fixable = diagnostics.filter((one) => one.fix?.safe).length;
  return { errors: error, warnings: warning, infos: info, files: files.size, fixable };
}

/** `2 errors, 1 warning in 3 files (1 fixable)`. */
export function summaryLine({ errors, warnings, infos, files, fixable }: Summary): string {
  const counts = [count(errors, 'error'), count(warnings, 'warning'), infos > 0 ? `${infos} info` : ''];
  const where = files > 0 ? ` in ${count(files, 'file')}` : '';
  return `${counts.filter((text) => text !== '').join(', ')}${where}${fixable > 0 ? ` (${fixable} fixable)` : ''}`;
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
