// Runs a program to its end, never longer than it is given.

import { spawn } from 'node:child_process';

export interface Finished {
  /** Exit status; null when a signal, the time-out's included, ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** Replaces the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default 60. */
  readonly seconds?: number;
  readonly stdin?: string;
}

export async function command(argv: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  const [program = '', ...args] = argv;
  // Not a pipe when there is nothing to say: Node's are sockets, for which bash reads the startup files of root.
  const child = spawn(program, args, {
    stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout: (options.seconds ?? 60) * 1000,
    killSignal: 'SIGKILL',
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.env ? { env: options.env } : {}),
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.stdin);
  // `exit` and not `close`: a daemon that the program left behind may keep the pipes open.
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => setTimeout(() => resolve(code), 20));
    child.on('close', (code) => resolve(code));
  });
  child.stdout?.destroy();
  child.stderr?.destroy();
  return { status, stdout: text(stdout), stderr: text(stderr) };
}

/** Its standard output; an error that tells everything when it does not end with status 0. */
export async function output(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await command(argv, options);
  if (status !== 0) throw new Error(`${argv.join(' ').slice(0, 300)}: status ${status}\n${stdout}${stderr}`);
  return stdout;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until `look` gives something; an error naming `what` after the time. */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  seconds = 20,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await pause(50);
  }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
