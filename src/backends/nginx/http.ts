// The part for the http block: maps, and the upstreams with their members.

import type { Upstream } from '../../model/proxy/upstream.ts';
import { complete } from '../carry.ts';
import { spaced } from '../layout-text.ts';
import { reach } from '../reach.ts';
import type { NginxContext } from './context.ts';
import * as grammar from './escape.ts';

/** @param rest everything else that is written: what it needs from here is here */
export function httpPart(context: NginxContext, rest: string): string | undefined {
  const { plan, templates } = context;
  const { settings, name } = plan;
  const upstreams = complete(plan.upstreams.map((one) => upstream(one, context)));
  if (!upstreams) return undefined;
  const uses = (variable: string) => rest.includes(variable);
  const text = templates('nginx/http', {
    name,
    dollar: uses(`{${context.dollar}}`) ? context.dollar : '',
    idle: uses(`$${name}_connection`) ? (settings.upstream.keepalive.value > 0 ? '""' : 'close') : '',
    port: uses(`$${name}_port`),
    trusted: uses(`$${name}_scheme`) ? settings.trustedProxies.map((one) => one.value) : [],
    limits: uses(`zone=${name}_`),
    lossless: settings.upstream.maxFails.value === 0 && plan.app.members.length > 1,
    ...reach(plan),
    upstreams: spaced(upstreams),
  });
  return text.replace(/\n+$/, '');
}

function upstream({ name, members }: Upstream, context: NginxContext): string | undefined {
  const { carry, plan, templates } = context;
  const { keepalive, maxFails, balance } = plan.settings.upstream;
  const lines = complete(
    members.map((one) => {
      const place = one.kind === 'unix' ? grammar.socket(one.path) : grammar.address(one.host, one.port);
      const text = carry(place, 'the path of a socket', one.origin);
      return text === undefined ? undefined : `${text} max_fails=${maxFails.value}`;
    }),
  );
  if (!lines) return undefined;
  return templates('nginx/upstream', {
    name,
    balance: balance.value === 'least-connections' && members.length > 1 ? 'least_conn' : '',
    members: lines,
    keepalive: keepalive.value > 0 ? String(keepalive.value) : '',
  });
}
