// The layout `site`: every server block of the site, with its TLS.

import type { Located } from '../../model/located.ts';
import { isOn } from '../../model/options.ts';
import { type PublicSite, publicSite, toolsDomain } from '../../model/proxy/public.ts';
import type { OutputFile } from '../backend.ts';
import { isComplete } from '../carry.ts';
import type { Front } from '../front.ts';
import { hostName } from '../host-name.ts';
import { indented, spaced } from '../layout-text.ts';
import { archiveTypes, packedTypes } from '../packed-types.ts';
import { isAtLeast } from '../versions.ts';
import { makeContext, type NginxContext, put } from './context.ts';
import * as grammar from './escape.ts';
import { httpPart } from './http.ts';
import { assumedVersion, isOutdated, listens } from './listen.ts';
import { serverPart, toolsPart } from './server.ts';
import { profile, tlsLines } from './tls.ts';

export function site(input: Front): OutputFile[] {
  const { plan, templates, file, comment } = input;
  const { settings } = plan;
  const own = publicSite(settings);
  if (!own) return [];
  const context = makeContext(input, own);
  const galaxy = galaxyServer(own, context);
  const redirects = redirectServers(own, context);
  const tools = toolsServers(own, context);
  if (galaxy === undefined || redirects === undefined || tools === undefined) return [];
  const catchAll = settings.listen.catchAll.value;
  const servers = [...(catchAll ? [catchAllServer(own, context) ?? ''] : []), ...redirects, galaxy, ...tools];
  const written = spaced(servers);
  const http = httpPart(
    context,
    written,
    settings.serverNames.map((one) => one.value),
  );
  if (http === undefined) return [];
  const extra = settings.extraHttp.map((one) => one.value.trimEnd());
  const text = templates('nginx/site-file', {
    comment,
    catchAll,
    outdated: isOutdated(own, settings),
    http,
    servers: written,
    extra,
  });
  return [{ path: `${file}-site.conf`, text, mode: 0o644 }];
}

function catchAllServer(own: PublicSite, context: NginxContext): string | undefined {
  const { settings, name } = context.plan;
  // Before 1.19.4 a server with TLS needs a certificate, even to refuse.
  const reject = isAtLeast(settings.version?.value ?? assumedVersion, '1.19.4');
  const tls = reject ? profile(settings.tls, name, context.templates) : tlsLines(settings.tls, context);
  if (tls === undefined) return undefined;
  return context.templates('nginx/server-catch-all', {
    listens: [...listens(own.plain, false, true, settings), ...listens(own.tls, true, true, settings)],
    reject: own.tls !== 0 && reject,
    tls: own.tls === 0 ? '' : indented(tls),
  });
}

/** The port without TLS, and the names that are not the first. */
function redirectServers(own: PublicSite, context: NginxContext): string[] | undefined {
  const { plan, templates, carry, origin, hsts } = context;
  const { settings } = plan;
  const names = own.aliases.map((one) => carry(hostName(one.value), 'a name', one));
  const main = put(context, own.name, hostName, 'a name');
  const webroot = acmeWebroot(context);
  const tls = own.tls === 0 ? '' : tlsLines(settings.tls, context);
  if (names.includes(undefined) || main === undefined || webroot === undefined || tls === undefined)
    return undefined;
  const server = (ports: string[], wanted: readonly string[], certificate: string) =>
    templates('nginx/server-redirect', {
      listens: ports,
      names: wanted.join(' '),
      tls: indented(certificate),
      hsts: certificate === '' ? '' : hsts,
      webroot: certificate === '' ? webroot : '',
      target: origin,
    });
  const aliases = names as string[];
  const plain = listens(own.plain, false, false, settings);
  const encrypted = listens(own.tls, true, false, settings);
  const servers: string[] = [];
  if (own.redirect) servers.push(server(plain, [main, ...aliases], ''));
  if (aliases.length === 0) return servers;
  if (!own.redirect && plain.length > 0) servers.push(server(plain, aliases, ''));
  if (encrypted.length > 0) servers.push(server(encrypted, aliases, tls));
  return servers;
}

function galaxyServer(own: PublicSite, context: NginxContext): string | undefined {
  const { plan, templates, hsts, dollar } = context;
  const { settings, name } = plan;
  const { errorPage } = settings;
  const server = serverPart(context);
  const texts = {
    name: put(context, own.name, hostName, 'a name'),
    tls: own.tls === 0 ? '' : tlsLines(settings.tls, context),
    ...logs(context),
    webroot: own.redirect ? '' : acmeWebroot(context),
    errorPage: errorPage ? put(context, errorPage, (one) => grammar.evaluated(one, dollar), 'a file') : '',
    server,
  };
  if (!isComplete(texts)) return undefined;
  return templates('nginx/server-galaxy', {
    ...texts,
    base: name,
    tls: indented(texts.tls),
    server: indented(texts.server),
    listens: mainListens(own, context),
    hsts,
    gzipTypes: [...packedTypes, ...(isOn(plan.instance, 'upstream_gzip') ? archiveTypes : [])].join(' '),
    nothing: plan.prefix.value !== '',
    extra: settings.extra.map((one) => one.value.trimEnd()),
  });
}

/** The names of interactive tools, and those without TLS on the way to them. */
function toolsServers(own: PublicSite, context: NginxContext): string[] | undefined {
  const { plan, templates, carry, hsts } = context;
  const { tools, settings, instance } = plan;
  if (!tools) return [];
  const domain = toolsDomain(instance, settings, own.name);
  const { certificate, certificateKey } = settings.interactiveTools;
  const files =
    certificate && certificateKey ? { ...settings.tls, certificate, certificateKey } : settings.tls;
  const texts = {
    domain: carry(hostName(domain.value), 'the domain of interactive tools', domain),
    tls: own.tls === 0 ? '' : tlsLines(files, context),
    ...logs(context),
  };
  if (!isComplete(texts)) return undefined;
  const server = templates('nginx/server-tools', {
    ...texts,
    tls: indented(texts.tls),
    hsts,
    listens: mainListens(own, context),
    server: indented(toolsPart(tools, context)),
  });
  if (!own.redirect) return [server];
  const redirect = templates('nginx/server-redirect', {
    listens: listens(own.plain, false, false, settings),
    names: `*.${texts.domain}`,
    tls: '',
    hsts: '',
    webroot: '',
    target: `https://$host${own.port}`,
  });
  return [redirect, server];
}

function mainListens(own: PublicSite, { plan }: NginxContext): string[] {
  const plain = own.redirect ? 0 : own.plain;
  return [...listens(plain, false, false, plan.settings), ...listens(own.tls, true, false, plan.settings)];
}

function logs(context: NginxContext): { accessLog: string | undefined; errorLog: string | undefined } {
  const { accessLog, errorLog } = context.plan.settings;
  const off = accessLog?.value === 'off';
  const path = (one: Located<string>, form: typeof grammar.word) => put(context, one, form, 'a log');
  return {
    accessLog: off ? 'off' : accessLog ? path(accessLog, grammar.fixedPath) : '',
    errorLog: errorLog ? path(errorLog, grammar.word) : '',
  };
}

function acmeWebroot(context: NginxContext): string | undefined {
  const { acmeWebroot: webroot } = context.plan.settings.tls;
  return webroot ? put(context, webroot, (one) => grammar.evaluated(one, context.dollar), 'a directory') : '';
}
