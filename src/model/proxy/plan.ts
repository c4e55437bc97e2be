// What a proxy in front of one instance has to know, from the model and from gxgen.yml. Pure arithmetic: how it is
// written is the business of the back ends.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Plain } from '../../syntax/tree.ts';
import type { Deployment, Instance, Service } from '../deployment.ts';
import { derived, type Located, map, spanOf } from '../located.ts';
import { textOption } from '../options.ts';
import { trimSlashes } from '../paths.ts';
import { planRoutes, type Server } from './plan-routes.ts';
import { type RemoteUser, remoteUser } from './remote-user.ts';
import type { Route } from './routes.ts';
import type { ProxySettings } from './settings.ts';
import { companions, type Era, findWebServers, type Upstream } from './upstream.ts';

export interface ProxyPlan {
  readonly instance: Instance;
  readonly settings: ProxySettings;
  /** `galaxy`, `galaxy_main`: what every name in the proxy's files begins with. Letters, digits and `_`. */
  readonly name: string;
  readonly era: Era;
  readonly app: Upstream;
  /** Every upstream, the one of Galaxy first. */
  readonly upstreams: readonly Upstream[];
  /** Empty, or `/galaxy`. */
  readonly prefix: Located<string>;
  /** Most specific first; `/` is the last. */
  readonly routes: readonly Route[];
  readonly remoteUser: RemoteUser;
  /** gx-it-proxy, for the names under `*.ep.interactivetool.HOST`. */
  readonly tools?: Upstream;
}

/** The plan for one instance; undefined where nothing can be planned, which is reported. */
export function planProxy(
  server: Server,
  deployment: Deployment,
  instance: Instance,
  written: ProxySettings,
  report: Report,
): ProxyPlan | undefined {
  const web = findWebServers(instance, report);
  if (!web) return undefined;
  const settings = patient(written, web.services);
  const name = settings.upstream.name?.value ?? defaultName(deployment, instance);
  const app: Upstream = { name, protocol: web.protocol, members: web.members };
  const prefix = prefixOf(instance, web.services);
  const tools = companions(
    `${name}_tools`,
    instance.services.filter((one) => one.kind === 'gx-it-proxy'),
    report,
  );
  const routes = planRoutes({ server, instance, settings, name, era: web.era, prefix, tools, report });
  const others = routes.flatMap((one) => ('upstream' in one ? [one.upstream] : []));
  return {
    instance,
    settings,
    name,
    era: web.era,
    app,
    upstreams: [...new Set([app, ...others, ...(tools ? [tools] : [])])],
    prefix,
    routes,
    remoteUser: remoteUser(instance, settings, report),
    ...(tools ? { tools } : {}),
  };
}

// The proxy waits as long as the web server works, where nobody wrote how long that is.
function patient(settings: ProxySettings, services: readonly Service[]): ProxySettings {
  const { timeouts } = settings;
  if (timeouts.read.origin.kind !== 'default') return settings;
  const longest = services
    .flatMap((one) => (typeof one.settings.timeout?.value === 'number' ? [one.settings.timeout] : []))
    .reduce<Located<Plain>>(
      (most, one) => (Number(one.value) > Number(most.value) ? one : most),
      timeouts.read,
    );
  const read = derived(Number(longest.value), 'the timeout of the web server', spanOf(longest));
  return longest === timeouts.read ? settings : { ...settings, timeouts: { ...timeouts, read } };
}

function defaultName({ named }: Deployment, { name }: Instance): string {
  return named ? `galaxy_${identifier(name.value)}` : 'galaxy';
}

/** Bytes that no name in a proxy's file holds become `xHH`. */
function identifier(text: string): string {
  return text.replace(/[^A-Za-z0-9]/gu, (character) =>
    character === '_' || character === '-'
      ? '_'
      : `x${[...Buffer.from(character, 'utf8')].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
  );
}

/** uWSGI knows it as the place where Galaxy is mounted, PasteDeploy from a filter; both are in the service's settings. */
function prefixOf(instance: Instance, services: Instance['services']): Located<string> {
  const found = services.map(legacyPrefix).find(Boolean) ?? textOption(instance, 'galaxy_url_prefix');
  const bare = trimSlashes(found?.value ?? '');
  return { value: bare === '' ? '' : `/${bare}`, origin: found?.origin ?? { kind: 'default' } };
}

function legacyPrefix({ settings }: Service): Located<string> | undefined {
  const { url_prefix: own, mount } = settings;
  if (typeof own?.value === 'string') return map(own, String);
  const first = Array.isArray(mount?.value) ? mount.value[0] : mount?.value;
  return mount && typeof first === 'string' ? map(mount, () => first.replace(/=.*$/s, '')) : undefined;
}
