// The back end nginx: files to include in a server that exists, or a whole site.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { spanOf } from '../../model/located.ts';
import type { ProxyPlan } from '../../model/proxy/plan.ts';
import { isClaimed } from '../../model/proxy/remote-user.ts';
import type { ProxySettings } from '../../model/proxy/settings.ts';
import type { Backend } from '../backend.ts';
import { renderFronts } from '../front.ts';
import { reportLocalReports } from '../fronting.ts';
import { blocks } from './blocks.ts';
import { checkFiles } from './check.ts';
import { reportsAccess } from './reports.ts';
import { site } from './site.ts';

export const nginx: Backend = {
  name: 'nginx',
  summary: 'what nginx needs to stand in front of Galaxy',
  layouts: [
    { name: 'blocks', summary: 'upstreams for its http block, and locations for a server you have' },
    { name: 'site', summary: 'a whole site with TLS, from `proxy` in gxgen.yml' },
  ],
  reload: [
    ['nginx', '-t'],
    ['systemctl', 'reload', 'nginx'],
  ],
  render(deployment, options, templates, report) {
    const whole = options.layout === 'site';
    const form = { server: 'nginx', whole, draw: whole ? site : blocks, check: checkOf(whole) } as const;
    return renderFronts(deployment, form, templates, report);
  },
  check: checkFiles,
};

function checkOf(whole: boolean) {
  return (plan: ProxyPlan, report: Report): void => {
    if (plan.routes.some((one) => one.kind === 'reports') && reportsAccess(plan) === 'local')
      reportLocalReports(plan, plan.app.protocol === 'http' ? 'nginx' : 'nginx and uWSGI', report);
    // Files to include say it in their first lines: there the login is somebody else's.
    if (whole && isClaimed(plan.remoteUser) && !hasLogin(plan.settings)) report(unchecked(plan));
  };
}

function hasLogin({ extra, extraHttp }: ProxySettings): boolean {
  return [...extra, ...extraHttp].some(({ value }) => /^\s*auth_\w+\s+(?!off\s*;)/m.test(value));
}

function unchecked({ remoteUser: { variable } }: ProxyPlan) {
  return problem(
    'GX756',
    'nobody checks the name and password that "remote_user" comes from',
    spanOf(variable),
    {
      help: 'write the login under "extra" in "proxy" of gxgen.yml: auth_basic "Galaxy"; auth_basic_user_file /etc/nginx/galaxy.htpasswd;',
    },
  );
}
