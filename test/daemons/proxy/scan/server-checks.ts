// The mistakes of servers and upstreams, and of what every request has with it.

import {
  type Check,
  each,
  header,
  inherited,
  inLocation,
  own,
  passes,
  secured,
  sent,
  servers,
  toGalaxy,
} from './check.ts';
import { walk } from './syntax.ts';

export const serverChecks: readonly Check[] = [
  {
    name: 'a version that is told',
    bad: 'server { listen 80; }',
    find: (tree) =>
      servers(tree)
        .filter(({ around, server }) => inherited('server_tokens', [...around, server])[0]?.args[0] !== 'off')
        .map(({ server }) => server.line),
  },
  {
    name: 'a socket without a server for strangers',
    bad: 'server { listen 443 ssl; server_name galaxy.example.org; }',
    find(tree) {
      const listens = servers(tree).flatMap(({ server }) => own(server, 'listen'));
      const strangers = servers(tree).flatMap(({ server }) =>
        own(server, 'return').some(({ args }) => args[0] === '444')
          ? own(server, 'listen').filter(({ args }) => args.includes('default_server'))
          : [],
      );
      return listens
        .filter(({ args }) => !strangers.some((one) => one.args[0] === args[0]))
        .map(({ line }) => line);
    },
  },
  {
    name: 'a secured socket without a rule for protocols',
    bad: 'server { listen 443 ssl; }',
    find: (tree) =>
      servers(tree)
        .filter(
          ({ server, around }) =>
            secured(server) && inherited('ssl_protocols', [...around, server]).length === 0,
        )
        .map(({ server }) => server.line),
  },
  each(
    'an old protocol',
    'server { ssl_protocols TLSv1 TLSv1.2; }',
    ({ directive: { name, args } }) =>
      name === 'ssl_protocols' && args.some((one) => !/^TLSv1\.[23]$/.test(one)),
  ),
  each(
    'a weak cipher',
    'server { ssl_ciphers HIGH:RC4; }',
    ({ directive: { name, args } }) =>
      name === 'ssl_ciphers' &&
      (args[0] ?? '')
        .split(':')
        .some(
          (one) =>
            !/^ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)$|^DHE-RSA-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)$/.test(
              one,
            ),
        ),
  ),
  {
    name: 'a public site without Strict-Transport-Security',
    bad: 'server { listen 443 ssl; server_name galaxy.example.org; }',
    find: (tree) =>
      servers(tree)
        .filter(
          ({ server, around }) =>
            secured(server) &&
            own(server, 'return')[0]?.args[0] !== '444' &&
            !inherited('add_header', [...around, server]).some(
              ({ args }) => args[0] === 'Strict-Transport-Security',
            ),
        )
        .map(({ server }) => server.line),
  },
  each(
    'an accelerated location that anybody may ask',
    'location /_x_accel_redirect/ { alias /; }',
    ({ directive: { name, args, block = [] } }) =>
      name === 'location' && /accel/.test(args.join(' ')) && !block.some((one) => one.name === 'internal'),
  ),
  each(
    'all of the disk for accelerated downloads',
    'location /_x_accel_redirect/ { internal; alias /; }',
    ({ directive: { name, args } }) => ['alias', 'root'].includes(name) && args[0] === '/',
  ),
  each(
    'an expiry in seconds that was meant in hours',
    'location /static/ { expires 24; }',
    ({ directive: { name, args } }) => name === 'expires' && /^\d{1,3}$/.test(args[0] ?? ''),
  ),
  each(
    'a connection that is always upgraded',
    header('proxy_set_header Connection "upgrade";'),
    ({ directive: { name, args } }) =>
      name === 'proxy_set_header' && args[0] === 'Connection' && args[1] === 'upgrade',
  ),
  each(
    'an upgrade without its connection',
    header('proxy_set_header Upgrade $http_upgrade;'),
    ({ directive, around }) =>
      directive.name === 'proxy_set_header' &&
      directive.args[0] === 'Upgrade' &&
      !sent(around).has('connection'),
  ),
  each(
    'requests sent twice, or members never tried',
    'upstream galaxy { server a; } server { proxy_next_upstream off; }',
    ({ directive: { name, args } }) =>
      /_next_upstream$/.test(name) && args.some((one) => ['off', 'non_idempotent'].includes(one)),
  ),
  {
    name: 'members that are struck off the list',
    bad: 'upstream galaxy { server unix:/a; server unix:/b; }',
    find: (tree) =>
      tree
        .filter((one) => one.name === 'upstream')
        .flatMap((one) => (own(one, 'server').length > 1 ? own(one, 'server') : []))
        .filter(({ args }) => !args.includes('max_fails=0'))
        .map(({ line }) => line),
  },
  {
    name: 'a request that reaches Galaxy with what the client says about itself',
    bad: header('proxy_set_header Host $host;'),
    find: (tree) =>
      [...walk(tree)]
        .filter(({ directive, around }) => {
          if (!passes.includes(directive.name) || !toGalaxy(directive)) return false;
          const headers = sent(around);
          return ['x-forwarded-for', 'x-forwarded-host', 'x-url-scheme', 'remote-user', 'gx-secret'].some(
            (name) => !headers.has(name),
          );
        })
        .map(({ directive }) => directive.line),
  },
  each(
    'files of a kind without its type',
    'location /static/ { types { text/css css; } }',
    // The list in a location replaces the one outside, unless that is included there, too.
    ({ directive: { name }, around }) => {
      const place = inLocation(around);
      return (
        name === 'types' &&
        place !== undefined &&
        !own(place, 'include').some(({ args }) => args[0] === 'mime.types')
      );
    },
  ),
  each(
    'underscores let in',
    'server { underscores_in_headers on; }',
    ({ directive: { name, args } }) => name === 'underscores_in_headers' && args[0] === 'on',
  ),
];
