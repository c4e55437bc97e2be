// What stands at the server level and in a virtual host, whoever wrote the virtual host.

import { fixedPort } from '../../model/proxy/public.ts';
import { sizeInBytes } from '../../model/proxy/sizes.ts';
import { reach } from '../reach.ts';
import { balancers } from './balancers.ts';
import type { ApacheContext } from './context.ts';
import { dollarName } from './escape.ts';
import { removedHeaders, setHeaders, userHeaders } from './headers.ts';
import { routes, tools } from './routes.ts';

/** Everything Galaxy needs of a virtual host; undefined when a value was refused. */
export function galaxyPart(context: ApacheContext): string | undefined {
  const user = userHeaders(context);
  const own = routes(context);
  return user && own !== undefined ? `${commonPart(context, user)}\n\n${own}` : undefined;
}

/** The virtual host for the names of interactive tools; empty where there are none. */
export function toolsPart(context: ApacheContext): string | undefined {
  const { tools: upstream } = context.plan;
  if (!upstream) return '';
  const own = tools('/', upstream, context);
  return own === undefined ? undefined : `${commonPart(context, [])}\n\n${own.trimEnd()}`;
}

/** Balancers, and what the virtual hosts need to be defined. */
export function serverPart(context: ApacheContext, hosts: string): string | undefined {
  const pools = balancers(context);
  if (pools === undefined) return undefined;
  return context
    .templates('apache/server', {
      dollar: `${pools}${hosts}`.includes(`\${${dollarName}}`) ? dollarName : '',
      lossless: context.plan.app.members.length > 1,
      ...reach(context.plan),
      balancers: pools,
    })
    .trimEnd();
}

/** @param user what only Galaxy is told */
function commonPart(context: ApacheContext, user: readonly string[]): string {
  const { plan, templates } = context;
  const { timeouts, uploads, tls, trustedProxies } = plan.settings;
  const external = tls.mode.value === 'external';
  const port = fixedPort(plan.settings);
  const trusted = external ? trustedProxies.map((one) => one.value) : [];
  return templates('apache/common', {
    trusted,
    believed: `(${trusted.map((one) => `%{CONN_REMOTE_ADDR} -ipmatch '${one}'`).join(' || ')}) && %{HTTP:X-Forwarded-Proto} == 'https'`,
    base: plan.name,
    host: port !== undefined,
    port: port ?? '',
    encodedSlashes: plan.app.protocol === 'uwsgi' ? 'On' : 'NoDecode',
    timeout: String(timeouts.read.value),
    maxBody: String(sizeInBytes(uploads.maxBody.value)),
    unset: removedHeaders(context),
    headers: [...setHeaders(context), ...user],
  }).trimEnd();
}
