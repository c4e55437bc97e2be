// What gxgen.yml says about the proxy and the files cannot say: nothing is left out in silence.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { isWritten, type Located, spanOf } from '../model/located.ts';
import type { ProxySettings } from '../model/proxy/settings.ts';

type Setting = readonly [name: string, value: Located<unknown> | undefined];

/** @param whole true for a whole site, false for files to include */
export function reportIdleSettings(
  settings: ProxySettings,
  server: 'nginx' | 'Apache',
  whole: boolean,
  report: Report,
): void {
  if (settings.place === undefined) return;
  if (server === 'Apache') reportUnknownToApache(settings, report);
  if (!whole) reportOfSite(settings, server, report);
}

function reportUnknownToApache(
  { upstream, timeouts, listen, headerBuffer }: ProxySettings,
  report: Report,
): void {
  const settings: readonly (readonly [...Setting, reason: string])[] = [
    ['keepalive', upstream.keepalive, 'it opens a connection for each request'],
    ['max_fails', upstream.maxFails, 'a process that fails is asked again after a second'],
    ['header_buffer', headerBuffer, 'it makes as much room as it needs'],
    ['download', timeouts.download, 'it waits for every answer as long as "read" says'],
    ['ipv6', listen.ipv6, 'its virtual hosts answer at all addresses that "Listen" names'],
  ];
  for (const [name, value, reason] of settings) {
    if (!value || !isWritten(value) || value.value === 0 || value.value === true) continue;
    report(
      problem('GX750', `Apache has no "${name}": ${reason}`, spanOf(value), {
        help: `remove "${name}"`,
      }),
    );
  }
}

function reportOfSite(settings: ProxySettings, server: string, report: Report): void {
  const { tls, interactiveTools: tools } = settings;
  const all: readonly Setting[] = [
    ['certificate', tls.certificate ?? tools.certificate],
    ['acme_webroot', tls.acmeWebroot],
    ['error_page', settings.errorPage],
    ['access_log', settings.accessLog],
    ['error_log', settings.errorLog],
    ['extra', settings.extra[0]],
    ['extra_http', settings.extraHttp[0]],
  ];
  const written = all.filter(([, value]) => value !== undefined);
  const [first] = written;
  if (!first) return;
  const names = written.map(([name]) => `"${name}"`).join(', ');
  const target = server.toLowerCase();
  report(
    problem('GX755', `the layout "blocks" has no place for ${names}`, spanOf(first[1]) ?? settings.place, {
      help: `write layouts: {${target}: site} in gxgen.yml for a whole site, or set this in the server that includes the files`,
    }),
  );
}
