// The mistakes of locations: what they serve, send on and answer with.

import { type Check, each, header, inherited, inLocation, own, passes, toGalaxy } from './check.ts';
import type { Directive } from './syntax.ts';

export const routeChecks: readonly Check[] = [
  each(
    'an alias one can climb out of',
    'location /static { alias /srv/static/; }',
    ({ directive, around }) => {
      if (directive.name !== 'alias') return false;
      const [modifier = '', path] = inLocation(around)?.args ?? [];
      if (path !== undefined && modifier !== '^~') return false;
      return !(path ?? modifier).endsWith('/') && (directive.args[0] ?? '').endsWith('/');
    },
  ),
  each(
    'an alias that serves its neighbours',
    'location /static { alias /srv/static; }',
    ({ directive, around }) => {
      if (directive.name !== 'alias') return false;
      const [modifier = '', path] = inLocation(around)?.args ?? [];
      const isPrefix = path === undefined || modifier === '^~';
      return isPrefix && !(directive.args[0] ?? '').endsWith('/');
    },
  ),
  each(
    'a folder served by a location without its slash',
    'location /static { root /srv; }',
    ({ directive, around }) => {
      if (directive.name !== 'root' || !inLocation(around)) return false;
      const [modifier = '', path] = inLocation(around)?.args ?? [];
      return (path === undefined || modifier === '^~') && !(path ?? modifier).endsWith('/');
    },
  ),
  each(
    'a free pattern in a path on the disk',
    'location ~ ^/plugins/(.+)/static/(.*)$ { alias /srv/plugins/$1/static/$2; }',
    ({ directive, around }) =>
      ['alias', 'root'].includes(directive.name) &&
      /\$\d/.test(directive.args.join(' ')) &&
      /\.[+*](?!\)?(?:\$|$))/.test(inLocation(around)?.args[1] ?? ''),
  ),
  each(
    'plugin files without a look at what is there',
    'location ~ ^/p/([^/]+)/static/(.*)$ { alias /srv/p/$1/static/$2; }',
    ({ directive, around }) =>
      directive.name === 'alias' &&
      /\$\d/.test(directive.args.join(' ')) &&
      own(around.at(-1) as Directive, 'try_files').length === 0,
  ),
  each(
    'a host that the client chooses',
    header('proxy_set_header Host $http_host;'),
    ({ directive: { name, args } }) =>
      /^(proxy_set_header|uwsgi_param|return|rewrite|add_header)$/.test(name) &&
      args.some((one) => /\$\{?(http_host|http_x_forwarded_host)\b/.test(one)),
  ),
  each(
    'a forwarded header that the client begins',
    header('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'),
    ({ directive: { args } }) =>
      args.some((one) =>
        /\$\{?(proxy_add_x_forwarded_for|http_x_forwarded_for|http_remote_user|http_gx_secret)\b/.test(one),
      ),
  ),
  each(
    'a redirect made of a decoded path',
    'server { return 301 https://galaxy.example.org$uri; }',
    ({ directive: { name, args } }) =>
      (/^(return|add_header|proxy_set_header)$/.test(name) ||
        (name === 'rewrite' && /^https?:/.test(args[1] ?? ''))) &&
      args.some((one) => /\$\{?(uri|document_uri)\b/.test(one)),
  ),
  each(
    'a redirect to the name that was asked for',
    'server { return 301 https://$host$request_uri; }',
    // In a server for certain names only, the name is one of them.
    ({ directive: { name, args }, around }) => {
      const server = around.find((one) => one.name === 'server');
      const certain =
        server !== undefined &&
        own(server, 'server_name').some((one) => !['_', ''].includes(one.args[0] ?? '')) &&
        !own(server, 'listen').some((one) => one.args.includes('default_server'));
      return (
        name === 'return' && !certain && args.some((one) => /^https?:.*\$\{?(host|server_name)\b/.test(one))
      );
    },
  ),
  each(
    'a rewrite to another page that leaves the host to the client',
    'location = /galaxy { rewrite ^ /galaxy/ permanent; }',
    ({ directive: { name, args } }) =>
      name === 'rewrite' && /^(permanent|redirect)$/.test(args[2] ?? '') && !/^https?:/.test(args[1] ?? ''),
  ),
  each(
    'an upstream that a client names',
    'location ~ /proxy/(.*)/ { proxy_pass http://$1; }',
    ({ directive: { name, args } }) => passes.includes(name) && /\$/.test(args[0] ?? ''),
  ),
  each(
    'a path that nginx rewrites on the way',
    'location /galaxy/ { proxy_pass http://galaxy/; }',
    ({ directive, around }) =>
      directive.name === 'proxy_pass' &&
      // Of a location for one path, nothing is left to be rewritten.
      inLocation(around)?.args[0] !== '=' &&
      toGalaxy({ ...directive, args: [(directive.args[0] ?? '').replace(/(\/\/[^/]+)\/.*/, '$1')] }) &&
      /\/\/[^/]+\//.test(directive.args[0] ?? ''),
  ),
  each(
    'a socket path with a colon for a path',
    'location / { proxy_pass http://unix:/run/g.sock:/galaxy; }',
    ({ directive: { name, args } }) => name === 'proxy_pass' && /unix:/.test(args[0] ?? ''),
  ),
  each(
    'headers of the site lost in a location',
    'server { add_header X-Content-Type-Options nosniff always; location / { add_header X-A b always; } }',
    ({ directive, around }) => {
      if (!directive.block) return false;
      const inside = own(directive, 'add_header').map(({ args }) => args[0]?.toLowerCase());
      if (inside.length === 0) return false;
      return inherited('add_header', around).some(({ args }) => !inside.includes(args[0]?.toLowerCase()));
    },
  ),
  each(
    'a header over several lines',
    'server { add_header X-A "b\nc" always; }',
    ({ directive: { name, args } }) =>
      /^(add_header|proxy_set_header|uwsgi_param|return)$/.test(name) &&
      args.some((one) => /[\r\n]/.test(one)),
  ),
  each(
    'a header that errors lack',
    'server { add_header X-Content-Type-Options nosniff; }',
    ({ directive: { name, args } }) => name === 'add_header' && args[2] !== 'always',
  ),
  each(
    'an origin that is only looked at in part',
    'location / { if ($http_origin ~ galaxy.example.org) { add_header A b always; } }',
    ({ directive: { name, args } }) =>
      name === 'if' && /\$\{?(http_origin|http_referer)/.test(args.join(' ')),
  ),
  each(
    'if, which is evil in a location',
    'location / { if ($request_method = POST) { proxy_pass http://galaxy; } }',
    ({ directive: { name, block = [] }, around }) =>
      name === 'if' &&
      inLocation(around) !== undefined &&
      block.some((one) => !['return', 'rewrite'].includes(one.name)),
  ),
];
