// TLS as Mozilla recommends it (https://wiki.mozilla.org/Security/Server_Side_TLS).

import type { TlsSettings } from '../../model/proxy/settings.ts';
import type { Templates } from '../../schema/templates.ts';
import { isComplete } from '../carry.ts';
import { suites } from '../tls-suites.ts';
import { type NginxContext, put } from './context.ts';
import * as grammar from './escape.ts';

/** Certificate, key and profile of a server; undefined when a value was refused. */
export function tlsLines(tls: TlsSettings, context: NginxContext): string | undefined {
  const file = (value: TlsSettings['dhparam']) =>
    value ? put(context, value, grammar.fixedPath, 'a file') : '';
  const texts = {
    certificate: file(tls.certificate),
    key: file(tls.certificateKey),
    dhparam: file(tls.dhparam),
  };
  if (!isComplete(texts)) return undefined;
  return context
    .templates('nginx/tls', {
      ...texts,
      stapling: tls.stapling.value,
      profile: profile(tls, context.plan.name, context.templates),
    })
    .trimEnd();
}

/** Protocols, cipher suites and sessions: the default server of a port decides them for the others. */
export function profile(tls: TlsSettings, name: string, templates: Templates): string {
  const modern = tls.profile.value === 'modern';
  return templates('nginx/tls-profile', {
    name,
    protocols: modern ? 'TLSv1.3' : 'TLSv1.2 TLSv1.3',
    ciphers: modern ? '' : suites(tls.dhparam !== undefined),
  }).trimEnd();
}
