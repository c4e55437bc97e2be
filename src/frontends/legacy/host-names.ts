// Handlers of several hosts in one job configuration: their names begin with that of the host, or hold it.

import type { ReadProgram } from './supervisor-programs.ts';

export interface HostClues {
  readonly programs: readonly ReadProgram[];
  /** Names of servers that are started here. */
  readonly started: ReadonlySet<string>;
  /** Of this host, where gxgen.yml says it. */
  readonly hostName?: string;
}

/** The host that starts the handler of that name, where it is another one than this. */
export function otherHost(id: string, { programs, started, hostName }: HostClues): string | undefined {
  for (const { get } of programs) {
    const host = hostIn(id, get('command')?.text ?? '');
    // Without the name of this host nobody knows which one it is, which has been said.
    if (host !== undefined) return host === hostName ? undefined : hostName && host;
  }
  return likeStarted(id, started);
}

/** True for a name that a program gives out on one of its hosts. */
export function isOfSomeHost(id: string, programs: readonly ReadProgram[]): boolean {
  return programs.some(({ get }) => hostIn(id, get('command')?.text ?? '') !== undefined);
}

// `--server-name=%(host_node_name)s_handler%(process_num)s`, read backwards.
function hostIn(id: string, command: string): string | undefined {
  const pattern = /--server-name[= ]['"]?([^\s'"]*%\(host_node_name\)[^\s'"]*)/.exec(command)?.[1];
  if (pattern === undefined) return undefined;
  const source = pattern.replace(
    /%\((\w+)\)\d*[a-z]|%%|[^\w]/g,
    (whole: string, name: string | undefined) => {
      if (name === 'host_node_name') return '([A-Za-z0-9][A-Za-z0-9.-]*)';
      if (name === 'process_num') return '\\d+';
      return name === undefined ? `\\${whole === '%%' ? '%' : whole}` : '.+';
    },
  );
  return new RegExp(`^${source}$`).exec(id)?.[1];
}

// `main_w2_handler0` beside a `main_w1_handler0` that is started: one part that is numbered has another number, and it is
// not the last one, which numbers the handlers.
function likeStarted(id: string, started: ReadonlySet<string>): string | undefined {
  const parts = id.split(/[_.-]/);
  for (const name of started) {
    const own = name.split(/[_.-]/);
    if (own.length !== parts.length || own.length < 2) continue;
    const differing = parts.flatMap((part, index) => (part === own[index] ? [] : [index]));
    const [first = -1] = differing;
    const [one, other] = [parts[first] ?? '', own[first] ?? ''];
    if (
      differing.length === 1 &&
      first < parts.length - 1 &&
      /[A-Za-z]\d+$/.test(one) &&
      stem(one) === stem(other)
    )
      return one;
  }
  return undefined;
}

function stem(text: string): string {
  return text.replace(/\d+$/, '');
}
