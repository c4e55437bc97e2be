// A unit file as systemd reads it: sections and directives in order, drop-ins behind the unit (systemd.syntax(7)).

/** The values of each directive, `Service.ExecStart`, in order; an empty one has taken back what stood before it. */
export type Directives = ReadonlyMap<string, readonly string[]>;

let known: ReadonlySet<string> | undefined;

/** Lists that go on over several lines; of any other directive the last one counts. */
function isList(key: string): boolean {
  // Only made by who reads units.
  known ??= new Set([
    'Service.Environment',
    'Service.EnvironmentFile',
    'Service.PassEnvironment',
    'Service.UnsetEnvironment',
    'Service.ExecCondition',
    'Service.ExecStart',
    'Service.ExecStartPre',
    'Service.ExecStartPost',
    'Service.ExecReload',
    'Service.ExecStop',
    'Service.ExecStopPost',
    'Service.ReadWritePaths',
    'Service.SupplementaryGroups',
    'Unit.After',
    'Unit.Before',
    'Unit.BindsTo',
    'Unit.PartOf',
    'Unit.Requires',
    'Unit.Wants',
    'Install.Alias',
    'Install.Also',
    'Install.RequiredBy',
    'Install.WantedBy',
  ]);
  return known.has(key);
}

/** @param texts the unit, then its drop-ins in the order of their names */
export function readDirectives(texts: readonly string[]): Directives {
  const found = new Map<string, string[]>();
  for (const text of texts) {
    let section = '';
    for (const line of logicalLines(text)) {
      const header = /^\[([^\]]*)\]$/.exec(line)?.[1];
      if (header !== undefined) {
        section = header;
        continue;
      }
      const at = line.indexOf('=');
      if (at <= 0) continue;
      const key = `${section}.${line.slice(0, at).replace(/[ \t]+$/, '')}`;
      const value = line.slice(at + 1).replace(/^[ \t]+/, '');
      if (!isList(key)) found.set(key, [value]);
      else if (value === '') found.delete(key);
      else found.set(key, [...(found.get(key) ?? []), value]);
    }
  }
  return found;
}

/** Lines without comments; a backslash at the end joins the next one with a blank. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const raw of text.split(/\r\n?|\n/)) {
    const line = raw.replace(/^[ \t]+|[ \t]+$/g, '');
    if (/^[#;]/.test(line)) continue;
    const whole = open === undefined ? line : `${open} ${line}`;
    open = undefined;
    if (whole.endsWith('\\')) open = whole.slice(0, -1);
    else if (whole !== '') lines.push(whole);
  }
  return open === undefined || open === '' ? lines : [...lines, open];
}

/** A time span in seconds; infinite for `infinity` and, as for the timeouts of a service, 0. */
export function seconds(span: string | undefined, usual: number): number {
  if (span === undefined || span === '') return usual;
  if (span === 'infinity') return Number.POSITIVE_INFINITY;
  let total = 0;
  for (const part of span.matchAll(/([0-9.]+)\s*([a-zA-Z]*)/g)) {
    const unit = units[part[2] ?? ''];
    if (unit === undefined) return usual;
    total += Number(part[1]) * unit;
  }
  if (Number.isNaN(total)) return usual;
  return total === 0 ? Number.POSITIVE_INFINITY : total;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  us: 1e-6,
  usec: 1e-6,
  ms: 1e-3,
  msec: 1e-3,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
};
