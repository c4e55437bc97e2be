// Handlers by name to groups of numbered processes whose names come out the same: jobs in the database keep the name of
// the handler they were given to.

export interface NamedHandler {
  /** Its server name, as the database has it. */
  readonly name: string;
  readonly pools: readonly string[];
  /** What else has to be the same within a group: environment, umask, time limits. */
  readonly likeness: string;
}

export interface HandlerGroup {
  /** The key in `gravity.handlers`. */
  readonly key: string;
  readonly processes: number;
  /** Absent where Gravity's own makes the names. */
  readonly nameTemplate?: string;
  readonly pools: readonly string[];
  /** In order of their numbers. */
  readonly names: readonly string[];
}

interface Numbered {
  readonly handler: NamedHandler;
  readonly base: string;
  readonly separator: string;
  readonly digits: string;
}

/** Groups in the order of their first handler. */
export function groupHandlers(handlers: readonly NamedHandler[]): HandlerGroup[] {
  const families = new Map<string, Numbered[]>();
  for (const handler of handlers) {
    const parts = split(handler);
    const key = JSON.stringify([parts.base, parts.separator, handler.pools, handler.likeness]);
    families.set(key, [...(families.get(key) ?? []), parts]);
  }
  const taken = new Set<string>();
  return [...families.values()].flatMap((family) => {
    const group = numberedGroup(family, taken);
    if (group) taken.add(group.key);
    return group ? [group] : family.map(({ handler }) => single(handler, taken));
  });
}

function split(handler: NamedHandler): Numbered {
  const [, stem = handler.name, digits = ''] = /^(.*?)(\d*)$/s.exec(handler.name) ?? [];
  const [, base = stem, separator = ''] = /^(.*?[^-_.])([-_.]*)$/s.exec(stem) ?? [];
  return digits === '' || stem === ''
    ? { handler, base: handler.name, separator: '', digits: '' }
    : { handler, base, separator, digits };
}

/** One group for names that count from 0 without a gap; undefined where they do not. */
function numberedGroup(family: readonly Numbered[], taken: ReadonlySet<string>): HandlerGroup | undefined {
  const sorted = [...family].sort((a, b) => Number(a.digits) - Number(b.digits));
  const [first] = sorted;
  if (!first || first.digits === '' || taken.has(first.base)) return undefined;
  const width = first.digits.length;
  const padded = width > 1;
  const counts = sorted.every(
    ({ digits }, index) => digits === (padded ? String(index).padStart(width, '0') : String(index)),
  );
  // A name of one process that ends in a digit needs no group.
  if (!counts || (sorted.length === 1 && family.length === 1 && first.separator === '')) return undefined;
  const braces =
    `${first.base}${first.separator}`.includes('{') || `${first.base}${first.separator}`.includes('}');
  if (braces) return undefined;
  const template = `{name}${first.separator}${padded ? `{process:0${width}d}` : '{process}'}`;
  return {
    key: first.base,
    processes: sorted.length,
    ...(template === '{name}_{process}' && !isAlone(first.base, sorted.length)
      ? {}
      : { nameTemplate: template }),
    pools: first.handler.pools,
    names: sorted.map(({ handler }) => handler.name),
  };
}

function single({ name, pools }: NamedHandler, taken: Set<string>): HandlerGroup {
  let key = name;
  while (taken.has(key)) key = `${key}-alone`;
  taken.add(key);
  const template = key === name && !/[{}]/.test(name) ? '{name}' : name.replace(/[{}]/g, '$&$&');
  return {
    key,
    processes: 1,
    ...(isAlone(key, 1) && key === name ? {} : { nameTemplate: template }),
    pools,
    names: [name],
  };
}

/** True for the one process that Gravity calls by its key. */
function isAlone(key: string, processes: number): boolean {
  return processes === 1 && /\d$/.test(key);
}
