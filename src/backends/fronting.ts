// What both proxies check before they write: that Galaxy hands its downloads to this one, and that a site is complete.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Instance } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';
import { switchedOn, textOption } from '../model/options.ts';
import type { ProxyPlan } from '../model/proxy/plan.ts';
import type { ProxySettings } from '../model/proxy/settings.ts';
import { fileOfInstance } from './names.ts';

/** Reports downloads that Galaxy hands to the other server alone. */
export function checkDownloads(instance: Instance, server: 'nginx' | 'Apache', report: Report): void {
  const toNginx = textOption(instance, 'nginx_x_accel_redirect_base');
  const toApache = switchedOn(instance, 'apache_xsendfile');
  const [own, other] = server === 'nginx' ? [toNginx, toApache] : [toApache, toNginx];
  if (own || !other) return;
  report(
    problem(
      'GX745',
      `downloads are handed to ${server === 'nginx' ? 'Apache' : 'nginx'}, and this is for ${server}`,
      spanOf(other) ?? fileOfInstance(instance),
      {
        help:
          server === 'nginx'
            ? 'write nginx_x_accel_redirect_base: /_x_accel_redirect instead of apache_xsendfile'
            : 'write apache_xsendfile: true instead of nginx_x_accel_redirect_base',
      },
    ),
  );
}

/** Reports what a whole site lacks; true when it lacks nothing. */
export function isCompleteSite(settings: ProxySettings, instance: Instance, report: Report): boolean {
  const { serverNames, tls, place } = settings;
  const where = place ?? fileOfInstance(instance);
  const lack = (what: string, help: string) => {
    report(problem('GX744', `a site needs ${what}`, where, { help }));
    return false;
  };
  let complete = true;
  if (serverNames.length === 0)
    complete = lack(
      'the name that people type, and "server_name" is not set',
      'write server_name: galaxy.example.org under "proxy" in gxgen.yml, or use the layout "blocks"',
    );
  const missing = [
    ...(tls.certificate ? [] : ['"certificate"']),
    ...(tls.certificateKey ? [] : ['"certificate_key"']),
  ];
  if (tls.mode.value === 'terminate' && missing.length > 0)
    complete = lack(
      `a certificate and its key, and ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set`,
      'write the paths of both files under "tls" in "proxy" of gxgen.yml; for a site without TLS, write mode: off there',
    );
  return complete;
}

/** Says that only the machine itself sees the reports, because the server has no way to ask who somebody is. */
export function reportLocalReports({ settings, instance }: ProxyPlan, server: string, report: Report): void {
  const { auth } = settings.reports;
  report(
    problem(
      'GX746',
      `with ${server}, only this machine sees the reports`,
      spanOf(auth) ?? settings.place ?? instance.place,
      {
        why: `they have no login, and ${server} cannot ask Galaxy who is an administrator`,
        help: 'write auth: basic and a password_file under "reports" in "proxy" of gxgen.yml',
      },
    ),
  );
}
