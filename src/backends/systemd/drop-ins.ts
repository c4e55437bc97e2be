// Which drop-ins change a unit, and in which order (systemd.unit(5)).

/**
 * Of the paths below a unit directory, those of drop-ins for a unit, in the order in which they count: that of their names,
 * whatever folder they are in. Of two with one name the one in the more particular folder counts.
 * @param file the unit's file, which for an instance is that of its template
 */
export function dropInPaths(paths: Iterable<string>, file: string, id: string): string[] {
  const folders = [...new Set([...foldersFor(id), ...foldersFor(file)])];
  const rank = (path: string) => folders.indexOf(path.slice(0, path.lastIndexOf('/')));
  const found = new Map<string, string>();
  const fitting = [...paths].filter((path) => path.endsWith('.conf') && rank(path) >= 0);
  for (const path of fitting.sort((a, b) => rank(b) - rank(a))) found.set(nameOf(path), path);
  return [...found.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** `a-b.service.d`, `a-.service.d` and `service.d` for `a-b.service`, the most particular first. */
function foldersFor(unit: string): string[] {
  const [, name = '', type = ''] = /^(.*)\.(\w+)$/s.exec(unit) ?? [];
  const prefixes = [...name].flatMap((character, at) => (character === '-' ? [name.slice(0, at + 1)] : []));
  return [name, ...prefixes.reverse()].map((one) => `${one}.${type}.d`).concat(`${type}.d`);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
