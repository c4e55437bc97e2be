// As much of a websocket as an echo needs: the upgrade, and short text messages both ways.

import { randomBytes } from 'node:crypto';
import type { Header } from './http.ts';
import type { Address, Network } from './network.ts';

export interface Spoken {
  /** Of the answer to the upgrade; 101 when the protocol was changed. */
  readonly status: number;
  /** What came back: first the report of the other side, then the echoes. */
  readonly messages: readonly string[];
}

/** Upgrades, says each word, waits for what comes back, and leaves. */
export async function speak(
  network: Network,
  to: Address,
  target: string,
  headers: readonly Header[],
  words: readonly string[],
): Promise<Spoken> {
  const stream = network.open(to);
  const lines = [
    `GET ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ];
  stream.write(`${lines.join('\r\n')}\r\n\r\n`);
  let status = 0;
  let rest = Buffer.alloc(0);
  const messages: string[] = [];
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 10_000);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    stream.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      if (status === 0) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        status = Number(rest.toString('latin1', 0, end).split(' ')[1]);
        rest = rest.subarray(end + 4);
        if (status !== 101) return done();
        for (const word of words) stream.write(frame(word));
      }
      for (let found = unframe(rest); found; found = unframe(rest)) {
        messages.push(found.text);
        rest = rest.subarray(found.length);
      }
      if (messages.length > words.length) done();
    });
    for (const event of ['error', 'end', 'close']) stream.on(event, done);
  });
  stream.destroy();
  return { status, messages };
}

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, masked]);
}

function unframe(bytes: Buffer): { text: string; length: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 127;
  if (short === 127 || (short === 126 && bytes.length < 4)) return undefined;
  const start = short === 126 ? 4 : 2;
  const length = start + (short === 126 ? bytes.readUInt16BE(2) : short);
  return bytes.length < length ? undefined : { text: bytes.toString('utf8', start, length), length };
}
