// Paths on the machine in memory.

const mostLinks = 40;
// Most paths are clean, and are asked for often.
const unclean = /\/\.{0,2}(\/|$)/;

/** The absolute path with every link followed; undefined for a loop. @param linkAt the text of a link, if one stands there */
export function follow(path: string, linkAt: (place: string) => string | undefined): string | undefined {
  let rest = segments(path);
  let place = '';
  for (let links = 0; rest.length > 0; ) {
    const [first = '', ...others] = rest;
    const next = `${place}/${first}`;
    const to = linkAt(next);
    rest = others;
    if (to === undefined) {
      place = next;
      continue;
    }
    if (++links > mostLinks) return undefined;
    rest = [...segments(join(place === '' ? '/' : place, to)), ...others];
    place = '';
  }
  return place === '' ? '/' : place;
}

export function join(folder: string, path: string): string {
  if (path.startsWith('/') && !unclean.test(path)) return path;
  return `/${segments(path.startsWith('/') ? path : `${folder}/${path}`).join('/')}`;
}

/** Without `.`, and with `..` taken back. */
function segments(path: string): string[] {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return kept;
}

export function parent(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

export function name(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Every directory on the way to a path, and the path. */
export function ancestors(path: string): string[] {
  return segments(path).map((_, index, all) => `/${all.slice(0, index + 1).join('/')}`);
}
