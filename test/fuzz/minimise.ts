// Makes a failing input small, a little: whole files, then lines, then characters are left out while it still fails.

import type { Input } from './input.ts';

/** @param still whether a smaller input still fails; asked at most `tries` times */
export async function minimise(
  input: Input,
  still: (smaller: Input) => Promise<boolean>,
  tries = 400,
): Promise<Input> {
  let best = input;
  let left = tries;
  const keep = async (smaller: Input): Promise<boolean> => {
    if (left-- <= 0 || !(await still(smaller))) return false;
    best = smaller;
    return true;
  };
  for (const path of Object.keys(input.files)) {
    const { [path]: _, ...others } = best.files;
    if (!best.words.includes(path)) await keep({ ...best, files: others });
  }
  for (const separator of ['\n', '']) {
    for (const path of Object.keys(best.files)) {
      const text = Buffer.from(best.files[path] ?? []).toString('latin1');
      let parts = text.split(separator);
      for (let size = parts.length >> 1; size > 0 && left > 0; size >>= 1) {
        for (let at = 0; at < parts.length && left > 0; ) {
          const fewer = [...parts.slice(0, at), ...parts.slice(at + size)];
          const bytes = new Uint8Array(Buffer.from(fewer.join(separator), 'latin1'));
          if (await keep({ ...best, files: { ...best.files, [path]: bytes } })) parts = fewer;
          else at += size;
        }
      }
    }
  }
  return best;
}

/** An input as a person can read it. */
export function describe({ seed, words, files }: Input): string {
  const parts = Object.entries(files).map(([path, bytes]) => {
    const text = Buffer.from(bytes).toString('latin1');
    return `  ${path}: ${JSON.stringify(text.length > 2_000 ? `${text.slice(0, 2_000)}...` : text)}`;
  });
  return [`input ${seed}: gxgen validate ${words.join(' ')}`, ...parts].join('\n');
}
