// What a legacy configuration says beside the processes that follow from it: who is who, what was read by which reader,
// and everything that has no place in the rest of the model.

import type { IniReader } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import type { Located } from './located.ts';

export interface LegacyFile {
  /** As people see it. */
  readonly path: string;
  readonly role: 'galaxy' | 'web' | 'runner' | 'uwsgi' | 'included' | 'supervisor';
  readonly reader: IniReader | 'yaml';
  /** The beginning of the file. */
  readonly place: Span;
}

/**
 * `manager`: assigned jobs until 13.02; `unused`: nothing starts it, or nothing uses it; `orphan`: the job configuration
 * counts on it, and nothing starts it; `other`: of another application, such as the reports.
 */
export type ServerClass = 'web' | 'handler' | 'all-in-one' | 'manager' | 'unused' | 'orphan' | 'other';

/** A server by name: a `[server:*]`, a handler of the job configuration, a mule, a program. */
export interface LegacyServer {
  readonly name: Located<string>;
  readonly class: ServerClass;
  readonly form: 'paste' | 'webless' | 'mule' | 'none';
  /** Why it is of that class, in words, strongest first. */
  readonly reasons: readonly string[];
  /** Of its `[server:*]`. */
  readonly section?: Span;
  /** The supervisor program that starts it. */
  readonly program?: Located<string>;
  /** Of an orphan: the other host that starts it, as its name tells. */
  readonly host?: string;
  /** The `id` of its handler in the job configuration. */
  readonly handlerId?: Span;
  readonly tags: readonly string[];
  /** Of its section, as written. */
  readonly settings: readonly LegacyOption[];
}

/** An option with its value as the program has it, and as it is written. */
export interface LegacyOption {
  readonly name: string;
  /** Expanded; its place is the value. */
  readonly value: Located<string>;
  /** Before anything was expanded. */
  readonly raw: string;
  /** The name in brackets it stands under. */
  readonly section: string;
  /** From its key to the end of its value. */
  readonly place: Span;
  /** How it came to the application; absent for an option of its own section. */
  readonly through?: 'default' | 'get' | 'set' | 'use';
  /** False for an option that stands in the file and never reaches the application. */
  readonly effective: boolean;
  /** True when the value must not be shown. */
  readonly secret: boolean;
}

export interface LegacySection {
  readonly name: string;
  readonly header: Span;
  /** In order, repeated keys included. */
  readonly options: readonly LegacyOption[];
}

export interface UwsgiOption {
  /** As written. */
  readonly key: string;
  readonly value: Located<string>;
  readonly raw: string;
  readonly place: Span;
  /** The conditions it stands under, as written: `if-exists = /run/x`; absent outside of any. */
  readonly when?: readonly string[];
  /** False for what uWSGI ignores or has replaced: an unknown key, an option under a condition that does not hold. */
  readonly effective: boolean;
  /** `command`: given on the command line of the program that starts uWSGI. */
  readonly from: 'file' | 'command';
  /** True when the value must not be shown. */
  readonly secret: boolean;
}

export interface UwsgiFacts {
  readonly place: Span;
  /** In order, repeated keys included. */
  readonly options: readonly UwsgiOption[];
  /** In the order of the `mule` keys; numbered from 1. */
  readonly mules: readonly Located<string>[];
  readonly farms: readonly {
    readonly name: Located<string>;
    readonly mules: readonly number[];
  }[];
}

export type ProgramRole =
  | 'paste'
  | 'webless'
  | 'uwsgi'
  | 'zergpool'
  | 'zergling'
  | 'gunicorn'
  | 'celery'
  | 'celery-beat'
  | 'gx-it-proxy'
  | 'tusd'
  | 'reports'
  | 'other';

export interface ProgramSetting {
  readonly key: string;
  readonly value: Located<string>;
  readonly place: Span;
  /** True when the value must not be shown. */
  readonly secret: boolean;
}

/** One `[program:*]` of a supervisor file. */
export interface LegacyProgram {
  readonly name: Located<string>;
  readonly role: ProgramRole;
  /** Why it is of that role: the word of the command that tells. */
  readonly reason: string;
  /** Names of its processes. */
  readonly processes: readonly string[];
  /** Every key as written, lower-cased, `%` not expanded. */
  readonly settings: readonly ProgramSetting[];
  /** What stands around the command: `sg galaxy`, `bash -c`, `source /srv/venv/bin/activate`. */
  readonly wrappers: readonly string[];
  readonly virtualenv?: Located<string>;
  /** The account group a wrapper changes to. */
  readonly unixGroup?: string;
  /** The configuration that the command names, as written. */
  readonly configFile?: string;
  readonly group?: Located<string>;
}

export interface LegacyEra {
  /** First release that fits; absent where nothing tells. */
  readonly from?: string;
  /** Last release that fits. */
  readonly until: string;
  readonly evidence: readonly { readonly text: string; readonly place?: Span }[];
}

/** The address of a runner, and the destination that stands for it in the job configuration. */
export interface RunnerUrlUse {
  readonly value: Located<string>;
  readonly id: string;
  readonly note?: string;
  /** True for an address with the token of a server. */
  readonly secret: boolean;
}

export interface LegacyFacts {
  readonly form: 'ini' | 'uwsgi-yml';
  readonly files: readonly LegacyFile[];
  readonly application: {
    readonly kind: 'galaxy' | 'reports' | 'tool-shed' | 'unknown';
    readonly factory?: Located<string>;
  };
  readonly servers: readonly LegacyServer[];
  /** Of the application, as it gets them and as they are written. */
  readonly options: readonly LegacyOption[];
  /** Every section besides that of the application, `[server:*]` and `[uwsgi]`. */
  readonly sections: readonly LegacySection[];
  readonly uwsgi?: UwsgiFacts;
  readonly programs: readonly LegacyProgram[];
  /** A URL prefix that a filter really puts before the application. */
  readonly prefix?: { readonly value: Located<string>; readonly filter: string };
  readonly era: LegacyEra;
  /** Where job options of the INI are the job configuration: the addresses in them. */
  readonly runnerUrls?: readonly RunnerUrlUse[];
  readonly started: { readonly by: 'supervisor' | 'uwsgi' | 'run.sh'; readonly evidence: string };
}

/** What a server is and why: `a job handler: the job configuration lists it`. */
export function serverWords({ class: kind, reasons }: LegacyServer): string {
  return `${serverClasses[kind]}: ${reasons.join(', ')}`;
}

const serverClasses: Record<ServerClass, string> = {
  web: 'a web server',
  handler: 'a job handler',
  'all-in-one': 'a web server that runs jobs too',
  manager: 'a job manager, which Galaxy has needed no more since 13.04',
  unused: 'unused',
  orphan: 'a handler that nothing starts',
  other: 'a server of another application',
};
