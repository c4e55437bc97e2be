// `listen` lines, in the form that the version of nginx knows.

import type { PublicSite } from '../../model/proxy/public.ts';
import type { ProxySettings } from '../../model/proxy/settings.ts';
import { isAtLeast } from '../versions.ts';

/** What Debian 12 has; newer ones know it all, too. */
export const assumedVersion = '1.22';

/** True where HTTP/2 is written in the old form only because nobody said which nginx it is for. */
export function isOutdated({ tls }: PublicSite, settings: ProxySettings): boolean {
  return tls !== 0 && settings.tls.http2.value && settings.version === undefined;
}

/** The lines for a port; none for port 0. HTTP/2 became a directive of its own in 1.25.1. */
export function listens(
  port: number,
  tls: boolean,
  isDefault: boolean,
  { listen, tls: { http2 }, version }: ProxySettings,
): string[] {
  if (port === 0) return [];
  const modern = isAtLeast(version?.value ?? assumedVersion, '1.25.1');
  const words = [
    ...(tls ? ['ssl'] : []),
    ...(tls && http2.value && !modern ? ['http2'] : []),
    ...(isDefault ? ['default_server'] : []),
  ];
  const line = (address: string) => `listen ${[address, ...words].join(' ')};`;
  return [
    line(String(port)),
    ...(listen.ipv6.value ? [line(`[::]:${port}`)] : []),
    ...(tls && http2.value && modern ? ['http2 on;'] : []),
  ];
}
