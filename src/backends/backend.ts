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
}
