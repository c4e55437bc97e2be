// The routes as locations of nginx. Its regular expressions are tried in the order of the file, all others by length.

import type { Match, Purpose, Route } from '../../model/proxy/routes.ts';
import { complete, isComplete } from '../carry.ts';
import type { Escaped } from '../kernel.ts';
import { indented, spaced } from '../layout-text.ts';
import { clearedHeaders, headerRoom, type NginxContext, put, seconds } from './context.ts';
import * as grammar from './escape.ts';
import { forward } from './forward.ts';
import { reportsLocation } from './reports.ts';

/** Every route; undefined when a value was refused. */
export function locations(context: NginxContext): string | undefined {
  const texts = complete(context.plan.routes.map((one) => location(one, context)));
  return texts && spaced(texts);
}

function location(route: Route, context: NginxContext): string | undefined {
  switch (route.kind) {
    case 'redirect':
      return redirect(route.from, route.to, context);
    case 'file':
      return fill('nginx/location-file', context, {
        path: path(route.path, context),
        file: put(context, route.file, (file) => grammar.evaluated(file, context.dollar), 'a file'),
        expires: seconds(context.plan.settings.static.expires),
      });
    case 'folder':
      return fill('nginx/location-folder', context, {
        path: path(route.path, context),
        folder: put(
          context,
          route.folder,
          (one) => grammar.evaluated(slashed(one), context.dollar),
          'a directory',
        ),
        relative: context.relative,
        expires: seconds(context.plan.settings.static.expires),
      });
    case 'plugins':
      return plugins(route, context);
    case 'internal':
      return internal(route, context);
    case 'tus':
      return tus(route, context);
    case 'tools':
      return tools(`^~ ${path(route.path, context)}`, route.upstream.name, context);
    case 'reports':
      return reportsLocation(route, context);
    case 'upload-module':
      return upload(route, context);
    case 'app':
      return app(route, context);
  }
}

/** What gx-it-proxy answers, at a path or for all of a server. */
export function tools(match: string, upstream: string, context: NginxContext): string {
  const { plan, templates, host, scheme } = context;
  return templates('nginx/location-tools', {
    match,
    upstream,
    host,
    scheme,
    relative: context.relative,
    ...headerRoom(context),
    connection: `$${plan.name}_connection`,
    cleared: clearedHeaders(context),
    timeout: seconds(plan.settings.timeouts.stream),
  });
}

function redirect(from: string, to: string, context: NginxContext): string | undefined {
  const { carry, origin, plan } = context;
  const target = carry(grammar.urlPath(to), 'the prefix', plan.prefix);
  return fill('nginx/location-redirect', context, {
    from: path(from, context),
    to: target === undefined ? undefined : `${origin}${target}$is_args$args`,
  });
}

function plugins(route: Route & { kind: 'plugins' }, context: NginxContext): string | undefined {
  const { name } = context.plan;
  const part = '[^/.][^/]*';
  const family = `(?<${name}_plugin>(?<${name}_family>[^/._]+)[^/]*)`;
  const file = `(?<${name}_file>(?:${part}/)*${part})`;
  const pattern = `^${grammar.quoteExpression(route.path)}(?<${name}_type>${part})/${family}/static/${file}$`;
  return fill('nginx/location-plugins', context, {
    name,
    pattern: context.carry(grammar.expression(pattern), 'the prefix', context.plan.prefix),
    folder: put(context, route.folder, (one) => grammar.evaluated(one, context.dollar), 'a directory'),
    expires: seconds(context.plan.settings.static.expires),
  });
}

function internal(route: Route & { kind: 'internal' }, context: NginxContext): string | undefined {
  const base = route.base.value;
  const { dollar, hsts, templates } = context;
  const everything = base !== '' && route.roots.some((one) => one.value === '/');
  const roots = (everything ? [] : route.roots).map((root) => ({
    path: put(context, root, (one) => grammar.locationPath(slashed(`${base}${one}`)), 'a data directory'),
    folder: put(context, root, (one) => grammar.evaluated(slashed(one), dollar), 'a data directory'),
  }));
  const own = put(
    context,
    route.base,
    (one) => grammar.locationPath(slashed(one)),
    'the name of the location',
  );
  if (own === undefined || !roots.every(isComplete)) return undefined;
  if (base === '') return templates('nginx/location-zip', { roots });
  return templates('nginx/location-internal', { base: own, everything, nothing: !everything, roots, hsts });
}

function tus(route: Route & { kind: 'tus' }, context: NginxContext): string | undefined {
  const { plan, host, scheme } = context;
  const rewritten = route.target !== '';
  const at = path(route.path, context);
  if (at === undefined) return undefined;
  return context.templates('nginx/location-tus', {
    path: at,
    cleared: clearedHeaders(context),
    upstream: route.upstream.name,
    target: route.target,
    host: rewritten ? '$proxy_host' : host,
    forwardedHost: rewritten ? '""' : host,
    scheme: rewritten ? '""' : scheme,
    rewritten,
    relative: context.relative,
    timeout: seconds(plan.settings.timeouts.stream),
  });
}

function app({ match, purpose }: Route & { kind: 'app' }, context: NginxContext): string | undefined {
  const { timeouts } = context.plan.settings;
  const timeout = {
    main: timeouts.read,
    api: timeouts.read,
    events: timeouts.stream,
    archive: timeouts.download,
    'job-files': timeouts.download,
  }[purpose];
  const text = forward(context, {
    timeout,
    unbuffered: purpose === 'events' || purpose === 'archive',
    streamed: purpose === 'job-files',
    unlimited: purpose === 'job-files',
  });
  return fill('nginx/location-app', context, {
    match: context.carry(matched(match), 'the prefix', context.plan.prefix),
    forward: indented(text).trimEnd(),
    zone: limitZone(purpose, context),
  });
}

// Uploads and files of jobs come in many pieces and events in one that never ends: only pages and programs are limited.
function limitZone(purpose: Purpose, { plan }: NginxContext): string {
  if (plan.settings.rateLimit.value === 'off') return '';
  return purpose === 'api' ? `${plan.name}_api` : purpose === 'main' ? `${plan.name}_site` : '';
}

function upload(route: Route & { kind: 'upload-module' }, context: NginxContext): string | undefined {
  const done = context.carry(grammar.urlPath(route.done), 'the prefix', context.plan.prefix);
  return fill('nginx/location-upload', context, {
    path: path(route.path, context),
    store: put(context, route.store, grammar.fixedPath, 'a directory'),
    next: path(`${route.path}_done`, context),
    done,
    people: !route.jobs,
    jobs: route.jobs,
  });
}

function matched(match: Match): Escaped {
  if (match.kind === 'around') {
    const { before, after, open } = match;
    const pattern = `^${grammar.quoteExpression(before)}[^/]+${grammar.quoteExpression(after)}${open ? '(?:/|$)' : '$'}`;
    return prefixed('~ ', grammar.expression(pattern));
  }
  return prefixed(match.kind === 'exact' ? '= ' : '', grammar.locationPath(match.path));
}

function prefixed(sign: string, escaped: Escaped): Escaped {
  return 'text' in escaped ? { text: `${sign}${escaped.text}` } : escaped;
}

function path(text: string, { carry, plan }: NginxContext): string | undefined {
  return carry(grammar.locationPath(text), `the path ${text.replace(plan.prefix.value, '')}`, plan.prefix);
}

function slashed(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

function fill(
  template: string,
  { templates }: NginxContext,
  data: Record<string, string | boolean | undefined>,
): string | undefined {
  return Object.values(data).includes(undefined) ? undefined : templates(template, data);
}
