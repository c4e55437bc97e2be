import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hostName } from '../../src/backends/host-name.ts';

const test = suite('host names');

const long = 'a'.repeat(63);

for (const name of [
  'galaxy.example.org',
  '*.ep.interactivetool.galaxy.example.org',
  'localhost',
  'xn--gtk-hoa.example.org',
  '10.0.0.7',
  `${long}.${long}.${long}.${'b'.repeat(61)}`,
])
  test(`${name} is one`, () => assert.equal(hostName(name), { text: name }));

for (const name of [
  ...['', '*', '*.', 'a b', '~^x', 'a..b', '.a', 'a.', '-a', 'a-', 'a;b', 'é.example.org', '[::1]', 'a:80'],
  ...['0', '007', 'galaxy.example.1', `${long}a.org`, `${long}.${long}.${long}.${'b'.repeat(62)}`, 'a\nb'],
])
  test(`${JSON.stringify(name)} is none`, () => assert.equal(hostName(name), { refusal: 'is no host name' }));

test.run();
