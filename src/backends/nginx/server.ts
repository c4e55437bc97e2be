// What stands in a server block, whoever wrote the block: where clients' addresses come from, and the locations.

import type { Upstream } from '../../model/proxy/upstream.ts';
import type { NginxContext } from './context.ts';
import { locations, tools } from './locations.ts';

/** All of Galaxy; undefined when a value was refused. */
export function serverPart(context: NginxContext): string | undefined {
  const text = locations(context);
  return text === undefined ? undefined : part(context, text, context.plan.app.protocol === 'uwsgi');
}

/** The server for the names of interactive tools. */
export function toolsPart(upstream: Upstream, context: NginxContext): string {
  return part(context, tools('/', upstream.name, context), false);
}

function part(context: NginxContext, text: string, keepSlashes: boolean): string {
  const { tls, trustedProxies } = context.plan.settings;
  return context
    .templates('nginx/server-part', {
      trusted: tls.mode.value === 'external' ? trustedProxies.map((one) => one.value) : [],
      keepSlashes,
      locations: text,
    })
    .trimEnd();
}
