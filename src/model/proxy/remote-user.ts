// Who somebody is, where Galaxy takes the proxy's word for it: the header, and where its value comes from.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance } from '../deployment.ts';
import { type Located, map, spanOf } from '../located.ts';
import { option, switchedOn, textOption } from '../options.ts';
import type { ProxySettings } from './settings.ts';

export interface RemoteUser {
  /** Of the header that Galaxy believes: `Remote-User`. */
  readonly header: Located<string>;
  /** Where the proxy keeps the name; absent where Galaxy takes nobody's word. */
  readonly variable?: Located<string>;
  /** What tells Galaxy that the word is the proxy's. */
  readonly secret?: Located<string>;
}

/** The header is the proxy's in any case: sent by a client, it is removed. */
export function remoteUser(instance: Instance, settings: ProxySettings, report: Report): RemoteUser {
  const written = textOption(instance, 'remote_user_header');
  const header = written
    ? map(written, headerName)
    : ({ value: 'Remote-User', origin: { kind: 'default' } } as const);
  const on = switchedOn(instance, 'use_remote_user');
  if (!on) return { header };
  const { variable } = settings.remoteUser;
  if (!variable) {
    // With a `proxy:` section, GX555 has said so.
    if (settings.place === undefined) report(unknown(on));
    return { header };
  }
  // GX554 has said so.
  if (comesFromBrowser(variable.value)) return { header };
  const secret = option(instance, 'remote_user_secret')
    ? textOption(instance, 'remote_user_secret')
    : undefined;
  return { header, variable, ...(secret ? { secret } : {}) };
}

/** `HTTP_X_AUTH_USER`, as WSGI has it, is the header `X-Auth-User`. */
function headerName(text: string): string {
  return text
    .replace(/^HTTP_/, '')
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('-');
}

/** True where nginx's variable holds what the browser claims, unless a login of nginx has checked it. */
export function isClaimed({ variable }: RemoteUser): boolean {
  return variable?.value === 'remote_user';
}

/** True for variables of nginx that hold what a client sent, under the name it chose. */
export function comesFromBrowser(variable: string): boolean {
  return /^(http_|arg_|cookie_|args$|query_string$|request|upstream_http_)/.test(variable);
}

function unknown(on: Located<unknown>) {
  return problem('GX747', 'the proxy is to say who somebody is, and does not know', spanOf(on), {
    why: 'Galaxy refuses every request without the name that the proxy vouches for',
    help: 'name the variable that holds it: remote_user: {variable: remote_user} under "proxy" in gxgen.yml',
  });
}
