// What the parts of nginx's files have in common.

import type { Located } from '../../model/located.ts';
import type { ProxyPlan } from '../../model/proxy/plan.ts';
import { type PublicSite, strictTransport } from '../../model/proxy/public.ts';
import type { RemoteUser } from '../../model/proxy/remote-user.ts';
import type { Templates } from '../../schema/templates.ts';
import type { Carry } from '../carry.ts';
import type { Front } from '../front.ts';
import type { Escaped } from '../kernel.ts';
import * as grammar from './escape.ts';

export interface NginxContext {
  readonly plan: ProxyPlan;
  readonly templates: Templates;
  readonly carry: Carry;
  /** What Galaxy is told as its own name. */
  readonly host: string;
  /** The scheme people use. */
  readonly scheme: string;
  /** What stands before a path to make an address of it. */
  readonly origin: string;
  /** True where redirections must not name the scheme and port of this server. */
  readonly relative: boolean;
  /** The value of Strict-Transport-Security; empty where this file does not send it. */
  readonly hsts: string;
  /** A variable that holds a dollar sign. */
  readonly dollar: string;
  /** Headers that Galaxy trusts the proxy with, and what they are set to. */
  readonly headers: readonly { readonly name: string; readonly param: string; readonly value: string }[];
}

/** @param site undefined where the server is somebody else's */
export function makeContext(
  { plan, templates, carry, secret }: Front,
  site: PublicSite | undefined,
): NginxContext {
  const { name, settings } = plan;
  const { tls } = settings;
  const external = tls.mode.value === 'external';
  const scheme = external ? `$${name}_scheme` : '$scheme';
  // One server with two ports has two names for Galaxy.
  const fixed = site !== undefined && (site.redirect || site.tls === 0 || site.plain === 0);
  const port = external ? '' : fixed ? site.port : `$${name}_port`;
  const host = `$host${port}`;
  return {
    plan,
    templates,
    carry,
    host,
    scheme,
    origin: site ? `${site.scheme}://${site.name.value}${site.port}` : `${scheme}://${host}`,
    relative: external,
    hsts: strictTransport(site, settings),
    dollar: `${name}_dollar`,
    headers: trustedHeaders(plan.remoteUser, secret, `${name}_dollar`, carry),
  };
}

// An empty value removes the header: what a client sends under these names never arrives.
function trustedHeaders(
  { header, variable, secret: written }: RemoteUser,
  secret: string,
  dollar: string,
  carry: Carry,
): NginxContext['headers'] {
  const name = carry(grammar.headerName(header.value), 'the header of the user', header) ?? 'Remote-User';
  const word = written
    ? carry(grammar.headerValue(secret, dollar), 'remote_user_secret', written)
    : undefined;
  const values = new Map([
    ['Remote-User', '""'],
    [name, variable ? `$${variable.value}` : '""'],
    ['GX-Secret', word ?? '""'],
  ]);
  return [...values].map(([one, value]) => ({
    name: one,
    param: `HTTP_${one.toUpperCase().replaceAll('-', '_')}`,
    value,
  }));
}

/** What other programs than Galaxy are never told. */
export function clearedHeaders({ headers }: NginxContext): string[] {
  return headers.map((one) => one.name);
}

/** A value that a route carries; `undefined` when it was refused, which has been reported. */
export function put<T>(
  { carry }: NginxContext,
  located: Located<T>,
  form: (value: T) => Escaped,
  what: string,
): string | undefined {
  return carry(form(located.value), what, located);
}

/** `300s` */
export function seconds({ value }: Located<number>): string {
  return `${value}s`;
}

/** Room for the headers of an answer; nginx wants the buffers of the rest to fit it. */
export function headerRoom({ plan }: NginxContext): { readonly buffer: string; readonly busyBuffer: string } {
  const buffer = plan.settings.headerBuffer.value;
  return { buffer, busyBuffer: twice(buffer) };
}

/** Twice a size such as `32k`. */
function twice(size: string): string {
  return size.replace(/^\d+/, (digits) => String(2 * Number(digits)));
}
