// Applications on sockets with any name, all in the process of the tests: they tell which socket they were asked on, what
// for and with which secret, byte for byte, or name a file for the web server to send.

import { createServer, type Server } from 'node:net';
import type { Echo } from './places.ts';

/** Starts one; undefined where such a socket cannot be. */
export async function listen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    let head = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.end(Buffer.from(answer(path, head), 'latin1'));
    });
  });
  return new Promise((resolve) => {
    server.on('error', () => resolve(undefined));
    server.listen({ path, readableAll: true, writableAll: true }, () => resolve(server));
  });
}

function answer(socket: string, head: string): string {
  const [first = '', ...lines] = head.slice(0, head.indexOf('\r\n\r\n')).split('\r\n');
  const target = first.replace(/^\S+ /, '').replace(/ HTTP\/1\.[01]$/, '');
  const [, named] = /^\/send\?header=(.*)$/.exec(target) ?? [];
  if (named !== undefined) {
    const path = Buffer.from(decodeURIComponent(named)).toString('latin1');
    return `HTTP/1.1 200 OK\r\nX-Accel-Redirect: ${path}\r\nX-Sendfile: ${path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
  }
  const secret = lines
    .filter((line) => /^gx-secret:/i.test(line))
    .map((line) => line.replace(/^[^:]*: ?/, ''));
  const echo: Echo = { socket, target, secret };
  const body = Buffer.from(JSON.stringify(echo));
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.toString('latin1')}`;
}
