// Everything gxgen asks of the machine. `main.ts` gives the real one; tests give one in memory.

export type ReadResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'denied' | 'directory' | 'other';
      readonly message: string;
    };

export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal in columns; 80 where it is none. */
  readonly columns: number;
  write(text: string): void;
}

/** Whose a file is, by number, and under how many names it is known (hard links). */
export interface Ownership {
  readonly user: number;
  readonly group: number;
  readonly links: number;
}

/** What stands at a name itself. */
export interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits. */
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  /** Of a link: its text, which need not lead anywhere. */
  readonly to?: string;
}

export interface Input {
  readonly isTTY: boolean;
  /** Waits for a line, and gives it without its end; undefined at the end of the input. */
  readLine(): string | undefined;
}

/** What became of a program that was run to its end; a status other than 0 is an answer too. */
export type RunResult =
  | { readonly ok: true; readonly status: number; readonly stdout: Uint8Array; readonly stderr: string }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'denied' | 'timeout' | 'other';
      readonly message: string;
    };

export interface RunOptions {
  /** `cwd` of the host when absent. */
  readonly cwd?: string;
  /** After which it is killed; 60 when absent. */
  readonly seconds?: number;
}

/** Paths are absolute or relative to `cwd`. Methods that write throw the system's error (`code`: `ENOSPC`, `EACCES`, ...). */
export interface Host {
  readonly cwd: string;
  /** Only for the terminal (`NO_COLOR`, `FORCE_COLOR`, `TERM`): a compilation never reads it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Who runs gxgen, by number. */
  readonly user: number;
  readonly group: number;
  /** The number of this process. */
  readonly pid: number;
  /** Milliseconds since 1970: for what tells when something was done, and nothing else. */
  now(): number;
  /** A file of the gxgen package itself: `schemas/gravity.schema.json`. */
  asset(path: string): string | undefined;
  read(path: string): ReadResult;
  /** What stands at a path, symbolic links followed. */
  kind(path: string): 'file' | 'directory' | 'other' | undefined;
  /** Permission bits of a regular file, symbolic links followed; undefined where there is none. */
  mode(path: string): number | undefined;
  /** Of a regular file, symbolic links followed; undefined where there is none. */
  ownership(path: string): Ownership | undefined;
  /** Names in a directory, sorted; empty when it cannot be read. */
  list(path: string): string[];
  /** The path with symbolic links resolved; the path itself where that fails. */
  realpath(path: string): string;
  /** What stands at a path, a symbolic link itself included. */
  entry(path: string): Entry | undefined;
  /** Creates a directory and its parents. @param mode of the directory where it is made, exactly */
  mkdir(path: string, mode?: number): void;
  /**
   * Creates a file that must not exist, with exactly that mode, and flushes it to the disk.
   * @param owner whom it is given to, which only root may do freely; without it, whoever runs gxgen
   */
  create(path: string, bytes: Uint8Array, mode: number, owner?: Pick<Ownership, 'user' | 'group'>): void;
  /** Creates a symbolic link with that text; nothing may stand at `path`. */
  symlink(to: string, path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Removes a directory, which must be empty. */
  removeDirectory(path: string): void;
  /** Flushes the entries of a directory to the disk. */
  syncDirectory(path: string): void;
  /**
   * Runs a program, found on PATH, without a shell, and waits for its end. It sees PATH, HOME and a plain English locale.
   */
  run(argv: readonly string[], options?: RunOptions): RunResult;
  /** What tells a running process from a later one of the same number; undefined when none has the number. */
  processToken(pid: number): string | undefined;
  /** Does nothing for so many milliseconds. */
  pause(milliseconds: number): void;
}
