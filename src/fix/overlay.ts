// The machine as it would be with the fixed files on it.

import type { Host } from '../host/host.ts';
import { type Document, encoded } from './document.ts';

/** The host with these documents in place of the files; everything else is as it is. */
export function overlay(host: Host, documents: Iterable<Document>): Host {
  const texts = new Map([...documents].map((one) => [one.place, encoded(one)]));
  return {
    ...host,
    read(path) {
      const bytes = texts.get(host.realpath(path));
      return bytes === undefined ? host.read(path) : { ok: true, bytes };
    },
  };
}
