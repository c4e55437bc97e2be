// A web server in front of Galaxy, whichever it is: one plan for each instance, drawn in a layout.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Deployment, Instance } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';
import { type ProxyPlan, planProxy } from '../model/proxy/plan.ts';
import type { ProxySettings } from '../model/proxy/settings.ts';
import { proxySettings } from '../schema/proxy-settings.ts';
import type { Templates } from '../schema/templates.ts';
import type { OutputFile } from './backend.ts';
import { type Carry, carrier } from './carry.ts';
import { comment } from './comment.ts';
import { checkDownloads, isCompleteSite } from './fronting.ts';
import { reportIdleSettings } from './idle-settings.ts';
import { baseName, fileNamePart, fileOfInstance } from './names.ts';
import { mask } from './secrets.ts';

/** What both layouts of both servers are made from. */
export interface Front {
  readonly plan: ProxyPlan;
  readonly templates: Templates;
  readonly carry: Carry;
  /** What file names begin with. */
  readonly file: string;
  /** The first line of every file. */
  readonly comment: string;
  /** What tells Galaxy that the proxy speaks; empty where nothing does. */
  readonly secret: string;
}

export interface FrontForm {
  readonly server: 'nginx' | 'Apache';
  /** True for a whole site, false for files to include. */
  readonly whole: boolean;
  readonly draw: (front: Front) => OutputFile[];
  /** What is to be said about a plan, for this server only. */
  readonly check?: (plan: ProxyPlan, report: Report) => void;
}

/** The files of every instance. */
export function renderFronts(
  deployment: Deployment,
  form: FrontForm,
  templates: Templates,
  report: Report,
): OutputFile[] {
  if (reportClash(deployment, form.whole, report)) return [];
  return deployment.instances.flatMap((one) => renderFront(deployment, one, form, templates, report));
}

function renderFront(
  deployment: Deployment,
  instance: Instance,
  { server, whole, draw, check }: FrontForm,
  templates: Templates,
  report: Report,
): OutputFile[] {
  const settings = settingsFor(server, proxySettings(instance), report);
  if (whole && !isCompleteSite(settings, instance, report)) return [];
  const plan = planProxy(server, deployment, instance, settings, report);
  if (!plan) return [];
  checkDownloads(instance, settings, server, report);
  check?.(plan, report);
  reportIdleSettings(settings, server, whole, report);
  const front: Front = {
    plan,
    templates,
    carry: carrier(server, report, {
      code: 'GX743',
      why: `${server} would use another value than the one written, or would not start`,
    }),
    file: fileNamePart(baseName(deployment, instance)),
    comment: comment('#', instance),
    secret: plan.remoteUser.secret?.value ?? '',
  };
  const files = draw(front);
  if (front.secret === '') return files;
  const masked = draw({ ...front, secret: mask });
  return files.map((one, index) => {
    const shown = masked[index]?.text;
    return shown === undefined || shown === one.text ? one : { ...one, masked: shown, mode: 0o600 };
  });
}

// The version is that of the server which gxgen.yml names.
function settingsFor(server: FrontForm['server'], settings: ProxySettings, report: Report): ProxySettings {
  const { version, kind, ...others } = settings;
  if (!version || !kind || kind.value === server.toLowerCase()) return settings;
  report(
    problem('GX750', `"version" is that of ${kind.value}, and this is for ${server}`, spanOf(version), {
      help: 'change "kind", or remove "version"',
    }),
  );
  return { ...others, kind };
}

// gxgen.yml describes one site.
function reportClash({ instances }: Deployment, whole: boolean, report: Report): boolean {
  const [first, second] = instances;
  if (!first || !second) return false;
  const { serverNames, upstream, place } = proxySettings(first);
  if (!whole && !upstream.name) return false;
  const where = spanOf(whole ? serverNames[0] : upstream.name) ?? place ?? fileOfInstance(second);
  const what = whole ? 'be the same site' : 'have upstreams of the same name';
  const names = instances.map((one) => `"${one.name.value}"`).join(' and ');
  report(
    problem('GX752', `the instances ${names} would ${what}`, where, {
      help: 'write one of them with --instance, or use the layout "blocks" without a name under "upstream"',
    }),
  );
  return true;
}
