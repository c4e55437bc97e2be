// Galaxy releases: `22.05` came before `23.0`, which came before `23.1`.

type Numbers = readonly [year: number, number: number];

// The releases of the rules and of a few instances, asked for hundreds of times.
const parsed = new Map<string, Numbers | undefined>();

/** Year and number of a release such as `22.05`, `26.0`, `24.2.dev0`; undefined for what is none. */
export function parseRelease(release: string): Numbers | undefined {
  // A hostile file has releases without number, and a text may keep all of its file in memory.
  if (release.length > 6) return parse(release);
  if (!parsed.has(release)) parsed.set(release, parse(release));
  return parsed.get(release);
}

function parse(release: string): Numbers | undefined {
  const match = /^(\d{2})\.(\d{1,2})(?![0-9])/.exec(release.trim());
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** Negative when `a` came before `b`, 0 for the same release: `24.2.1` and `24.2` are. What is no release counts as newest. */
export function compareReleases(a: string, b: string): number {
  const left = parseRelease(a) ?? [Number.MAX_SAFE_INTEGER, 0];
  const right = parseRelease(b) ?? [Number.MAX_SAFE_INTEGER, 0];
  return left[0] - right[0] || left[1] - right[1];
}

/** True when `release` came before `than`. An unknown release is taken for the newest. */
export function isOlder(release: string | undefined, than: string): boolean {
  return release !== undefined && compareReleases(release, than) < 0;
}

/** True from `since` to `until`, both included; without an end where one is left out. An unknown release is the newest. */
export function isWithin(release: string | undefined, since?: string, until?: string): boolean {
  if (since !== undefined && isOlder(release, since)) return false;
  return until === undefined || (release !== undefined && compareReleases(release, until) <= 0);
}
