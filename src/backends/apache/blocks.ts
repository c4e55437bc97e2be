// The layout `blocks`: what a virtual host that exists includes.

import type { ProxyPlan } from '../../model/proxy/plan.ts';
import type { Templates } from '../../schema/templates.ts';
import type { OutputFile } from '../backend.ts';
import type { Carry } from '../carry.ts';
import { balancers } from './balancers.ts';
import type { ApacheContext } from './context.ts';
import { dollarName } from './escape.ts';
import { modulesOf } from './modules.ts';
import { routes, tools } from './routes.ts';

export interface SiteInput {
  readonly plan: ProxyPlan;
  readonly templates: Templates;
  readonly carry: Carry;
  /** What file names begin with. */
  readonly file: string;
  /** The first line of every file. */
  readonly comment: string;
}

export function blocks({ plan, templates, carry, file, comment }: SiteInput): OutputFile[] {
  const context: ApacheContext = {
    plan,
    templates,
    carry,
    scheme: 'expr=%{REQUEST_SCHEME}',
    origin: '',
    websocket: ' upgrade=websocket',
    headers: [],
  };
  const pools = balancers(context);
  const own = routes(context);
  const domain = plan.tools ? tools('/', plan.tools, context) : '';
  if (pools === undefined || own === undefined || domain === undefined) return [];
  const common = commonPart(context).trimEnd();
  const virtualHost = templates('apache/locations-file', { comment, common, routes: own });
  const others =
    domain === '' ? '' : templates('apache/tools-file', { comment, common, routes: domain.trimEnd() });
  const server = serverPart(context, pools, `${virtualHost}${others}`);
  const modules = modulesOf(`${server}${virtualHost}${others}`).join(' ');
  const upstream = templates('apache/server-file', { comment, modules, server: server.trimEnd() });
  return [
    { path: `${file}-upstream.conf`, text: upstream, mode: 0o644 },
    { path: `${file}-locations.conf`, text: virtualHost, mode: 0o644 },
    ...(others === '' ? [] : [{ path: `${file}-interactivetools.conf`, text: others, mode: 0o644 }]),
  ];
}

function serverPart({ plan, templates }: ApacheContext, pools: string, rest: string): string {
  return templates('apache/server', {
    dollar: `${pools}${rest}`.includes(`\${${dollarName}}`) ? dollarName : '',
    lossless: plan.app.members.length > 1,
    balancers: pools,
  });
}

function commonPart({ plan, templates, scheme, headers }: ApacheContext): string {
  const { timeouts, uploads } = plan.settings;
  return templates('apache/common', {
    encodedSlashes: plan.app.protocol === 'uwsgi' ? 'On' : 'NoDecode',
    timeout: String(timeouts.read.value),
    maxBody: String(bytes(uploads.maxBody.value)),
    scheme,
    unset: [
      ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Server', 'X-URL-SCHEME'],
      ...['Remote-User', 'REMOTE_USER', 'GX-Secret', 'GX_SECRET', 'SCRIPT_NAME'],
    ],
    headers,
  });
}

/** `10g` in bytes. */
function bytes(size: string): number {
  const power = { k: 10, m: 20, g: 30 }[size.at(-1)?.toLowerCase() ?? ''] ?? 0;
  return Number.parseInt(size, 10) * 2 ** power;
}
