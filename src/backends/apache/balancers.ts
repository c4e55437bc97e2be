// The part for the server level: balancers with their members.

import type { Member, Upstream } from '../../model/proxy/upstream.ts';
import { complete } from '../carry.ts';
import type { Escaped } from '../kernel.ts';
import { spaced } from '../layout-text.ts';
import { type ApacheContext, isBalanced, patience, socketName } from './context.ts';
import * as grammar from './escape.ts';

export function balancers(context: ApacheContext): string | undefined {
  const { plan } = context;
  const needed = plan.upstreams.filter((one) => isBalanced(one, context));
  const texts = complete(needed.map((one) => balancer(one, context)));
  return texts && spaced(texts);
}

function balancer(upstream: Upstream, context: ApacheContext): string | undefined {
  const { carry, plan, templates } = context;
  const { balance } = plan.settings.upstream;
  const members = complete(
    upstream.members.map((one, index) => {
      const text = carry(member(one, upstream, index), 'the path of a socket', one.origin);
      const upgrade = upstream.protocol === 'http' && plan.era === 'gunicorn' ? context.websocket : '';
      return text === undefined
        ? undefined
        : `${text} retry=1 disablereuse=on${upgrade}${upstream === plan.tools ? patience(context) : ''}`;
    }),
  );
  if (!members) return undefined;
  return templates('apache/balancer', {
    name: upstream.name,
    members,
    method: balance.value === 'least-connections' ? 'bybusyness' : 'byrequests',
    attempts: String(Math.max(4, 3 * members.length)),
    timeout: String(plan.settings.timeouts.read.value),
  });
}

function member(one: Member, { name, protocol }: Upstream, index: number): Escaped {
  const scheme = protocol === 'uwsgi' ? 'uwsgi' : 'http';
  if (one.kind === 'unix') return grammar.socketMember(one.path, scheme, socketName(name, index));
  const escaped = grammar.address(one.host, one.port);
  return 'text' in escaped ? { text: `"${scheme}://${escaped.text}"` } : escaped;
}
