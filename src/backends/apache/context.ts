// What the parts of Apache's files have in common.

import type { Located } from '../../model/located.ts';
import type { ProxyPlan } from '../../model/proxy/plan.ts';
import { type PublicSite, strictTransport } from '../../model/proxy/public.ts';
import type { ProxySettings } from '../../model/proxy/settings.ts';
import type { Member, Upstream } from '../../model/proxy/upstream.ts';
import type { Templates } from '../../schema/templates.ts';
import type { Carry } from '../carry.ts';
import type { Front } from '../front.ts';
import type { Escaped } from '../kernel.ts';
import { isAtLeast } from '../versions.ts';
import * as grammar from './escape.ts';

export interface ApacheContext {
  readonly plan: ProxyPlan;
  readonly templates: Templates;
  readonly carry: Carry;
  /** What stands before a path to make an address of it; empty where Apache knows. */
  readonly origin: string;
  /** ` upgrade=websocket`, or empty where Apache does not know it. */
  readonly websocket: string;
  /** The value of Strict-Transport-Security; empty where this file does not send it. */
  readonly hsts: string;
  /** What tells Galaxy that the proxy speaks; empty where nothing does. */
  readonly secret: string;
}

/** What Debian 12 had at first; newer ones know it all, too. */
const assumedVersion = '2.4.57';

/** True when ProxyPass knows `upgrade=`. */
export function knowsUpgrade({ version }: ProxySettings): boolean {
  return isAtLeast(version?.value ?? assumedVersion, '2.4.47');
}

/** @param site undefined where the virtual host is somebody else's */
export function makeContext(
  { plan, templates, carry, secret }: Front,
  site: PublicSite | undefined,
): ApacheContext {
  return {
    plan,
    templates,
    carry,
    secret,
    origin: site ? `${site.scheme}://${site.name.value}${site.port}` : '',
    websocket: knowsUpgrade(plan.settings) ? ' upgrade=websocket' : '',
    hsts: strictTransport(site, plan.settings),
  };
}

/** A value that a route carries; `undefined` when it was refused, which has been reported. */
export function put<T>(
  { carry }: ApacheContext,
  located: Located<T>,
  form: (value: T) => Escaped,
  what: string,
): string | undefined {
  return carry(form(located.value), what, located);
}

/** The place of a path that Galaxy's prefix or a fixed name makes. */
export function path(text: string, { carry, plan }: ApacheContext): string | undefined {
  return carry(grammar.urlPath(text), 'the prefix', plan.prefix);
}

/** What a member that listens on a socket file is called. Host names have no "_". */
export function socketName(upstream: string, index: number): string {
  return `${upstream.replaceAll('_', '-')}-${index}`;
}

/** `http://127.0.0.1:1080`, without quotes: how a member is called in Host; undefined for what was refused. */
export function origin(upstream: Upstream, member: Member, { carry }: ApacheContext): string | undefined {
  if (member.kind === 'unix') return `http://${socketName(upstream.name, upstream.members.indexOf(member))}`;
  const text = carry(grammar.address(member.host, member.port), 'an address', member.origin);
  return text === undefined ? undefined : `http://${text}`;
}

/** What `ProxyPass` names: the balancer where there is more than one member, or where it listens on a socket file. */
export function targetOf(upstream: Upstream, context: ApacheContext): string | undefined {
  const [only, ...others] = upstream.members;
  if (!only) return undefined;
  return others.length > 0 || only.kind === 'unix'
    ? `balancer://${upstream.name}`
    : origin(upstream, only, context);
}

/** How long interactive tools may be silent, as a parameter of a worker. */
export function patience({ plan }: ApacheContext): string {
  return ` timeout=${plan.settings.timeouts.stream.value}`;
}

/** True when the upstream needs a balancer of its own. */
export function isBalanced(upstream: Upstream, { plan }: ApacheContext): boolean {
  return upstream === plan.app || upstream.members.length > 1 || upstream.members[0]?.kind === 'unix';
}
