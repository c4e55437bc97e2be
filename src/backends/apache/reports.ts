// Galaxy's reports, which have no login of their own. Apache has no way to ask Galaxy, so it is told who may see them.

import type { Route } from '../../model/proxy/routes.ts';
import { type ApacheContext, isBalanced, path, put, targetOf } from './context.ts';
import * as grammar from './escape.ts';
import { guarded } from './headers.ts';

export function reportsRoute(one: Route & { kind: 'reports' }, context: ApacheContext): string | undefined {
  const { plan, templates } = context;
  const { auth, passwordFile } = plan.settings.reports;
  const at = path(one.path, context);
  const target = targetOf(one.upstream, context);
  const bare = one.path.slice(0, -1);
  const basic = auth?.value === 'basic';
  const file = basic && passwordFile ? put(context, passwordFile, grammar.argument, 'a password file') : '';
  if (at === undefined || target === undefined || file === undefined) return undefined;
  return templates('apache/route-reports', {
    // A rewriting, because ProxyPass comes before redirections. Checked as a path: it holds no quote.
    from: `"^${grammar.quoteExpression(bare)}$"`,
    to: `"${context.origin}${one.path}"`,
    path: at,
    target: `"${target}/"`,
    worker: isBalanced(one.upstream, context) ? '' : ' disablereuse=on',
    ...guarded(context),
    passwordFile: file,
    local: auth?.value !== 'none' && file === '',
    open: auth?.value === 'none',
  });
}
