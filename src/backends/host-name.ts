// Names of hosts as DNS and web servers take them.

import type { Escaped } from './kernel.ts';

const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';

/** A name for `server_name` and `ServerName`, perhaps with `*.` in front. */
export function hostName(name: string): Escaped {
  const bare = name.replace(/^\*\./, '');
  const known = new RegExp(`^(?:${label}\\.)*${label}$`).test(bare) && bare.length <= 253;
  // Apache answers no name whose last part is a number, unless it is an address.
  const numeric = /(?:^|\.)\d+$/.test(bare) && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare);
  return known && !numeric ? { text: name } : { refusal: 'is no host name' };
}
