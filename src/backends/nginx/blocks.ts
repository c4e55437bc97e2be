// The layout `blocks`: what a server that exists includes.

import type { ProxyPlan } from '../../model/proxy/plan.ts';
import type { Templates } from '../../schema/templates.ts';
import type { OutputFile } from '../backend.ts';
import type { Carry } from '../carry.ts';
import { spaced } from '../layout-text.ts';
import type { NginxContext } from './context.ts';
import { httpPart } from './http.ts';
import { locations, tools } from './locations.ts';

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
  const { name, settings } = plan;
  const external = settings.tls.mode.value === 'external';
  const context: NginxContext = {
    plan,
    templates,
    carry,
    host: external ? '$host' : `$host$${name}_port`,
    scheme: external ? `$${name}_scheme` : '$scheme',
    origin: external ? `$${name}_scheme://$host` : `$scheme://$host$${name}_port`,
    hsts: '',
    dollar: `${name}_dollar`,
    headers: [
      { name: 'Remote-User', param: 'HTTP_REMOTE_USER', value: '""' },
      { name: 'GX-Secret', param: 'HTTP_GX_SECRET', value: '""' },
    ],
  };
  const routes = locations(context);
  if (routes === undefined) return [];
  const server = templates('nginx/locations-file', {
    comment,
    trusted: external ? settings.trustedProxies.map((one) => one.value) : [],
    keepSlashes: plan.app.protocol === 'uwsgi',
    locations: routes,
  });
  const domain = plan.tools ? tools('/', plan.tools.name, context) : '';
  const http = httpPart(context, `${server}${domain}`);
  if (http === undefined) return [];
  const files = [
    { path: `${file}-upstream.conf`, text: templates('nginx/upstream-file', { comment, http }), mode: 0o644 },
    { path: `${file}-locations.conf`, text: server, mode: 0o644 },
  ];
  if (domain === '') return files;
  const text = templates('nginx/tools-file', { comment, locations: spaced([domain]) });
  return [...files, { path: `${file}-interactivetools.conf`, text, mode: 0o644 }];
}
