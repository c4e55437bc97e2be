// The hash by which installed files are known again.

import { createRequire } from 'node:module';

type Crypto = typeof import('node:crypto');

let create: Crypto['createHash'] | undefined;

/** SHA-256 as 64 hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  // Loaded by who compares with what is installed, and by nobody else.
  create ??= crypto().createHash;
  return create('sha256').update(bytes).digest('hex');
}

// In the bundle there is a `require` already.
function crypto(): Crypto {
  const loaded: unknown =
    typeof require === 'function' ? require('node:crypto') : createRequire(import.meta.url)('node:crypto');
  return loaded as Crypto;
}
