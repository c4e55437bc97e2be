// The loopback of a sandbox, as the tests reach it from outside.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connect as secure } from 'node:tls';
import { until } from '../command.ts';
import type { Sandbox } from '../sandbox.ts';
import { folder } from '../scratch.ts';

/** Where a connection goes. */
export type Address =
  | { readonly unix: string }
  | {
      readonly port: number;
      readonly host?: string;
      /** The name asked for in the TLS handshake; without it the connection is plain. */
      readonly tls?: string;
    };

export interface Network {
  /** A connection; what goes wrong with it is an `error` or an early `end`. */
  open(to: Address): Duplex;
}

let count = 0;

/** Brings the loopback of a sandbox up and opens the door to it. */
export async function network(box: Sandbox): Promise<Network> {
  await box.output(['ip', 'link', 'set', 'lo', 'up']);
  const socket = join(folder('doors'), `${++count}`);
  const [program = '', ...args] = box.inside([
    process.execPath,
    join(import.meta.dirname, 'door.mjs'),
    socket,
  ]);
  // It ends with the sandbox, whose processes all do.
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  child.unref();
  await until('the door into the sandbox', () => existsSync(socket) || undefined);
  return {
    open(to) {
      if ('unix' in to) return connect({ path: to.unix, allowHalfOpen: true });
      const plain: Socket = connect({ path: socket, allowHalfOpen: true });
      plain.write(`${to.host ?? '127.0.0.1'} ${to.port}\n`);
      if (to.tls === undefined) return plain;
      // The certificates are of the test's own making; who signed them is not what is tried.
      const options = { socket: plain, servername: to.tls, rejectUnauthorized: false };
      const tls = secure({ ...options, ALPNProtocols: ['http/1.1'] });
      plain.on('error', (error) => tls.destroy(error));
      return tls;
    },
  };
}
