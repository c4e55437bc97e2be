// HTTP/1.1 as it goes over the wire: requests are sent exactly as written (no library would let a `//`, a `%2F` or two
// Host lines through), answers are read with the time at which each piece arrived.

import type { Duplex } from 'node:stream';
import type { Address, Network } from './network.ts';

export type Header = readonly [name: string, value: string];

export interface Request {
  readonly method: string;
  /** What stands in the request line. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body?: Buffer | AsyncIterable<Buffer>;
}

export interface Answer {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Pieces of the body with their times, in seconds of the clock that all processes of a machine share. */
  readonly pieces: readonly { readonly at: number; readonly bytes: number }[];
  /** When the last byte of the request was handed to the network. */
  readonly sent: number;
  /** Seconds from the start to the end. */
  readonly took: number;
  /** The value of a header, or several joined by a bar; undefined where there is none. */
  header(name: string): string | undefined;
}

/** Seconds of the machine's monotonic clock, the one that Python's time.monotonic() tells. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}

/** One request on a connection of its own. @param seconds after which it counts as never answered */
export async function exchange(
  network: Network,
  to: Address,
  request: Request,
  seconds = 30,
): Promise<Answer> {
  const stream = network.open(to);
  const started = now();
  let sent = started;
  let timer: NodeJS.Timeout | undefined;
  const reader = new Reader(request.method);
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
    stream.on('data', (chunk: Buffer) => {
      if (reader.take(chunk)) resolve();
    });
    stream.on('error', () => resolve());
    stream.on('end', () => resolve());
    stream.on('close', () => resolve());
  });
  const sending = send(stream, request).then(() => {
    sent = now();
  });
  await Promise.race([end, sending.then(() => end)]);
  clearTimeout(timer);
  stream.destroy();
  await sending;
  return reader.answer(sent, now() - started);
}

async function send(stream: Duplex, { method, target, headers, body }: Request): Promise<void> {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  stream.write(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1'));
  if (body === undefined) return;
  for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
    if (stream.destroyed) return;
    if (!stream.write(chunk))
      await new Promise<void>((resolve) => {
        stream.once('drain', resolve);
        stream.once('close', resolve);
      });
  }
}

/** Puts an answer together from what arrives. */
class Reader {
  private rest: Buffer = Buffer.alloc(0);
  private head: { status: number; headers: Header[] } | undefined;
  private readonly body: Buffer[] = [];
  private readonly pieces: { at: number; bytes: number }[] = [];
  private wanted: number | 'chunks' | 'end' = 'end';
  private size = 0;
  private readonly method: string;

  constructor(method: string) {
    this.method = method;
  }

  /** True once the answer is whole. */
  take(chunk: Buffer): boolean {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (this.head === undefined && !this.takeHead()) return false;
    if (this.wanted === 'chunks') return this.takeChunks();
    this.keep(this.rest);
    this.rest = Buffer.alloc(0);
    return this.wanted !== 'end' && this.size >= this.wanted;
  }

  private takeHead(): boolean {
    for (;;) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return false;
      const [first = '', ...lines] = this.rest.toString('latin1', 0, end).split('\r\n');
      this.rest = this.rest.subarray(end + 4);
      const status = Number(first.split(' ')[1]);
      // An interim answer, of which only the change of protocol is the last one.
      if (status < 200 && status !== 101) continue;
      const headers = lines.map((line): Header => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      });
      this.head = { status, headers };
      const of = (name: string) => headers.find(([one]) => one === name)?.[1];
      if (this.method === 'HEAD' || status === 204 || status === 304 || status === 101) this.wanted = 0;
      else if (of('transfer-encoding') === 'chunked') this.wanted = 'chunks';
      else if (of('content-length') !== undefined) this.wanted = Number(of('content-length'));
      return true;
    }
  }

  private takeChunks(): boolean {
    for (;;) {
      const line = this.rest.indexOf('\r\n');
      if (line < 0) return false;
      const length = Number.parseInt(this.rest.toString('latin1', 0, line), 16);
      if (this.rest.length < line + 2 + length + 2) return false;
      this.keep(this.rest.subarray(line + 2, line + 2 + length));
      this.rest = this.rest.subarray(line + 2 + length + 2);
      if (length === 0) return true;
    }
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.body.push(bytes);
    this.size += bytes.length;
    this.pieces.push({ at: now(), bytes: bytes.length });
  }

  answer(sent: number, took: number): Answer {
    const headers = this.head?.headers ?? [];
    const { body, pieces } = this;
    return {
      ...{ status: this.head?.status ?? 0, headers, body: Buffer.concat(body), pieces, sent, took },
      header: (name) => {
        const values = headers.filter(([one]) => one === name.toLowerCase()).map(([, value]) => value);
        return values.length > 0 ? values.join(' | ') : undefined;
      },
    };
  }
}
