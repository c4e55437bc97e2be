// The cipher suites of TLS 1.2 in Mozilla's intermediate profile. Those of TLS 1.3 are all good.

const elliptic = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305'].flatMap((one) => [
  `ECDHE-ECDSA-${one}`,
  `ECDHE-RSA-${one}`,
]);
const finite = ['DHE-RSA-AES128-GCM-SHA256', 'DHE-RSA-AES256-GCM-SHA384', 'DHE-RSA-CHACHA20-POLY1305'];

/** @param dh with the suites that need a file of Diffie-Hellman parameters */
export function suites(dh: boolean): string {
  return [...elliptic, ...(dh ? finite : [])].join(':');
}
