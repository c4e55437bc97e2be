// What a command is: its words for `--help`, and a function from arguments to an exit code.

import type { Host } from '../host/host.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly many?: boolean;
  readonly alias?: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** What stands for the value in the help: `DIR`. */
  readonly value?: string;
  readonly describe: string;
}

/** Arguments after parsing: words without a dash, and options by name. */
export interface Arguments {
  readonly words: readonly string[];
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  on(name: string): boolean;
}

/** The contract with whoever calls gxgen: frozen, documented, tested. */
export const exits = {
  /** Nothing to complain about. */
  clean: 0,
  /** Problems of severity error; with `--strict` also warnings. */
  problems: 1,
  /** Wrong usage, a file named on the command line that cannot be read, or output that cannot be written. */
  usage: 2,
  /** A fault in gxgen. */
  fault: 3,
} as const;

/** Wrong usage found after parsing: one sentence for stderr, exit 2. */
export class UsageError extends Error {}

export interface Command {
  readonly name: string;
  /** What follows the name in the help: `[FILE]...`. */
  readonly words: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  run(args: Arguments, host: Host): number;
}

/** Options of every command that compiles. */
export const inputOptions = {
  config: {
    type: 'string',
    many: true,
    alias: 'c',
    value: 'FILE',
    describe: 'a configuration file (the same as naming it)',
  },
  'galaxy-version': { type: 'string', value: 'RELEASE', describe: 'the Galaxy release, for example 24.1' },
  'allow-unknown': { type: 'boolean', describe: 'take unknown keys as information only' },
  supervisor: {
    type: 'string',
    many: true,
    value: 'FILE',
    describe: 'a hand-written supervisor file whose programs start this Galaxy',
  },
  'job-conf': {
    type: 'string',
    value: 'FILE',
    describe: 'the job configuration of a legacy galaxy.ini, where it lies elsewhere',
  },
  'deployed-as': {
    type: 'string',
    value: 'PATH',
    describe: 'where the first file stands on the server, when it is compiled elsewhere',
  },
  python3: {
    type: 'boolean',
    describe: 'read a legacy galaxy.ini as Python 3 does (Galaxy 20.01 and later)',
  },
} as const satisfies Record<string, Option>;

/** Options of every command that reports. */
export const reportOptions = {
  color: {
    type: 'string',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    describe: 'colour in reports',
  },
  strict: { type: 'boolean', describe: 'let warnings count as problems' },
} as const satisfies Record<string, Option>;
