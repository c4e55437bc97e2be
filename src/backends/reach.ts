// What the account of the web server must be able to do, for a comment where its sockets are named.

import { dirname } from '../model/paths.ts';
import type { ProxyPlan } from '../model/proxy/plan.ts';
import { oneLine } from './kernel.ts';

/** The folders of the socket files in words, and whose account must reach them; no folders where there are no files. */
export function reach({ upstreams, settings }: ProxyPlan): { sockets: string; account: string } {
  const folders = upstreams
    .flatMap(({ members }) => members)
    .flatMap((one) => (one.kind === 'unix' ? [dirname(one.path)] : []));
  return {
    // A comment must not end in a backslash, which would take the next line into it.
    sockets: [...new Set(folders)].map((one) => oneLine(one).replaceAll('\\', '?')).join(' and '),
    account: oneLine(settings.user?.value ?? 'www-data').replaceAll('\\', '?'),
  };
}
