// Expected files: compared byte for byte, rewritten with UPDATE=1 (never in CI).

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { unifiedDiff } from '../../src/text/patch.ts';

/** Whether this run rewrites expectations instead of comparing. */
export const updating = process.env.UPDATE === '1';
if (updating && process.env.CI)
  throw new Error('UPDATE=1 is refused in CI: expectations are reviewed, not made, there');

/** Compares with the expected file, or rewrites it. @param expected its path; an absent file means "nothing" */
export function golden(expected: string, actual: string): void {
  const wanted = existsSync(expected) ? readFileSync(expected, 'utf8') : undefined;
  if ((wanted ?? '') === actual && (actual === '') === (wanted === undefined)) return;
  if (updating && actual === '') {
    rmSync(expected);
    return;
  }
  if (updating) {
    mkdirSync(dirname(expected), { recursive: true });
    writeFileSync(expected, actual);
    return;
  }
  if (wanted === '') throw new Error(`${expected} is empty: remove it, an absent file expects nothing`);
  const found = { name: `${expected} (found)`, text: actual === '' ? undefined : actual };
  throw new Error(`\n${unifiedDiff({ name: expected, text: wanted }, found)}`);
}
