// Who takes which job: the job configuration, whatever its format, as it is written. Entries stand in document order,
// duplicates included; what Galaxy makes of them is asked of routing-names.ts and its neighbours.

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

/** The name of the pool for work that names no handler. */
export const defaultTag = '_default_';

/** Where Galaxy looks for a value when it starts, before it takes the one that is written: XML's `from_environ` and `from_config`. */
export interface RuntimeValue {
  readonly kind: 'environ' | 'config';
  /** Of the environment variable, or of the key in the `galaxy:` section. */
  readonly name: Located<string>;
}

/** A runner, destination or tool parameter. Names are the administrator's, so this is a list and no record. */
export interface Param {
  readonly name: Located<string>;
  readonly value: Located<Plain>;
  readonly from?: RuntimeValue;
  /** A value that is written as an attribute of `<param>`, where Galaxy does not look. */
  readonly lost?: Span;
}

/** An entry of the file. */
export interface Written {
  /** The start tag, or the key of the entry. */
  readonly span: Span;
  /** For an entry that an XML macro made: the `<expand>` that put it there. */
  readonly expandedAt?: Span;
}

/** `<handlers>` or `handling:`; the same shape serves workflow schedulers. */
export interface Handling {
  /** Where the section stands; absent when the file has none. */
  readonly span?: Span;
  /** Methods as written, lower-cased, invalid ones left out; undefined when the file names none. */
  readonly assign?: Located<readonly Located<AssignMethod>[]>;
  /** True when Galaxy cannot use methods as they are written (a misspelt name, text for a list): that is reported already. */
  readonly assignBroken?: true;
  readonly default?: Located<string>;
  /** XML only: `default_from_environ`, `default_from_config`. */
  readonly defaultFrom?: RuntimeValue;
  readonly maxGrab?: Located<number>;
  readonly readyWindowSize?: Located<number>;
  readonly handlers: readonly StaticHandler[];
}

export interface StaticHandler extends Written {
  readonly id: Located<string>;
  /** Undefined: none written, so a member of `_default_`. Empty names are kept: they are tags in XML. */
  readonly tags?: readonly Located<string>[];
  /** Runners it loads; undefined means all. */
  readonly plugins?: readonly Located<string>[];
  /** YAML only; Galaxy ignores it, Gravity exports it. */
  readonly environment: readonly { readonly name: Located<string>; readonly value: Located<string> }[];
}

export interface Runner extends Written {
  /** `dynamic` is never loaded: only its parameters count. */
  readonly id: Located<string>;
  readonly load?: Located<string>;
  readonly workers?: Located<number>;
  /** The parameter `enabled`; false takes the runner out. */
  readonly enabled?: Param;
  readonly params: readonly Param[];
}

export interface DestinationVariable {
  readonly span: Span;
  /** The three ways of setting something; a well-formed entry has exactly one. */
  readonly name?: Located<string>;
  readonly file?: Located<string>;
  readonly execute?: Located<string>;
  readonly value?: Located<string>;
  readonly raw?: Located<boolean>;
}

export interface Resubmit {
  readonly span: Span;
  readonly condition?: Located<string>;
  readonly destination?: Located<string>;
  readonly handler?: Located<string>;
  readonly delay?: Located<string>;
}

export interface Destination extends Written {
  readonly id: Located<string>;
  readonly runner?: Located<string>;
  readonly tags: readonly Located<string>[];
  /** YAML only. */
  readonly shell?: Located<string>;
  /** The parameter `enabled`; false takes the destination out. */
  readonly enabled?: Param;
  /** The XML attribute, or the YAML value where it is text. */
  readonly metrics?: Located<string>;
  readonly params: readonly Param[];
  /** Only with `params` in YAML: the keys beside it, which would be parameters otherwise; Galaxy passes over them. */
  readonly ignored?: readonly Located<string>[];
  readonly env: readonly DestinationVariable[];
  readonly resubmit: readonly Resubmit[];
}

/** Exactly one of `id` and `class` is set. */
export interface ToolMapping extends Written {
  readonly id?: Located<string>;
  readonly class?: Located<string>;
  readonly handler?: Located<string>;
  readonly destination?: Located<string>;
  readonly resources?: Located<string>;
  readonly params: readonly Param[];
}

export interface Limit extends Written {
  /** As written: `environment_*` in YAML is `destination_*`. */
  readonly type: Located<string>;
  readonly value?: Located<string>;
  readonly id?: Located<string>;
  readonly tag?: Located<string>;
  /** Days. */
  readonly window?: Located<string>;
}

export interface ResourceGroup extends Written {
  readonly id: Located<string>;
  /** Not trimmed, as Galaxy looks them up. */
  readonly fields: readonly Located<string>[];
}

export interface JobConfig {
  /** `none`: no file, Galaxy's built-in local runner. `ini`: the job options of a galaxy.ini before 18.01. */
  readonly format: 'xml' | 'yaml' | 'ini' | 'none';
  /** The file as people name it; absent for `none`. An inline `job_config` has the path of its Galaxy file. */
  readonly file?: string;
  readonly inline: boolean;
  /** True when parts of the file could not be read (reported): then what a name refers to may be among them. */
  readonly partial?: boolean;
  readonly handling: Handling;
  readonly runners: readonly Runner[];
  readonly destinations: readonly Destination[];
  readonly defaultDestination?: Located<string>;
  readonly defaultDestinationFrom?: RuntimeValue;
  readonly tools: readonly ToolMapping[];
  readonly limits: readonly Limit[];
  readonly resourceGroups: readonly ResourceGroup[];
  readonly defaultResourceGroup?: Located<string>;
}

export interface WorkflowSchedulers {
  readonly file: string;
  /** The root's `default`: the id of the scheduler to use. */
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
