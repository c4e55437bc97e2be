// Under which names and ports people reach the site, as far as gxgen.yml says it.

import type { Instance } from '../deployment.ts';
import { byDefault, derived, type Located, spanOf } from '../located.ts';
import { textOption } from '../options.ts';
import { trimSlashes } from '../paths.ts';
import type { ProxySettings } from './settings.ts';

export interface PublicSite {
  /** The first of the names. */
  readonly name: Located<string>;
  /** The others. */
  readonly aliases: readonly Located<string>[];
  readonly scheme: 'http' | 'https';
  /** `:8443`; empty for the usual port of the scheme. */
  readonly port: string;
  /** What the site listens on: `tls` with its certificate, `plain` without TLS, 0 for not at all. */
  readonly tls: number;
  readonly plain: number;
  /** True when the port without TLS only sends people to the one with it. */
  readonly redirect: boolean;
}

/** The site that gxgen.yml describes; undefined when it has no name. */
export function publicSite({ serverNames, tls, listen }: ProxySettings): PublicSite | undefined {
  const [name, ...aliases] = serverNames;
  if (!name) return undefined;
  const plain = listen.http.value;
  if (tls.mode.value !== 'terminate') {
    const external = tls.mode.value === 'external';
    const scheme = external ? 'https' : 'http';
    // Behind a load balancer, the port of this server is not the one people see.
    const port = external || plain === 80 ? '' : `:${plain}`;
    return { name, aliases, scheme, port, tls: 0, plain, redirect: false };
  }
  const port = listen.https.value === 443 ? '' : `:${listen.https.value}`;
  const redirect = plain !== 0 && tls.redirectHttp.value;
  return { name, aliases, scheme: 'https', port, tls: listen.https.value, plain, redirect };
}

/** The port that every address of the site has; undefined where it has two ports, or no name that tells. */
export function fixedPort(settings: ProxySettings): string | undefined {
  const site = publicSite(settings);
  return site && (site.redirect || site.tls === 0 || site.plain === 0) ? site.port : undefined;
}

/** What stands behind the star in the names of interactive tools: `ep.interactivetool.galaxy.example.org`. */
export function toolsDomain(
  instance: Instance,
  settings: ProxySettings,
  name: Located<string>,
): Located<string> {
  const { domain } = settings.interactiveTools;
  if (domain) return domain;
  const prefix = trimSlashes(textOption(instance, 'interactivetools_prefix')?.value ?? 'interactivetool');
  const host = textOption(instance, 'interactivetools_proxy_host') ?? name;
  const text = `ep.${prefix}.${host.value.replace(/:\d+$/, '')}`;
  return spanOf(host) ? derived(text, 'server_name', spanOf(host)) : byDefault(text);
}
