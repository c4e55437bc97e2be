// The back end nginx: files to include in a server that exists, or a whole site.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { ProxyPlan } from '../../model/proxy/plan.ts';
import type { Backend } from '../backend.ts';
import { renderFronts } from '../front.ts';
import { reportLocalReports } from '../fronting.ts';
import { blocks } from './blocks.ts';
import { reportsAccess } from './reports.ts';
import { site } from './site.ts';

export const nginx: Backend = {
  name: 'nginx',
  summary: 'what nginx needs to stand in front of Galaxy',
  layouts: [
    { name: 'blocks', summary: 'upstreams for its http block, and locations for a server you have' },
    { name: 'site', summary: 'a whole site with TLS, from `proxy` in gxgen.yml' },
  ],
  render(deployment, options, templates, report) {
    const whole = options.layout === 'site';
    const form = { server: 'nginx', whole, draw: whole ? site : blocks, check } as const;
    return renderFronts(deployment, form, templates, report);
  },
};

function check(plan: ProxyPlan, report: Report): void {
  if (plan.routes.some((one) => one.kind === 'reports') && reportsAccess(plan) === 'local')
    reportLocalReports(plan, plan.app.protocol === 'http' ? 'nginx' : 'nginx and uWSGI', report);
}
