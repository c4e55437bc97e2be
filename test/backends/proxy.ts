// Proxy settings and legacy web servers for the tests of the proxies.

import type { Endpoint, Instance, Process, Service } from '../../src/model/deployment.ts';
import type { ProxySettings } from '../../src/model/proxy/settings.ts';
import { readProxy } from '../../src/schema/proxy-settings.ts';
import { readSection } from '../../src/schema/section.ts';
import { tree } from '../schema/tree.ts';
import { here, sampleInstance } from './sample.ts';

/** The settings that gxgen.yml would give with these lines under `proxy:`. */
export function proxyOf(yaml: string): ProxySettings {
  return readProxy(readSection('proxy', tree(yaml)));
}

/** A site with TLS. */
export const sampleSite = proxyOf(`
server_name: [galaxy.example.org, www.galaxy.example.org]
tls: {certificate: /etc/ssl/galaxy.pem, certificate_key: /etc/ssl/galaxy.key}
`);

/** A web server of an older Galaxy that listens on these sockets. */
export function webServer(kind: Service['kind'], listens: readonly Endpoint[]): Service {
  const [gunicorn] = sampleInstance().services;
  const pattern = gunicorn?.processes[0] as Process;
  return {
    kind,
    name: kind,
    settings: {},
    processes: listens.map((one, index) => processOf(pattern, one, `${kind}${index}`)),
  };
}

function processOf(pattern: Process, endpoint: Endpoint, name: string): Process {
  return { ...pattern, name, type: name.replace(/\d+$/, ''), listens: [endpoint] };
}

export function tcp(port: number, host = '127.0.0.1', protocol?: 'http' | 'uwsgi'): Endpoint {
  return { kind: 'tcp', host, port, origin: here(`${host}:${port}`), ...(protocol ? { protocol } : {}) };
}

export function unix(path: string, protocol?: 'http' | 'uwsgi'): Endpoint {
  return { kind: 'unix', path, origin: here(path), ...(protocol ? { protocol } : {}) };
}

/** The option of the `galaxy:` section, as written. */
export function options(values: Readonly<Record<string, string | boolean>>): Instance['options'] {
  return Object.entries(values).map(([name, value]) => ({ name, value: here(value), secret: false }));
}
