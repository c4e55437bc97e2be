// The mistakes that nginx configurations of Galaxy servers have been published with, each as a check of the tree.

import { type Directive, walk } from './syntax.ts';

export interface Check {
  readonly name: string;
  /** A configuration that has the mistake; the tests run it. */
  readonly bad: string;
  /** Lines with the mistake. */
  find(tree: readonly Directive[]): number[];
}

type Found = { directive: Directive; around: readonly Directive[] };

/** A check of single directives. */
function each(name: string, bad: string, wrong: (found: Found) => boolean): Check {
  return {
    ...{ name, bad },
    find: (tree) => [...walk(tree)].filter(wrong).map(({ directive }) => directive.line),
  };
}

const header = (name: string) => `server { location / { proxy_pass http://galaxy; ${name} } }`;
const inLocation = (around: readonly Directive[]) => around.findLast(({ name }) => name === 'location');
const own = ({ block = [] }: Directive, name: string) => block.filter((one) => one.name === name);

/** What holds in a block: its own directives of a name, or those of the nearest block around that has any. */
function inherited(name: string, blocks: readonly Directive[]): readonly Directive[] {
  const at = blocks.findLast((one) => own(one, name).length > 0);
  return at ? own(at, name) : [];
}

const passes = ['proxy_pass', 'uwsgi_pass'];

/** The headers that a block sends upstream, in lower case, with the place that says so. */
function sent(blocks: readonly Directive[]): Map<string, string> {
  const headers = inherited('proxy_set_header', blocks).map(
    ({ args: [name = '', value = ''] }) => [name.toLowerCase(), value] as const,
  );
  const params = inherited('uwsgi_param', blocks)
    .filter(({ args: [name = ''] }) => name.startsWith('HTTP_'))
    .map(
      ({ args: [name = '', value = ''] }) =>
        [name.slice(5).toLowerCase().replaceAll('_', '-'), value] as const,
    );
  return new Map([...headers, ...params]);
}

// Interactive tools and uploads are not asked who the user is.
const toGalaxy = (directive: Directive) =>
  /\/\/galaxy(_\w+)?$|^galaxy/.test(directive.args[0] ?? '') &&
  !/_(tusd|tools|reports)/.test(directive.args[0] ?? '');

export const checks: readonly Check[] = [
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

function servers(tree: readonly Directive[]): { server: Directive; around: readonly Directive[] }[] {
  // What stands outside of every server holds for all of them.
  const http: Directive = { name: 'http', args: [], line: 0, block: tree };
  return tree.filter(({ name }) => name === 'server').map((server) => ({ server, around: [http] }));
}

function secured(server: Directive): boolean {
  return own(server, 'listen').some(({ args }) => args.includes('ssl'));
}
