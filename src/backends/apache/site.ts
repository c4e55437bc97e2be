// The layout `site`: every virtual host of the site, with its TLS.

import type { Located } from '../../model/located.ts';
import { isOn } from '../../model/options.ts';
import { basename, dirname } from '../../model/paths.ts';
import { type PublicSite, publicSite, toolsDomain } from '../../model/proxy/public.ts';
import type { OutputFile } from '../backend.ts';
import { complete, isComplete } from '../carry.ts';
import type { Front } from '../front.ts';
import { hostName } from '../host-name.ts';
import { indented, spaced } from '../layout-text.ts';
import { archiveTypes, packedTypes } from '../packed-types.ts';
import { acmeChallenges } from './challenges.ts';
import { type ApacheContext, makeContext, put } from './context.ts';
import * as grammar from './escape.ts';
import { modulesOf } from './modules.ts';
import { catchAllHosts, redirectHosts } from './other-hosts.ts';
import { galaxyPart, serverPart, toolsPart } from './server.ts';
import { tlsLines } from './tls.ts';

export function site(input: Front): OutputFile[] {
  const { plan, templates, file, comment } = input;
  const { settings } = plan;
  const own = publicSite(settings);
  if (!own) return [];
  const context = makeContext(input, own);
  const catchAll = settings.listen.catchAll.value;
  const others = [...(catchAll ? catchAllHosts(own, context) : []), ...redirectHosts(own, context)];
  const hosts = complete([...others, ...galaxyHosts(own, context), ...toolsHosts(own, context)]);
  if (!hosts) return [];
  const written = spaced(hosts);
  const server = serverPart(context, written);
  if (server === undefined) return [];
  const extra = settings.extraHttp.map((one) => one.value.trimEnd());
  const modules = modulesOf(`${server}${written}`).join(' ');
  const ports = [own.plain, own.tls].filter((one) => ![0, 80, 443].includes(one)).map(String);
  const data = { comment, modules, catchAll, ports, server, hosts: written, extra };
  return [{ path: `${file}-site.conf`, text: templates('apache/site-file', data), mode: 0o644 }];
}

/** The ports on which Galaxy answers. */
function ports(own: PublicSite): (readonly [port: number, tls: boolean])[] {
  const plain = own.redirect || own.plain === 0 ? [] : [[own.plain, false] as const];
  return [...plain, ...(own.tls === 0 ? [] : [[own.tls, true] as const])];
}

function galaxyHosts(own: PublicSite, context: ApacheContext): (string | undefined)[] {
  const { plan, templates, hsts } = context;
  const body = galaxyPart(context);
  const { errorPage } = plan.settings;
  const gzip = isOn(plan.instance, 'upstream_gzip');
  const section = grammar.directory(dirname(errorPage?.value ?? '/'));
  const acme = own.redirect ? { challenges: '' } : acmeChallenges(context);
  return ports(own).map(([port, tls]) => {
    const texts = {
      name: put(context, own.name, hostName, 'a name'),
      tls: tls ? tlsLines(plan.settings.tls, context) : '',
      ...logs(context),
      errorPage: errorPage ? put(context, errorPage, grammar.argument, 'a file') : '',
      errorFile: errorPage ? put(context, errorPage, (one) => grammar.fileName(basename(one)), 'a file') : '',
      errorFolder: errorPage ? put(context, errorPage, () => section.path, 'a file') : '',
      body,
    };
    if (!isComplete(texts) || !acme) return undefined;
    return templates('apache/host-galaxy', {
      ...texts,
      ...acme,
      base: plan.name,
      port: String(port),
      external: plan.settings.tls.mode.value === 'external',
      aliases: [],
      tls: indented(texts.tls),
      hsts: tls ? hsts : '',
      packedTypes: ['text/html', ...packedTypes, ...(gzip ? archiveTypes : [])].join(' '),
      errorTag: section.tag,
      body: indented(texts.body),
      extra: plan.settings.extra.map((one) => one.value.trimEnd()),
    });
  });
}

/** The names of interactive tools. */
function toolsHosts(own: PublicSite, context: ApacheContext): (string | undefined)[] {
  const { plan, templates, hsts } = context;
  const { settings, instance } = plan;
  if (!plan.tools) return [];
  const domain = toolsDomain(instance, settings, own.name);
  const { certificate, certificateKey } = settings.interactiveTools;
  const files =
    certificate && certificateKey ? { ...settings.tls, certificate, certificateKey } : settings.tls;
  return ports(own).map(([port, tls]) => {
    const texts = {
      name: put(context, domain, hostName, 'the domain of interactive tools'),
      tls: tls ? tlsLines(files, context) : '',
      ...logs(context),
      body: toolsPart(context),
    };
    if (!isComplete(texts)) return undefined;
    return templates('apache/host-tools', {
      ...texts,
      port: String(port),
      tls: indented(texts.tls),
      hsts: tls ? hsts : '',
      body: indented(texts.body),
    });
  });
}

function logs(context: ApacheContext): { accessLog: string | undefined; errorLog: string | undefined } {
  const { accessLog, errorLog } = context.plan.settings;
  const path = (one: Located<string>) => put(context, one, grammar.argument, 'a log');
  return {
    // A virtual host without a log of its own would use the server's.
    accessLog: accessLog?.value === 'off' ? '/dev/null' : accessLog ? path(accessLog) : '',
    errorLog: errorLog ? path(errorLog) : '',
  };
}
