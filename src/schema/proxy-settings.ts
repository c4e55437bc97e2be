// The `proxy:` section of gxgen.yml, read with the defaults of its schema.

import type { Instance } from '../model/deployment.ts';
import type { Located } from '../model/located.ts';
import type { ProxySettings } from '../model/proxy/settings.ts';
import type { Span } from '../text/source.ts';
import { readSection, type Section } from './section.ts';

let defaults: ProxySettings | undefined;

/** What gxgen.yml says about the proxy of an instance; the defaults where it says nothing. */
export function proxySettings(instance: Instance): ProxySettings {
  defaults ??= readProxy(readSection('proxy', undefined));
  return instance.proxy ?? defaults;
}

/** @param place the key of the section */
export function readProxy(section: Section, place?: Span): ProxySettings {
  const listen = section.section('listen');
  const upstream = section.section('upstream');
  const statics = section.section('static');
  const downloads = section.section('downloads');
  const uploads = section.section('uploads');
  const timeouts = section.section('timeouts');
  const tools = section.section('interactive_tools');
  const reports = section.section('reports');
  const remoteUser = section.section('remote_user');
  return present({
    place,
    kind: section.maybeStr('kind') as Located<'nginx' | 'apache'> | undefined,
    version: section.maybeStr('version'),
    user: section.maybeStr('user'),
    serverNames: names(section),
    listen: {
      http: listen.int('http'),
      https: listen.int('https'),
      ipv6: listen.bool('ipv6'),
      catchAll: listen.bool('catch_all'),
    },
    tls: readTls(section.section('tls')),
    trustedProxies: section.strings('trusted_proxies'),
    upstream: present({
      name: upstream.maybeStr('name'),
      keepalive: upstream.int('keepalive'),
      maxFails: upstream.int('max_fails'),
      balance: upstream.str('balance') as Located<'round-robin' | 'least-connections'>,
    }),
    static: present({
      serve: statics.bool('serve'),
      root: statics.maybeStr('root'),
      pluginsRoot: statics.maybeStr('plugins_root'),
      expires: statics.int('expires'),
      overrides: statics.texts('overrides').map(({ key, value }) => ({ path: key, file: value })),
    }),
    downloads: { roots: downloads.strings('roots') },
    uploads: {
      maxBody: uploads.str('max_body'),
      tusStyle: uploads.str('tus_style') as Located<'rewrite' | 'base-path'>,
      legacyModule: uploads.bool('legacy_module'),
    },
    timeouts: {
      read: timeouts.int('read'),
      download: timeouts.int('download'),
      stream: timeouts.int('stream'),
    },
    headerBuffer: section.str('header_buffer'),
    interactiveTools: present({
      domain: tools.maybeStr('domain'),
      certificate: tools.maybeStr('certificate'),
      certificateKey: tools.maybeStr('certificate_key'),
    }),
    reports: present({
      auth: reports.maybeStr('auth') as Located<'galaxy' | 'basic' | 'none'> | undefined,
      passwordFile: reports.maybeStr('password_file'),
    }),
    remoteUser: present({ variable: remoteUser.maybeStr('variable') }),
    rateLimit: section.str('rate_limit') as Located<'off' | 'usegalaxy'>,
    errorPage: section.maybeStr('error_page'),
    accessLog: section.maybeStr('access_log'),
    errorLog: section.maybeStr('error_log'),
    extra: section.strings('extra'),
    extraHttp: section.strings('extra_http'),
  });
}

function readTls(tls: Section): ProxySettings['tls'] {
  return present({
    mode: tls.str('mode') as Located<'terminate' | 'off' | 'external'>,
    certificate: tls.maybeStr('certificate'),
    certificateKey: tls.maybeStr('certificate_key'),
    profile: tls.str('profile') as Located<'intermediate' | 'modern'>,
    dhparam: tls.maybeStr('dhparam'),
    stapling: tls.bool('stapling'),
    hstsMaxAge: tls.int('hsts_max_age'),
    hstsSubdomains: tls.bool('hsts_subdomains'),
    http2: tls.bool('http2'),
    redirectHttp: tls.bool('redirect_http'),
    acmeWebroot: tls.maybeStr('acme_webroot'),
  });
}

// One name, or a list of them.
function names(section: Section): readonly Located<string>[] {
  const one = section.maybeStr('server_name');
  return one ? [one] : section.strings('server_name');
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The record without the fields that have no value. */
function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
