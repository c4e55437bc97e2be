// Where a hostile string can stand in what a web server is configured from, what has to be on the disk for it, and how
// one sees that the running server uses exactly that string.

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { until } from '../../command.ts';
import type { Value } from '../../yaml.ts';
import type { Answer, Request } from '../http.ts';
import type { Kind } from '../web-server.ts';

/** What one string has for itself. */
export interface Spot {
  readonly kind: Kind;
  readonly number: number;
  /** A folder of its own. */
  readonly folder: string;
  /** The name of its virtual host. */
  readonly host: string;
  /** The socket of the application; `socket` puts another one in its place. */
  readonly application: string;
  readonly certificate: string;
  readonly key: string;
}

type Section = { readonly [key: string]: Value };

export interface Place {
  readonly name: string;
  readonly layout: 'blocks' | 'site';
  /** Whether each string needs an upstream of its own. */
  readonly upstream?: true;
  /** Whether it is asked through TLS. */
  readonly secured?: true;
  /** Only one of the two has it. */
  readonly only?: Kind;
  /** Changes to the `gravity:`, `galaxy:` and `proxy:` sections. */
  configure(value: string, spot: Spot): { gravity?: Section; galaxy?: Section; proxy?: Section };
  /** Makes what the string names; false when such a thing cannot exist. */
  prepare(value: string, spot: Spot): boolean;
  /** The request whose answer shows it. */
  request(value: string, spot: Spot): Pick<Request, 'target'> & { host?: string };
  /** What is wrong, if anything. */
  judge(value: string, spot: Spot, answer: Answer): string | undefined | Promise<string | undefined>;
}

/** A path below the folder of a spot, or undefined when the string leads out of it or cannot be a path. */
function below(spot: Spot, value: string, ending = ''): string | undefined {
  if (value.includes('\0') || !value.isWellFormed()) return undefined;
  const path = `${spot.folder}/x${value}${ending}`;
  // Parts such as `..` name another file than they spell.
  if (path.split('/').some((part, at) => at > 0 && ['', '.', '..'].includes(part))) return undefined;
  if (path.split('/').some((part) => Buffer.byteLength(part) > 240) || Buffer.byteLength(path) > 3000)
    return undefined;
  return path;
}

/** Writes a file that tells who it belongs to. */
function mark(path: string | undefined, { number }: Spot): boolean {
  if (path === undefined) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `file of ${number}`);
  return true;
}

function fileOf({ number }: Spot, answer: Answer): string | undefined {
  const text = answer.body.toString('utf8');
  return answer.status === 200 && text === `file of ${number}`
    ? undefined
    : `${answer.status} ${text.slice(0, 100)}`;
}

/** What the application says of a request: it answers with the number, the target and one header. */
export interface Echo {
  readonly socket: string;
  readonly target: string;
  readonly secret: readonly string[];
}

function echoOf(answer: Answer): Echo | undefined {
  try {
    return JSON.parse(answer.body.toString('utf8')) as Echo;
  } catch {
    return undefined;
  }
}

/** A path in a request, with every character that is not plain encoded. */
export function encoded(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}

const serves = (value: string, spot: Spot, answer: Answer) =>
  value === '\0' ? 'never' : fileOf(spot, answer);

export const places: readonly Place[] = [
  {
    name: 'the path of a socket',
    layout: 'blocks',
    upstream: true,
    configure: (value, { folder }) => ({
      gravity: { gunicorn: { bind: `unix:${folder}/x${value}.s`, extra_args: '--forwarded-allow-ips="*"' } },
    }),
    prepare: (value, spot) => {
      const path = below(spot, value, '.s');
      // gunicorn takes what stands behind the last of these.
      if (path === undefined || value.includes('unix:') || Buffer.byteLength(path) > 107) return false;
      mkdirSync(dirname(path), { recursive: true });
      return true;
    },
    request: () => ({ target: '/' }),
    judge(value, spot, answer) {
      const echo = echoOf(answer);
      return echo?.socket === `${spot.folder}/x${value}.s` ? undefined : `${answer.status} ${echo?.socket}`;
    },
  },
  {
    name: 'the folder of static files',
    layout: 'blocks',
    configure: (value, { folder }) => ({ gravity: { galaxy_root: `${folder}/x${value}/root` } }),
    prepare: (value, spot) => mark(below(spot, value, '/root/static/who.txt'), spot),
    request: () => ({ target: '/static/who.txt' }),
    judge: serves,
  },
  {
    name: 'a file in place of a static one',
    layout: 'blocks',
    configure: (value, { folder }) => ({
      proxy: { static: { overrides: { '/static/welcome.html': `${folder}/x${value}.html` } } },
    }),
    prepare: (value, spot) => mark(below(spot, value, '.html'), spot),
    request: () => ({ target: '/static/welcome.html' }),
    judge: serves,
  },
  {
    name: 'the folder of datasets',
    layout: 'blocks',
    configure: (value, { folder, kind }) => ({
      galaxy: {
        file_path: `${folder}/x${value}/files`,
        ...(kind === 'nginx' ? { nginx_x_accel_redirect_base: '/_files' } : { apache_xsendfile: true }),
      },
    }),
    prepare: (value, spot) =>
      // Galaxy cannot say such a path to Apache: a header has no control characters.
      !(spot.kind === 'apache' && /\p{Cc}/u.test(value.replaceAll('\t', ''))) &&
      mark(below(spot, value, '/files/d.dat'), spot),
    request: (value, { folder, kind }) => {
      const path = `${folder}/x${value}/files/d.dat`;
      const header = kind === 'nginx' ? `/_files${encoded(path)}` : path;
      return { target: `/send?header=${encodeURIComponent(header)}` };
    },
    judge: serves,
  },
  {
    name: 'the location of datasets',
    layout: 'blocks',
    only: 'nginx',
    configure: (value, { folder }) => ({
      galaxy: { file_path: `${folder}/files`, nginx_x_accel_redirect_base: `/x${value}` },
    }),
    prepare: (value, spot) => plainPath(value) && mark(`${spot.folder}/files/d.dat`, spot),
    request: (value, { folder }) => ({
      target: `/send?header=${encodeURIComponent(`${encoded(`/x${value}`)}${encoded(folder)}/files/d.dat`)}`,
    }),
    judge: serves,
  },
  {
    name: 'the prefix of the site',
    layout: 'blocks',
    configure: (value) => ({ galaxy: { galaxy_url_prefix: `/x${value}` } }),
    prepare: (value) => plainPath(value),
    request: (value) => ({ target: `${encoded(`/x${value}`)}/api/version` }),
    judge(value, _, answer) {
      // Apache puts the prefix as it is configured in the place of the one that was asked for, encoded or not.
      const target = echoOf(answer)?.target ?? '';
      return decodeURIComponent(target) === `/x${value}/api/version`
        ? undefined
        : `${answer.status} ${target}`;
    },
  },
  {
    name: 'the prefix of the reports',
    layout: 'blocks',
    configure: (value) => ({
      gravity: {
        reports: { enable: true, bind: '127.0.0.1:9', url_prefix: `/x${value}`, config_file: 'r.yml' },
      },
      proxy: { reports: { auth: 'none' } },
    }),
    prepare: (value) => plainPath(value),
    request: (value) => ({ target: `${encoded(`/x${value}`)}/jobs` }),
    // Nothing listens there: who answers "no gateway" has taken the path for that of the reports.
    judge: (_value, _spot, answer) =>
      [502, 503].includes(answer.status) ? undefined : `${answer.status} ${echoOf(answer)?.target}`,
  },
  {
    name: 'the value of a header',
    layout: 'blocks',
    configure: (value) => ({
      galaxy: { use_remote_user: true, remote_user_secret: value },
      proxy: { remote_user: { variable: 'remote_user' } },
    }),
    prepare: (value) => value.isWellFormed() && !/[\0\r\n]/.test(value),
    request: () => ({ target: '/' }),
    judge(value, _, answer) {
      const secret = echoOf(answer)?.secret;
      if (secret?.length === 1 && secret[0] === Buffer.from(value).toString('latin1')) return undefined;
      if (value === '' && secret?.length === 0) return undefined;
      return `${answer.status} ${JSON.stringify(secret)}`;
    },
  },
  {
    name: 'the public name',
    layout: 'site',
    configure: (value) => ({ proxy: { server_name: value } }),
    prepare: (value) => /^[a-z0-9.-]+$/i.test(value),
    request: (value) => ({ target: '/name', host: value }),
    judge: (_value, _spot, answer) =>
      echoOf(answer)?.target === '/name' ? undefined : String(answer.status),
  },
  {
    name: 'the paths of certificate and key',
    layout: 'site',
    secured: true,
    configure: (value, { folder }) => ({
      proxy: {
        tls: {
          mode: 'terminate',
          certificate: `${folder}/x${value}.crt`,
          certificate_key: `${folder}/x${value}.key`,
        },
      },
    }),
    prepare: (value, spot) => {
      const [certificate, key] = [below(spot, value, '.crt'), below(spot, value, '.key')];
      if (certificate === undefined || key === undefined) return false;
      mkdirSync(dirname(certificate), { recursive: true });
      writeFileSync(certificate, spot.certificate);
      writeFileSync(key, spot.key);
      return true;
    },
    request: () => ({ target: '/secured' }),
    judge: (_value, _spot, answer) =>
      echoOf(answer)?.target === '/secured' ? undefined : String(answer.status),
  },
  {
    name: 'the access log',
    layout: 'site',
    configure: (value, { folder }) => ({ proxy: { access_log: `${folder}/x${value}.log` } }),
    prepare: (value, spot) => {
      const path = below(spot, value, '.log');
      if (path !== undefined) mkdirSync(dirname(path), { recursive: true });
      return path !== undefined;
    },
    request: () => ({ target: '/logged' }),
    async judge(value, { folder }) {
      const path = `${folder}/x${value}.log`;
      const logged = () => (existsSync(path) && statSync(path).size > 0) || undefined;
      // It is written once the answer has gone out.
      return until('the log', logged, 3).then(
        () => undefined,
        () => 'nothing was logged there',
      );
    },
  },
];

/** Whether the string can be a part of a path that a browser asks for, and stays what it is on the way. */
function plainPath(value: string): boolean {
  if (!value.isWellFormed() || value.includes('\0') || encodeURIComponent(value).length > 3000) return false;
  return !`x${value}/`
    .split('/')
    .slice(0, -1)
    .some((part) => ['', '.', '..'].includes(part));
}
