// What stands at the server level and in a virtual host, whoever wrote the virtual host.

import { balancers } from './balancers.ts';
import type { ApacheContext } from './context.ts';
import { dollarName } from './escape.ts';
import { routes, tools } from './routes.ts';

/** Everything Galaxy needs of a virtual host; undefined when a value was refused. */
export function galaxyPart(context: ApacheContext): string | undefined {
  const own = routes(context);
  return own === undefined ? undefined : `${commonPart(context)}\n\n${own}`;
}

/** The virtual host for the names of interactive tools; empty where there are none. */
export function toolsPart(context: ApacheContext): string | undefined {
  const { tools: upstream } = context.plan;
  if (!upstream) return '';
  const own = tools('/', upstream, context);
  return own === undefined ? undefined : `${commonPart(context)}\n\n${own.trimEnd()}`;
}

/** Balancers, and what the virtual hosts need to be defined. */
export function serverPart(context: ApacheContext, hosts: string): string | undefined {
  const pools = balancers(context);
  if (pools === undefined) return undefined;
  return context
    .templates('apache/server', {
      dollar: `${pools}${hosts}`.includes(`\${${dollarName}}`) ? dollarName : '',
      lossless: context.plan.app.members.length > 1,
      balancers: pools,
    })
    .trimEnd();
}

function commonPart({ plan, templates }: ApacheContext): string {
  const { timeouts, uploads, tls, trustedProxies } = plan.settings;
  const external = tls.mode.value === 'external';
  const trusted = external ? trustedProxies.map((one) => one.value) : [];
  return templates('apache/common', {
    trusted,
    believed: `(${trusted.map((one) => `%{CONN_REMOTE_ADDR} -ipmatch '${one}'`).join(' || ')}) && %{HTTP:X-Forwarded-Proto} == 'https'`,
    base: plan.name,
    encodedSlashes: plan.app.protocol === 'uwsgi' ? 'On' : 'NoDecode',
    timeout: String(timeouts.read.value),
    maxBody: String(bytes(uploads.maxBody.value)),
    unset: untrusted,
    headers: ['X-Forwarded-Proto', 'X-URL-SCHEME'].flatMap((name) =>
      external
        ? [`${name} https env=${plan.name}_https`, `${name} http env=!${plan.name}_https`]
        : [`${name} expr=%{REQUEST_SCHEME}`],
    ),
  }).trimEnd();
}

// Apache passes names with "_" on, and Python's servers take them for those with "-".
const untrusted = [
  ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Server', 'X-URL-SCHEME'],
  ...['X_FORWARDED_FOR', 'X_FORWARDED_HOST', 'X_FORWARDED_PROTO', 'X_URL_SCHEME'],
  ...['Remote-User', 'REMOTE_USER', 'GX-Secret', 'GX_SECRET', 'SCRIPT_NAME'],
];

/** `10g` in bytes. */
function bytes(size: string): number {
  const power = { k: 10, m: 20, g: 30 }[size.at(-1)?.toLowerCase() ?? ''] ?? 0;
  return Number.parseInt(size, 10) * 2 ** power;
}
