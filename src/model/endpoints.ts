// Where a process listens, read from the words people write for it.

import { goFlag } from './arguments.ts';
import type { Endpoint } from './deployment.ts';
import { type Located, map } from './located.ts';

/**
 * A gunicorn address: `HOST:PORT`, `HOST`, `:PORT`, `[v6]:PORT`, `unix:PATH`, `fd://N`, each also behind `tcp://`.
 * Undefined for what gunicorn refuses. Its rules: only the part after the last `unix:` counts, ends are stripped,
 * port 8000 where none is given.
 */
export function gunicornEndpoint(bind: Located<string>): Endpoint | undefined {
  let text = bind.value.trim();
  const unix = text.lastIndexOf('unix:');
  if (unix >= 0) {
    const path = text.slice(unix + 5).replace(/^\/\//, '');
    return path === '' ? undefined : { kind: 'unix', path, origin: bind };
  }
  const fd = /^fd:\/\/(\d{1,9})$/.exec(text);
  if (fd) return { kind: 'fd', fd: Number(fd[1]), origin: bind };
  if (text.startsWith('tcp://')) text = text.slice(6);
  const match = /^(?:\[([0-9A-Fa-f:.%a-z]*)\]|([^[\]:/,*\s]*))(?::(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const [, v6, name, digits] = match;
  const port = digits === undefined ? 8000 : Number(digits);
  if (port > 65535 || /^\d+$/.test(name ?? '')) return undefined;
  return { kind: 'tcp', host: v6 || name || '0.0.0.0', port, origin: bind };
}

/** Where tusd listens: what stands in its further arguments counts, and a socket file before everything else. */
export function tusdEndpoint(
  host: Located<string>,
  port: Located<number>,
  extra: readonly Located<string>[],
): Endpoint {
  const socket = goFlag(extra, 'unix-sock');
  if (socket && socket.value !== '') return { kind: 'unix', path: socket.value, origin: socket };
  const other = goFlag(extra, 'port');
  const number = other && /^\d{1,5}$/.test(other.value) ? map(other, Number) : port;
  return tcpEndpoint(goFlag(extra, 'host') ?? host, number);
}

/** A host and a port that are settings of their own. */
export function tcpEndpoint(host: Located<string>, port: Located<number>): Endpoint {
  return {
    kind: 'tcp',
    host: host.value,
    port: port.value,
    origin: { value: `${host.value}:${port.value}`, origin: port.origin },
  };
}
