// The virtual hosts beside Galaxy's: for names that are nobody's, and for addresses that lead to the real one.

import { type PublicSite, toolsDomain } from '../../model/proxy/public.ts';
import { complete } from '../carry.ts';
import { hostName } from '../host-name.ts';
import { indented } from '../layout-text.ts';
import { acmeChallenges } from './challenges.ts';
import { type ApacheContext, put } from './context.ts';
import { tlsLines } from './tls.ts';

export function catchAllHosts(own: PublicSite, context: ApacheContext): (string | undefined)[] {
  const { plan, templates } = context;
  return [own.plain, own.tls]
    .filter((port) => port !== 0)
    .map((port) => {
      const tls = port === own.tls ? tlsLines(plan.settings.tls, context) : '';
      if (tls === undefined) return undefined;
      return templates('apache/host-catch-all', { port: String(port), tls: indented(tls) });
    });
}

/** The port without TLS, the names that are not the first, and the names of tools without TLS. */
export function redirectHosts(own: PublicSite, context: ApacheContext): (string | undefined)[] {
  const { plan, templates } = context;
  const { settings, tools, instance } = plan;
  const [first, ...rest] = own.aliases;
  const hosts: (string | undefined)[] = [];
  if (own.redirect) hosts.push(redirectHost(own.plain, [own.name, ...own.aliases], false, context));
  else if (first && own.plain !== 0) hosts.push(redirectHost(own.plain, [first, ...rest], false, context));
  if (first && own.tls !== 0) hosts.push(redirectHost(own.tls, [first, ...rest], true, context));
  if (tools && own.redirect) {
    const domain = toolsDomain(instance, settings, own.name);
    const name = put(context, domain, hostName, 'the domain of interactive tools');
    const data = { port: String(own.plain), name, target: own.port };
    hosts.push(name === undefined ? undefined : templates('apache/host-tools-redirect', data));
  }
  return hosts;
}

function redirectHost(
  port: number,
  names: PublicSite['aliases'],
  encrypted: boolean,
  context: ApacheContext,
): string | undefined {
  const { plan, templates, origin, hsts } = context;
  const texts = complete(names.map((one) => put(context, one, hostName, 'a name')));
  const tls = encrypted ? tlsLines(plan.settings.tls, context) : '';
  const acme = encrypted ? { challenges: '' } : acmeChallenges(context);
  if (!texts || tls === undefined || !acme) return undefined;
  const [name = '', ...aliases] = texts;
  return templates('apache/host-redirect', {
    ...{ port: String(port), name, aliases, ...acme },
    tls: indented(tls),
    hsts: encrypted ? hsts : '',
    target: origin,
  });
}
