// Galaxy's reports, which have no login of their own: Galaxy is asked who is an administrator.

import type { ProxyPlan } from '../../model/proxy/plan.ts';
import type { Route } from '../../model/proxy/routes.ts';
import { clearedHeaders, headerRoom, type NginxContext, put, seconds } from './context.ts';
import * as grammar from './escape.ts';

// Only an administrator may see it.
const question = '/api/configuration/dynamic_tool_confs';

export function reportsLocation(
  route: Route & { kind: 'reports' },
  context: NginxContext,
): string | undefined {
  const { plan, templates, carry, host, scheme, headers } = context;
  const { reports, timeouts } = plan.settings;
  const access = reportsAccess(plan);
  const path = carry(grammar.locationPath(route.path), 'the prefix of the reports', plan.instance.name);
  const asked = carry(grammar.urlPath(`${plan.prefix.value}${question}`), 'the prefix', plan.prefix);
  const passwordFile =
    access === 'password' && reports.passwordFile
      ? put(context, reports.passwordFile, (one) => grammar.evaluated(one, context.dollar), 'a password file')
      : '';
  if (path === undefined || asked === undefined || passwordFile === undefined) return undefined;
  return templates('nginx/location-reports', {
    check: access === 'ask' ? `/_${plan.name}_is_admin` : '',
    galaxy: plan.app.name,
    question: asked,
    path,
    passwordFile,
    local: access === 'local',
    upstream: route.upstream.name,
    host,
    scheme,
    relative: context.relative,
    ...headerRoom(context),
    headers,
    cleared: clearedHeaders(context),
    timeout: seconds(timeouts.read),
  });
}

/**
 * Who may see the reports. Over uWSGI's protocol Galaxy cannot be asked, and without a file there is no password: then
 * nobody but this machine.
 */
export function reportsAccess({ app, settings }: ProxyPlan): 'ask' | 'password' | 'everybody' | 'local' {
  const { auth, passwordFile } = settings.reports;
  if (auth?.value === 'none') return 'everybody';
  if (auth?.value === 'basic') return passwordFile ? 'password' : 'local';
  return app.protocol === 'http' ? 'ask' : 'local';
}
