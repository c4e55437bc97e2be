// TLS as Mozilla recommends it (https://wiki.mozilla.org/Security/Server_Side_TLS).

import type { TlsSettings } from '../../model/proxy/settings.ts';
import { isComplete } from '../carry.ts';
import { suites } from '../tls-suites.ts';
import { type ApacheContext, put } from './context.ts';
import * as grammar from './escape.ts';

/** Certificate, key and profile of a virtual host; undefined when a value was refused. */
export function tlsLines(tls: TlsSettings, context: ApacheContext): string | undefined {
  const file = (value: TlsSettings['dhparam']) =>
    value ? put(context, value, grammar.argument, 'a file') : '';
  const texts = {
    certificate: file(tls.certificate),
    key: file(tls.certificateKey),
    dhparam: file(tls.dhparam),
  };
  if (!isComplete(texts)) return undefined;
  const modern = tls.profile.value === 'modern';
  return context
    .templates('apache/tls', {
      ...texts,
      protocols: modern ? '-all +TLSv1.3' : '-all +TLSv1.2 +TLSv1.3',
      ciphers: modern ? '' : suites(tls.dhparam !== undefined),
      stapling: tls.stapling.value ? 'on' : 'off',
      http2: tls.http2.value,
    })
    .trimEnd();
}
