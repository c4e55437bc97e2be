// The back end Apache: files to include in a virtual host that exists, or a whole site.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Deployment, Instance } from '../../model/deployment.ts';
import { spanOf } from '../../model/located.ts';
import { type ProxyPlan, planProxy } from '../../model/proxy/plan.ts';
import { proxySettings } from '../../schema/proxy-settings.ts';
import type { Templates } from '../../schema/templates.ts';
import type { Backend, OutputFile } from '../backend.ts';
import { carrier } from '../carry.ts';
import { comment } from '../comment.ts';
import { checkDownloads, isCompleteSite } from '../fronting.ts';
import { baseName, fileNamePart } from '../names.ts';
import { blocks } from './blocks.ts';
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
    return deployment.instances.flatMap((one) => renderInstance(deployment, one, whole, templates, report));
  },
};

function renderInstance(
  deployment: Deployment,
  instance: Instance,
  whole: boolean,
  templates: Templates,
  report: Report,
): OutputFile[] {
  const settings = proxySettings(instance);
  if (whole && !isCompleteSite(settings, instance, report)) return [];
  const plan = planProxy(deployment, instance, settings, report);
  if (!plan) return [];
  checkDownloads(instance, 'Apache', report);
  const carry = carrier('Apache', report, {
    code: 'GX743',
    why: 'Apache would use another value than the one written, or would not start',
  });
  reportOpenReports(plan, report);
  const file = fileNamePart(baseName(deployment, instance));
  return (whole ? site : blocks)({ plan, templates, carry, file, comment: comment('#', instance) });
}

function reportOpenReports({ routes, settings }: ProxyPlan, report: Report): void {
  const { auth } = settings.reports;
  if (!routes.some((one) => one.kind === 'reports') || (auth && auth.value !== 'galaxy')) return;
  report(
    problem('GX746', 'with Apache, only this machine sees the reports', spanOf(auth) ?? settings.place, {
      why: 'they have no login, and Apache cannot ask Galaxy who is an administrator',
      help: 'write auth: basic and a password_file under "reports" in "proxy" of gxgen.yml',
    }),
  );
}
