// What a back end is: a pure function from the model to files.

import type { Report } from '../diagnostics/diagnostic.ts';
import type { Deployment } from '../model/deployment.ts';
import type { RunningSet } from '../model/running.ts';
import type { Templates } from '../schema/templates.ts';

/** A file to be written. `path` is relative to the output directory, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  /** Permission bits: 0o644, or 0o600 for a file that holds a secret. */
  readonly mode: number;
  /** `text` with every secret value masked; present exactly when the file holds one. */
  readonly masked?: string;
}

/** What `gxgen.yml` and the command line say about the target. */
export interface TargetOptions {
  /** One of the back end's `layouts`; undefined means the first. */
  readonly layout?: string;
  /** systemd only. */
  readonly systemd: {
    readonly mode: 'system' | 'user';
    /** Where the units are installed: names the environment files beside them. */
    readonly directory: string;
  };
}

/** What the program that will read a set of files thinks of it. */
export interface CheckFinding {
  /** `warning`: something that only the machine has on which the files will be used. */
  readonly severity: 'error' | 'warning';
  /** A clause, as after a colon. */
  readonly words: string;
  /** The file of the set that it is about, where it is about one. */
  readonly file?: string;
}

/** A question to the program that will read a set of files. */
export interface Check {
  /** The program in words: `systemd`. */
  readonly by: string;
  /** Commands that ask it; the first one that the machine has decides. `{}` stands for the folder with the copy. */
  readonly commands: readonly (readonly string[])[];
  /** Files that the copy needs besides, by path in its folder. */
  readonly beside: Readonly<Record<string, string>>;
  /** Files of the machine that are copied to it where they exist, by the name that they have in its folder. */
  readonly copies: Readonly<Record<string, string>>;
  /** What it said, in which the folder with the copy is `{}`; undefined when it could not be asked like this. */
  read(status: number, said: string): CheckFinding[] | undefined;
}

export interface Backend {
  /** As in `--target NAME`. */
  readonly name: string;
  readonly summary: string;
  /** The first is the default. */
  readonly layouts: readonly { readonly name: string; readonly summary: string }[];
  render(deployment: Deployment, options: TargetOptions, templates: Templates, report: Report): OutputFile[];
  /**
   * What files of the target run, by path in its directory: its own, those of others and edited ones. Absent for a
   * target whose files start nothing by themselves.
   */
  read?(files: ReadonlyMap<string, string>): RunningSet;
  /** How the target's own program is asked about a set, of which a copy stands in the folder `files`. */
  check?(files: readonly OutputFile[], options: TargetOptions): Check;
}
