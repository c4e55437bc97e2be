// Paths of the server, as text: a configuration is often compiled where it will not run.

/** True for `/...`. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** `base/path`, or `path` when it is absolute; nothing is resolved. */
export function join(base: string, path: string): string {
  return isAbsolute(path) ? path : base === '/' ? `/${path}` : `${base}/${path}`;
}

/** Without `.`, `..`, doubled and trailing slashes, as Python's `os.path.normpath`. */
export function normalize(path: string): string {
  const absolute = isAbsolute(path);
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  return (absolute ? '/' : '') + parts.join('/') || '.';
}

/** The part before the last slash; `/` for a file in the root. */
export function dirname(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
}

/** The part after the last slash. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `path` seen from `folder`, when it lies in it. */
export function within(folder: string, path: string): string | undefined {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** Without the slashes at its ends: `galaxy` for `/galaxy/`, nothing for `/`. */
export function trimSlashes(path: string): string {
  let start = 0;
  let end = path.length;
  while (start < end && path[start] === '/') start++;
  while (end > start && path[end - 1] === '/') end--;
  return path.slice(start, end);
}

/** The directory for temporary files that a path lies in, where it lies in one: they are emptied, and open to all. */
export function temporaryFolder(path: string): string | undefined {
  const clean = normalize(path);
  return ['/tmp', '/var/tmp', '/dev/shm'].find((one) => clean === one || clean.startsWith(`${one}/`));
}
