// The back end Apache: files to include in a virtual host that exists, or a whole site.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { spanOf } from '../../model/located.ts';
import type { ProxyPlan } from '../../model/proxy/plan.ts';
import type { Backend, OutputFile } from '../backend.ts';
import { renderFronts } from '../front.ts';
import { reportLocalReports } from '../fronting.ts';
import { blocks } from './blocks.ts';
import { knowsUpgrade } from './context.ts';
import { site } from './site.ts';

export const apache: Backend = {
  name: 'apache',
  summary: 'what Apache needs to stand in front of Galaxy',
  layouts: [
    { name: 'blocks', summary: 'balancers for the server, and routes for a virtual host you have' },
    { name: 'site', summary: 'whole virtual hosts with TLS, from `proxy` in gxgen.yml' },
  ],
  render(deployment, options, templates, report) {
    const whole = options.layout === 'site';
    const form = { server: 'Apache', whole, draw: whole ? site : blocks, check } as const;
    const files = renderFronts(deployment, form, templates, report);
    for (const one of files) reportModules(one, report);
    return files;
  },
};

function check(plan: ProxyPlan, report: Report): void {
  const { routes, settings, tools } = plan;
  const { auth, passwordFile } = settings.reports;
  const open = auth?.value === 'none' || (auth?.value === 'basic' && passwordFile !== undefined);
  if (routes.some((one) => one.kind === 'reports') && !open) reportLocalReports(plan, 'Apache', report);
  if (tools && !knowsUpgrade(settings))
    report(
      problem('GX750', 'Apache before 2.4.47 does not pass websockets on', spanOf(settings.version), {
        why: 'most interactive tools need them',
        help: 'use Apache 2.4.47 or later, or nginx',
      }),
    );
}

// Not all of them are missed by a test of the configuration; without them the server does not start.
function reportModules({ path, text }: OutputFile, report: Report): void {
  const modules = /^# a2enmod (.*)$/m.exec(text)?.[1];
  if (modules === undefined) return;
  report(
    problem('GX753', `${path} needs modules of Apache`, undefined, {
      help: `a2enmod ${modules}`,
    }),
  );
}
