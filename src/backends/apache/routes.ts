// The routes as directives of a virtual host. The first ProxyPass that matches wins, so the order of the plan stays.

import { map } from '../../model/located.ts';
import { basename, dirname } from '../../model/paths.ts';
import type { Route } from '../../model/proxy/routes.ts';
import { complete } from '../carry.ts';
import { spaced } from '../layout-text.ts';
import { type ApacheContext, isBalanced, origin, path, patience, put, targetOf } from './context.ts';
import * as grammar from './escape.ts';
import { guarded } from './headers.ts';
import { reportsRoute } from './reports.ts';

/** Every route; undefined when a value was refused. */
export function routes(context: ApacheContext): string | undefined {
  const texts = complete(context.plan.routes.map((one) => route(one, context)));
  return texts && spaced(texts);
}

function route(one: Route, context: ApacheContext): string | undefined {
  switch (one.kind) {
    case 'redirect':
      return redirect(one.from, one.to, context);
    case 'file':
      return file(one, context);
    case 'folder':
      return folder(one, context);
    case 'plugins':
      return plugins(one, context);
    case 'internal':
      return internal(one, context);
    case 'tus':
      return tus(one, context);
    case 'tools':
      return tools(one.path, one.upstream, context);
    case 'reports':
      return reportsRoute(one, context);
    case 'upload-module':
      return '';
    case 'app':
      return app(one, context);
  }
}

/** What gx-it-proxy answers, at a path or for all of a virtual host. */
export function tools(
  at: string,
  upstream: (Route & { kind: 'tools' })['upstream'],
  context: ApacheContext,
): string | undefined {
  const target = targetOf(upstream, context);
  const own = path(at, context);
  if (target === undefined || own === undefined) return undefined;
  const guard = guarded(context);
  return context.templates('apache/route-tools', {
    path: own,
    target: quoted(`${target}${at}`),
    ...guard,
    // A virtual host of its own tells its program nothing, and sends no files.
    guarded: at !== '/' && (guard.sendfile || guard.secrets.length > 0),
    // Apache takes these from the members of a balancer, and refuses them beside its name.
    worker: isBalanced(upstream, context) ? '' : `${context.websocket} disablereuse=on${patience(context)}`,
  });
}

function redirect(from: string, to: string, context: ApacheContext): string | undefined {
  if (path(to, context) === undefined) return undefined;
  return fill('apache/route-redirect', context, {
    from: context.carry(
      grammar.expression(`^${grammar.quoteExpression(from)}$`),
      'the prefix',
      context.plan.prefix,
    ),
    to: quoted(`${context.origin}${to}`),
  });
}

function file(one: Route & { kind: 'file' }, context: ApacheContext): string | undefined {
  const section = grammar.directory(dirname(one.file.value));
  const name = map(one.file, basename);
  return fill('apache/route-file', context, {
    path: path(one.path, context),
    file: put(context, one.file, grammar.argument, 'a file'),
    tag: section.tag,
    folder: put(context, one.file, () => section.path, 'a file'),
    name: put(context, name, grammar.fileName, 'a file'),
  });
}

function folder(one: Route & { kind: 'folder' }, context: ApacheContext): string | undefined {
  const section = grammar.directory(one.folder.value);
  const hidden = `^${grammar.quoteExpression(one.path)}(.*/)?\\.`;
  return fill('apache/route-folder', context, {
    hidden: context.carry(grammar.expression(hidden), 'the prefix', context.plan.prefix),
    path: path(one.path, context),
    folder: put(context, one.folder, (value) => grammar.argument(slashed(value)), 'a directory'),
    tag: section.tag,
    place: put(context, one.folder, () => section.path, 'a directory'),
    expires: String(context.plan.settings.static.expires.value),
  });
}

function plugins(one: Route & { kind: 'plugins' }, context: ApacheContext): string | undefined {
  const part = '[^/.][^/]*';
  const rest = `((?:${part}/)*${part})`;
  // Checked as a path: then it holds no quote.
  if (path(one.path, context) === undefined) return undefined;
  const start = `^${grammar.quoteExpression(one.path)}(${part})`;
  const place = `^${grammar.quoteExpression(one.folder.value)}/[^/]+/([^/]+/)?[^/]+/static(/|$)`;
  return fill('apache/route-plugins', context, {
    folder: put(context, one.folder, grammar.rewritten, 'a directory'),
    single: `${start}/(${part})/static/${rest}$`,
    family: `${start}/(([^/._]+)[^/]*)/static/${rest}$`,
    place: put(context, one.folder, () => grammar.expression(place), 'a directory'),
    expires: String(context.plan.settings.static.expires.value),
  });
}

function internal(one: Route & { kind: 'internal' }, context: ApacheContext): string | undefined {
  const roots = complete(one.roots.map((root) => put(context, root, grammar.argument, 'a data directory')));
  return roots && context.templates('apache/route-internal', { roots });
}

function tus(one: Route & { kind: 'tus' }, context: ApacheContext): string | undefined {
  const { upstream } = one;
  const rewritten = one.target !== '';
  const base = targetOf(upstream, context);
  const origins = complete(upstream.members.map((member) => origin(upstream, member, context)));
  const at = path(one.path, context);
  if (base === undefined || origins === undefined || at === undefined) return undefined;
  return context.templates('apache/route-tus', {
    path: at,
    ...guarded(context),
    rewritten,
    target: quoted(`${base}${rewritten ? one.target : one.path}`),
    reversed: rewritten ? origins.map((member) => quoted(`${member}${one.target}`)) : [],
  });
}

// Apache passes everything on as it comes, so only the size of requests differs.
function app({ match, purpose }: Route & { kind: 'app' }, context: ApacheContext): string | undefined {
  const { app: galaxy, prefix } = context.plan;
  if (purpose === 'job-files' && match.kind === 'around') {
    const { before, after } = match;
    const pattern = `^${grammar.quoteExpression(before)}[^/]+${grammar.quoteExpression(after)}(/|$)`;
    return fill('apache/route-jobs', context, {
      pattern: context.carry(grammar.expression(pattern), 'the prefix', prefix),
    });
  }
  if (match.kind !== 'under') return '';
  return fill('apache/route-main', context, {
    path: context.carry(grammar.balancedPath(match.path), 'the prefix', prefix),
    target: quoted(`balancer://${galaxy.name}${match.path}`),
    canon: galaxy.protocol === 'uwsgi' ? '' : ' nocanon',
  });
}

// Only for what is made of checked parts.
function quoted(text: string): string {
  return `"${text}"`;
}

function slashed(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

function fill(
  template: string,
  { templates }: ApacheContext,
  data: Record<string, string | undefined>,
): string | undefined {
  return Object.values(data).includes(undefined) ? undefined : templates(template, data);
}
