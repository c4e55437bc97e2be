// What somebody else than gxgen or Gravity starts: the Galaxy processes of hand-written supervisor files.

import type { Span } from '../text/source.ts';
import type { Located } from './located.ts';

/** What the supervisor files that were given start. */
export interface Started {
  /** False when part of the files could not be read (reported), or a name is known only when supervisord starts. */
  readonly complete: boolean;
  readonly processes: readonly StartedProcess[];
}

/** One process of Galaxy; a numbered program is several. */
export interface StartedProcess {
  /** The `x` of `[program:x]`. */
  readonly program: Located<string>;
  /** Its place is the value of `--server-name`, or the command. */
  readonly serverName: Located<string>;
  readonly place: Span;
  readonly pools: readonly Located<string>[];
  /** True for Paste, which is a web server too. */
  readonly web: boolean;
}
