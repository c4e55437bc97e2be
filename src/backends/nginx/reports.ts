// Galaxy's reports, which have no login of their own: Galaxy is asked who is an administrator.

import type { Route } from '../../model/proxy/routes.ts';
import { clearedHeaders, type NginxContext, put, seconds } from './context.ts';
import * as grammar from './escape.ts';

// Only an administrator may see it.
const question = '/api/configuration/dynamic_tool_confs';

export function reportsLocation(
  route: Route & { kind: 'reports' },
  context: NginxContext,
): string | undefined {
  const { plan, templates, carry, host, scheme, headers } = context;
  const { reports, timeouts } = plan.settings;
  const auth = reports.auth?.value ?? 'galaxy';
  const path = carry(grammar.word(route.path), 'the prefix of the reports', plan.instance.name);
  const asked = carry(grammar.urlPath(`${plan.prefix.value}${question}`), 'the prefix', plan.prefix);
  const passwordFile =
    auth === 'basic' && reports.passwordFile
      ? put(context, reports.passwordFile, (one) => grammar.evaluated(one, context.dollar), 'a password file')
      : '';
  if (path === undefined || asked === undefined || passwordFile === undefined) return undefined;
  return templates('nginx/location-reports', {
    check: auth === 'galaxy' ? `/_${plan.name}_is_admin` : '',
    galaxy: plan.app.name,
    question: asked,
    path,
    passwordFile,
    upstream: route.upstream.name,
    host,
    scheme,
    headers,
    cleared: clearedHeaders(context),
    timeout: seconds(timeouts.read),
  });
}
