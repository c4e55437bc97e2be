// The hash by which installed files are known again.

import { createRequire } from 'node:module';

let create: typeof import('node:crypto').createHash | undefined;

/** SHA-256 as 64 hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  // Loaded by who compares with what is installed, and by nobody else.
  create ??= (
    (typeof require === 'function'
      ? require('node:crypto')
      : createRequire(import.meta.url)('node:crypto')) as typeof import('node:crypto')
  ).createHash;
  return create('sha256').update(bytes).digest('hex');
}
