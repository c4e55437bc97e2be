// A word of a POSIX shell (checked on dash and bash with bytes compared): in single quotes everything is itself.

import { byteLength, type Escaped, refusedByKernel } from '../kernel.ts';

/** One word, plain where no shell sees anything in it. */
export function word(value: string): Escaped {
  const refusal = refusedByKernel(value);
  if (refusal !== undefined) return { refusal };
  // A word that starts with `=` is a path for zsh.
  if (/^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(value)) return { text: value };
  return { text: `'${value.replaceAll("'", "'\\''")}'` };
}

/** The operand of `umask`. */
export function umask(digits: string): Escaped {
  return /^0*[0-7]{1,3}$/.test(digits) ? { text: digits } : { refusal: 'is no octal number up to 777' };
}

/** The operand of `cd --`. */
export function directory(path: string): Escaped {
  return path.startsWith('/') ? word(path) : { refusal: 'is no absolute path' };
}

/** The last part of the path of a file that the lines make. */
export function fileName(name: string): Escaped {
  const refusal = refusedByKernel(name);
  if (refusal !== undefined) return { refusal };
  return byteLength(name) > 255 ? { refusal: 'makes a file name of more than 255 bytes' } : { text: name };
}
