// The back end nginx: files to include in a server that exists, or a whole site.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Deployment, Instance } from '../../model/deployment.ts';
import { planProxy } from '../../model/proxy/plan.ts';
import { proxySettings } from '../../schema/proxy-settings.ts';
import type { Templates } from '../../schema/templates.ts';
import type { Backend, OutputFile } from '../backend.ts';
import { carrier } from '../carry.ts';
import { comment } from '../comment.ts';
import { checkDownloads, isCompleteSite } from '../fronting.ts';
import { baseName, fileNamePart } from '../names.ts';
import { blocks } from './blocks.ts';
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
  checkDownloads(instance, 'nginx', report);
  const carry = carrier('nginx', report, {
    code: 'GX743',
    why: 'nginx would use another value than the one written, or would not start',
  });
  const file = fileNamePart(baseName(deployment, instance));
  return (whole ? site : blocks)({ plan, templates, carry, file, comment: comment('#', instance) });
}
