// The names that supervisord expands in a program.

/** Stands for what is known on the server only: a private character, which no configuration of people has. */
export const unknown = '\u{f0000}';

/** What the site has told of its server. */
export interface Known {
  readonly hostName?: string;
  /** Of supervisord itself. */
  readonly environment: ReadonlyMap<string, string>;
}

interface Context {
  readonly name: string;
  readonly here: string;
  readonly group: string;
  readonly known: Known;
  readonly values: Readonly<Record<string, number>>;
}

/** Where Debian's services look for programs: supervisord is one. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The value of a name; undefined for one that supervisord does not know. */
export function knownName(
  name: string,
  { name: program, here, group, known, values }: Context,
): string | number | undefined {
  if (name === 'program_name') return program;
  if (name === 'here') return here;
  if (name === 'group_name') return group;
  if (name === 'host_node_name') return known.hostName ?? unknown;
  if (Object.hasOwn(values, name)) return values[name];
  const variable = /^ENV_(.*)$/s.exec(name)?.[1];
  if (variable === undefined) return undefined;
  return known.environment.get(variable) ?? (variable === 'PATH' ? systemPath : unknown);
}
