// How large a SARIF file may be: the limits of GitHub's code scanning, which refuses a file beyond them as a whole.
// https://docs.github.com/code-security/code-scanning (SARIF support: limits)

import { createRequire } from 'node:module';

/** Results a run. */
export const mostResults = 25_000;
/** Bytes of the file when it is compressed with gzip. */
export const mostBytes = 10_000_000;

export interface Kept {
  /** The number of results that stay, from the first. */
  readonly count: number;
  /** Why not all of them do. */
  readonly because: string;
}

/** The file with as many of the results as fit. @param write the file with that many results, most severe first */
export function cutToFit(
  results: readonly object[],
  write: (kept: Kept) => string,
  limits: { readonly results: number; readonly bytes: number } = { results: mostResults, bytes: mostBytes },
): string {
  const count = Math.min(results.length, limits.results);
  let kept: Kept = { count, because: `services take at most ${limits.results} results` };
  for (;;) {
    const text = write(kept);
    const bytes = compressedSize(text, limits.bytes);
    if (bytes <= limits.bytes || kept.count === 0) return text;
    // Somewhat fewer than would fit if all were alike, so that a second step is rare.
    const next = Math.floor(kept.count * Math.min(0.9, (limits.bytes / bytes) * 0.95));
    kept = { count: next, because: `services take at most ${limits.bytes / 1_000_000} MB, compressed` };
  }
}

// The compressor is only loaded for a text that does not fit as it is.
function compressedSize(text: string, enough: number): number {
  // At most three bytes for a UTF-16 unit.
  if (text.length * 3 < enough) return text.length;
  const bytes = Buffer.from(text);
  if (bytes.length <= enough) return bytes.length;
  const { gzipSync } = (
    typeof require === 'function' ? require('node:zlib') : createRequire(import.meta.url)('node:zlib')
  ) as typeof import('node:zlib');
  return gzipSync(bytes, { level: 6 }).length;
}
