// Who takes which job: the job configuration, whatever its format, as Galaxy understands it.

import type { Plain } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import type { Located } from './located.ts';

export type AssignMethod =
  | 'mem-self'
  | 'db-self'
  | 'db-preassign'
  | 'db-transaction-isolation'
  | 'db-skip-locked'
  | 'uwsgi-mule-message';

/** `<handlers>` or `handling:`; the same shape serves workflow schedulers. */
export interface Handling {
  /** Where the section stands; absent when the file has none. */
  readonly span?: Span;
  /** Methods as written, lower-cased, invalid ones left out; undefined when the file names none. */
  readonly assign?: Located<readonly Located<AssignMethod>[]>;
  readonly default?: Located<string>;
  readonly maxGrab?: Located<number>;
  readonly readyWindowSize?: Located<number>;
  /** In document order, duplicates included. */
  readonly handlers: readonly StaticHandler[];
}

export interface StaticHandler {
  readonly id: Located<string>;
  /** Undefined: no tags written, so a member of `_default_`. */
  readonly tags?: readonly Located<string>[];
  readonly plugins?: readonly Located<string>[];
  /** YAML only; Galaxy ignores it, Gravity exports it. */
  readonly environment: readonly { readonly name: Located<string>; readonly value: Located<string> }[];
}

export interface Runner {
  readonly id: Located<string>;
  readonly load?: Located<string>;
  readonly workers?: Located<number>;
  readonly params: Readonly<Record<string, Located<Plain>>>;
}

export interface Destination {
  readonly id: Located<string>;
  readonly runner?: Located<string>;
  readonly tags: readonly Located<string>[];
  readonly params: Readonly<Record<string, Located<Plain>>>;
  readonly env: readonly Readonly<Record<string, Located<Plain>>>[];
  readonly resubmit: readonly Readonly<Record<string, Located<Plain>>>[];
}

export interface ToolMapping {
  readonly span: Span;
  readonly id?: Located<string>;
  readonly class?: Located<string>;
  readonly handler?: Located<string>;
  readonly destination?: Located<string>;
  readonly resources?: Located<string>;
  readonly params: Readonly<Record<string, Located<Plain>>>;
}

export interface Limit {
  readonly span: Span;
  readonly type: Located<string>;
  readonly value?: Located<string>;
  readonly id?: Located<string>;
  readonly tag?: Located<string>;
  readonly window?: Located<string>;
}

export interface JobConfig {
  /** `none`: no file, Galaxy's built-in local runner. */
  readonly format: 'xml' | 'yaml' | 'none';
  /** The file as people name it; absent for `none`. An inline `job_config` has the path of its Galaxy file. */
  readonly file?: string;
  readonly inline: boolean;
  readonly handling: Handling;
  readonly runners: readonly Runner[];
  readonly destinations: readonly Destination[];
  readonly defaultDestination?: Located<string>;
  readonly tools: readonly ToolMapping[];
  readonly limits: readonly Limit[];
  readonly resourceGroups: readonly {
    readonly id: Located<string>;
    readonly fields: readonly Located<string>[];
  }[];
  readonly defaultResourceGroup?: Located<string>;
}

export interface WorkflowSchedulers {
  readonly file: string;
  readonly default: Located<string>;
  /** `id` of each `<core>`. */
  readonly schedulers: readonly Located<string>[];
  /** Absent when the file has no `<handlers>`. */
  readonly handling?: Handling;
}

/** What Galaxy does without a job configuration file. */
export const noJobConfig: JobConfig = {
  format: 'none',
  inline: false,
  handling: { handlers: [] },
  runners: [],
  destinations: [],
  tools: [],
  limits: [],
  resourceGroups: [],
};
