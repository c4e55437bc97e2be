// Addresses as people write them, and who can reach them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Instance } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';
import { infrastructureUrl, isLoopback, isPublic, isWildcard } from '../../src/model/site.ts';

const test = suite('site');

const urls: [text: string, parts: string | undefined, isOpen: boolean][] = [
  ['https://galaxy.example.org', 'https galaxy.example.org - ', true],
  ['https://galaxy.example.org/', 'https galaxy.example.org - /', true],
  ['HTTPS://Galaxy.Example.org:8443/galaxy', 'https galaxy.example.org 8443 /galaxy', true],
  ['http://user@10.0.0.5:8080', 'http 10.0.0.5 8080 ', true],
  ['http://[2001:db8::1]:80/x', 'http 2001:db8::1 80 /x', false],
  ['http://localhost:8080', 'http localhost 8080 ', false],
  ['http://127.0.0.1', 'http 127.0.0.1 - ', false],
  ['http://galaxy:8080', 'http galaxy 8080 ', false],
  ['http://$HOST_IP:$GALAXY_WEB_PORT', 'http $host_ip - ', false],
  ['galaxy.example.org', undefined, false],
  ['https://', undefined, false],
  ['ftp://galaxy.example.org', undefined, false],
];
for (const [text, parts, isOpen] of urls) {
  test(`${text} is ${parts ?? 'no web address'}`, () => {
    const instance = {
      options: [{ name: 'galaxy_infrastructure_url', value: byDefault(text), secret: false }],
    } as unknown as Instance;
    const url = infrastructureUrl(instance);
    assert.is(url && `${url.scheme} ${url.host} ${url.port ?? '-'} ${url.path}`, parts);
    assert.is(isPublic(instance), isOpen);
  });
}

const hosts: [host: string, loopback: boolean, wildcard: boolean][] = [
  ['localhost', true, false],
  ['LOCALHOST', true, false],
  ['127.0.0.1', true, false],
  ['127.1.2.3', true, false],
  ['::1', true, false],
  ['0.0.0.0', false, true],
  ['::', false, true],
  ['', false, true],
  ['10.0.0.5', false, false],
  ['127.example.org', false, false],
];
for (const [host, loopback, wildcard] of hosts) {
  test(`"${host}"`, () => {
    assert.is(isLoopback(host), loopback);
    assert.is(isWildcard(host), wildcard);
  });
}

test.run();
