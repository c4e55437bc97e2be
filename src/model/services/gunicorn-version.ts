// gunicorn 25.1.0 opens a control socket unless told not to; Galaxy wants none. Source: Gravity 1.2.1 and later.

/** The version pinned in a requirements file, whatever marker or comment stands behind it. */
export function pinnedGunicorn(requirements: string): string | undefined {
  return /^[ \t]*gunicorn(?:\[[^\]\n]*\])?[ \t]*===?[ \t]*([0-9][0-9A-Za-z.+!]*)/m.exec(requirements)?.[1];
}

/** True from 25.1.0 on; a pre-release of 25.1.0 comes before it. */
export function hasControlSocket(version: string): boolean {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)$/.exec(version);
  if (!match) return false;
  const [major, minor, patch] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (major !== 25) return major > 25;
  if (minor !== 1 || patch > 0) return minor > 1 || (minor === 1 && patch > 0);
  return !/^\.?(a|b|rc|dev|alpha|beta|c|pre)/.test(match[4] ?? '');
}
