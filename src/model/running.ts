// What a process manager runs, read back from its own files: units or programs that gxgen wrote, or Gravity, or somebody
// by hand. Only what the files say; whether it runs at this moment is another question.

/** One process as its manager knows it. */
export interface RunningProcess {
  /** What systemctl or supervisorctl calls it: `galaxy-handler_3.service`, `galaxy:handler_3`. */
  readonly id: string;
  /** What Galaxy's administrator calls it, told from the id: `handler_3`. */
  readonly name: string;
  /** The file it is written in, relative to the directory. */
  readonly file: string;
  /** The target or group that it belongs to; empty when it is in none. */
  readonly group: string;
  /** Whether it starts with its group. */
  readonly autostart: boolean;
  /** Empty where the command cannot be read. */
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly umask: string;
  readonly user: string;
  readonly userGroup: string;
  /** How long it may take to start and to stop; infinite where nothing limits it. */
  readonly startSeconds: number;
  readonly stopSeconds: number;
  /** True when SIGHUP gives it a new configuration. */
  readonly reloads: boolean;
  /** True when its manager waits until it says that it is ready. */
  readonly notifies: boolean;
  /**
   * Everything its manager is told, by the name of the setting, that a running process only gets by a restart. Two that
   * are equal here start the same.
   */
  readonly atStart: ReadonlyMap<string, string>;
  /** The same for what a running process gets without a restart. */
  readonly atOnce: ReadonlyMap<string, string>;
  /** `--server-name`; absent for what is no handler. */
  readonly serverName?: string;
  readonly pools: readonly string[];
}

/** What a set of files runs. */
export interface RunningSet {
  readonly processes: readonly RunningProcess[];
  /** Targets or groups, in the order of their files. */
  readonly groups: readonly RunningGroup[];
  /** Files that are of the manager and cannot be read, with the reason in words. */
  /** The main file of a manager of Galaxy's own, with what it says about the manager: `supervisord.conf`. */
  readonly main?: { readonly file: string; readonly settings: string };
  readonly unread: readonly { readonly file: string; readonly why: string }[];
}

export interface RunningGroup {
  /** `galaxy.target`, `galaxy`. */
  readonly id: string;
  readonly file: string;
  /** What starts it: `multi-user.target`; empty for a group of supervisor. */
  readonly wantedBy: string;
}

/** The server name and the pools on the command line of one of Galaxy's processes. */
export function galaxyArguments(argv: readonly string[]): Pick<RunningProcess, 'serverName' | 'pools'> {
  const values = (name: string) =>
    argv.flatMap((word, index) => {
      if (word.startsWith(`${name}=`)) return [word.slice(name.length + 1)];
      const next = argv[index + 1];
      return word === name && next !== undefined ? [next] : [];
    });
  const serverName = values('--server-name').at(-1);
  return { ...(serverName === undefined ? {} : { serverName }), pools: values('--attach-to-pool') };
}

/** A command with what env(1) sets for it taken out of its words. */
export function withoutEnv(
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
): Pick<RunningProcess, 'argv' | 'env'> {
  if (argv[0] !== '/usr/bin/env') return { argv, env };
  const rest = argv.slice(argv[1] === '--' ? 2 : 1);
  const program = rest.findIndex((word) => !/^[^=]+=/.test(word));
  if (program < 0) return { argv, env };
  const all = new Map(env);
  for (const word of rest.slice(0, program)) {
    const at = word.indexOf('=');
    all.set(word.slice(0, at), word.slice(at + 1));
  }
  return { argv: rest.slice(program), env: all };
}
