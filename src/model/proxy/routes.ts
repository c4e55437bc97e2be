// The routes of a proxy: which path goes where. nginx and Apache are written from the same list.

import type { Located } from '../located.ts';
import type { Upstream } from './upstream.ts';

/** Which paths a route takes. Paths are decoded, and begin with the prefix of Galaxy where it applies to them. */
export type Match =
  | { readonly kind: 'exact'; readonly path: string }
  /** The path itself and what begins with it; it ends in a slash unless what follows needs none. */
  | { readonly kind: 'under'; readonly path: string }
  /** `before`, one name, `after`: nothing may follow unless `open`. */
  | { readonly kind: 'around'; readonly before: string; readonly after: string; readonly open: boolean };

/** What an answer of Galaxy needs from the proxy. */
export type Purpose =
  | 'main'
  /** Programs, not pages: they have a rate limit of their own. */
  | 'api'
  /** Server-sent events: passed on at once, over an hour. */
  | 'events'
  /** An archive that is made while it is sent. */
  | 'archive'
  /** Files of Pulsar's jobs, in both directions. */
  | 'job-files';

export type Route =
  /** The prefix without its slash: sent to the one with it. */
  | { readonly kind: 'redirect'; readonly from: string; readonly to: string }
  | { readonly kind: 'file'; readonly path: string; readonly file: Located<string> }
  | { readonly kind: 'folder'; readonly path: string; readonly folder: Located<string> }
  /** `PREFIX/plugins/TYPE/NAME/static/FILE` in `folder/TYPE/NAME/static` or `folder/TYPE/FAMILY/NAME/static`. */
  | { readonly kind: 'plugins'; readonly path: string; readonly folder: Located<string> }
  /** Files that Galaxy names in a header, from these directories. */
  | {
      readonly kind: 'internal';
      /** What stands in front of the path of the file; empty where nothing does. */
      readonly base: Located<string>;
      readonly roots: readonly Located<string>[];
    }
  | {
      readonly kind: 'tus';
      readonly path: string;
      readonly upstream: Upstream;
      /** `/files` where the path is rewritten; empty where tusd knows it. */
      readonly target: string;
      /** Of jobs, not of people. */
      readonly jobs: boolean;
    }
  | { readonly kind: 'tools'; readonly path: string; readonly upstream: Upstream }
  | { readonly kind: 'reports'; readonly path: string; readonly upstream: Upstream }
  /** The third-party upload module of nginx, for releases that still used it. */
  | {
      readonly kind: 'upload-module';
      readonly path: string;
      readonly store: Located<string>;
      /** Where the rest of the request goes once the file is stored. */
      readonly done: string;
      /** Of jobs, not of people. */
      readonly jobs: boolean;
    }
  | { readonly kind: 'app'; readonly match: Match; readonly purpose: Purpose };
