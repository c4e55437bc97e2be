// What gxgen.yml says about the web server in front of Galaxy. Defaults and units: schemas/proxy.schema.json.

import type { Span } from '../../text/source.ts';
import type { Located } from '../located.ts';

export interface ProxySettings {
  /** The key of the section, for what is missing from it; absent where there is no section. */
  readonly place?: Span;
  readonly kind?: Located<'nginx' | 'apache'>;
  /** `1.24`; absent: the oldest that the output is written for. */
  readonly version?: Located<string>;
  /** The account of the web server's processes. */
  readonly user?: Located<string>;
  /** The first is the one people are sent to. */
  readonly serverNames: readonly Located<string>[];
  readonly listen: {
    /** 0: none. */
    readonly http: Located<number>;
    readonly https: Located<number>;
    readonly ipv6: Located<boolean>;
    readonly catchAll: Located<boolean>;
  };
  readonly tls: TlsSettings;
  readonly trustedProxies: readonly Located<string>[];
  readonly upstream: {
    readonly name?: Located<string>;
    readonly keepalive: Located<number>;
    readonly maxFails: Located<number>;
    readonly balance: Located<'round-robin' | 'least-connections'>;
  };
  readonly static: {
    readonly serve: Located<boolean>;
    readonly root?: Located<string>;
    readonly pluginsRoot?: Located<string>;
    /** Seconds. */
    readonly expires: Located<number>;
    /** Files in place of others, by path without the prefix. */
    readonly overrides: readonly { readonly path: Located<string>; readonly file: Located<string> }[];
  };
  readonly downloads: { readonly roots: readonly Located<string>[] };
  readonly uploads: {
    /** As nginx writes sizes: `10g`; `0` is none. */
    readonly maxBody: Located<string>;
    readonly tusStyle: Located<'rewrite' | 'base-path'>;
    readonly legacyModule: Located<boolean>;
  };
  /** Seconds. */
  readonly timeouts: {
    readonly read: Located<number>;
    readonly download: Located<number>;
    readonly stream: Located<number>;
  };
  readonly headerBuffer: Located<string>;
  readonly interactiveTools: {
    readonly domain?: Located<string>;
    readonly certificate?: Located<string>;
    readonly certificateKey?: Located<string>;
  };
  readonly reports: {
    readonly auth?: Located<'galaxy' | 'basic' | 'none'>;
    readonly passwordFile?: Located<string>;
  };
  readonly remoteUser: { readonly variable?: Located<string> };
  readonly rateLimit: Located<'off' | 'usegalaxy'>;
  readonly errorPage?: Located<string>;
  /** A path, or `off`. */
  readonly accessLog?: Located<string>;
  readonly errorLog?: Located<string>;
  /** In the language of the server, copied as they are. */
  readonly extra: readonly Located<string>[];
  readonly extraHttp: readonly Located<string>[];
}

export interface TlsSettings {
  readonly mode: Located<'terminate' | 'off' | 'external'>;
  readonly certificate?: Located<string>;
  readonly certificateKey?: Located<string>;
  readonly profile: Located<'intermediate' | 'modern'>;
  readonly dhparam?: Located<string>;
  readonly stapling: Located<boolean>;
  /** Seconds; 0: no such header. */
  readonly hstsMaxAge: Located<number>;
  readonly hstsSubdomains: Located<boolean>;
  readonly http2: Located<boolean>;
  readonly redirectHttp: Located<boolean>;
  readonly acmeWebroot?: Located<string>;
}
