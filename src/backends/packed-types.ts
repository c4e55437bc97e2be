// What is worth packing on its way. Never text/event-stream: an event would wait until there is enough to pack.

/** nginx always has text/html. */
export const packedTypes: readonly string[] = [
  ...['text/plain', 'text/css', 'text/xml', 'text/javascript', 'application/javascript'],
  ...['application/json', 'application/xml', 'image/svg+xml'],
];

/** Archives that Galaxy sends unpacked because the proxy packs them (upstream_gzip). */
export const archiveTypes: readonly string[] = ['application/zip', 'application/x-tar'];
