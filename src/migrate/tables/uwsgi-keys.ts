// `[uwsgi]` and `uwsgi:`: what each option becomes. What has a counterpart names it; the values are put there by
// whoever builds the settings, this table tells the reader where they went.

import { dropped, moved, type Outcome, replaced, undecided } from '../outcome.ts';
import { needsPerson, reasonToDrop } from './uwsgi-dropped.ts';

type Rule = (value: string) => Outcome;

/** Short and old spellings of an option, by spelling. */
const spellings: Readonly<Record<string, string>> = {
  workers: 'processes',
  p: 'processes',
  'uwsgi-socket': 'socket',
  s: 'socket',
  home: 'virtualenv',
  venv: 'virtualenv',
  pyhome: 'virtualenv',
  pythonhome: 'virtualenv',
  H: 'virtualenv',
  pp: 'pythonpath',
  daemonize2: 'daemonize',
  plugin: 'plugins',
  'plugin-dir': 'plugins-dir',
  'set-ph': 'set-placeholder',
  'static-map2': 'static-map',
  'close-on-exec2': 'close-on-exec',
  M: 'master',
  l: 'listen',
  C: 'chmod-socket',
  chmod: 'chmod-socket',
  z: 'socket-timeout',
  b: 'buffer-size',
  t: 'harakiri',
  d: 'daemonize',
  w: 'module',
  wsgi: 'module',
};

const inside = 'it is about the inside of uWSGI';
const staticFiles = 'static files are served by the proxy, or by Galaxy until then';
const zerg = 'two Gunicorns that are restarted one by one take the place of Zerg Mode';
const mules = 'handlers are processes of their own now';
const monitoring = 'Gunicorn has no such server; whatever reads it (uwsgitop, telegraf) must move';
const chores = [
  'leave it out, and start what it starts by its own unit or cron job',
  'keep it outside of Gravity as it is',
];

const memoryLimit = dropped(
  'each worker had a limit of its own; "memory_limit" of "gunicorn" is for all of them together, so choose one',
  true,
);

/** The umask with which Gunicorn makes its socket as `chmod-socket` did; undefined where everybody may use it anyway. */
export function socketMask(mode: string): string | undefined {
  const text = mode.trim();
  const bits = /^[0-7]{3,4}$/.test(text) ? Number.parseInt(text, 8) & 0o777 : 0o666;
  return (bits & 0o002) === 0 ? `0${(0o777 & ~bits).toString(8).padStart(3, '0')}` : undefined;
}

const rules: Readonly<Record<string, Rule>> = {
  processes: (value) =>
    value.includes('%k')
      ? undecided(
          '"%k" is the number of cores of the host',
          ['1 worker', 'the number of cores'],
          'gravity.gunicorn.workers',
        )
      : moved('gravity.gunicorn.workers'),
  threads: (value) =>
    dropped(
      `Gravity has no setting for it; processes times ${value} was the number of requests at once`,
      true,
    ),
  socket: () =>
    moved(
      'gravity.gunicorn.bind',
      'the protocol changes to HTTP: uwsgi_pass becomes proxy_pass in the same step',
    ),
  http: () => moved('gravity.gunicorn.bind'),
  'http-socket': () => moved('gravity.gunicorn.bind'),
  https: () =>
    moved('gravity.gunicorn.bind', 'key and certificate as --keyfile and --certfile in extra_args'),
  'https-socket': () =>
    moved('gravity.gunicorn.bind', 'key and certificate as --keyfile and --certfile in extra_args'),
  'shared-socket': () =>
    undecided(
      'the socket was opened by root',
      ['bind to it', 'let the proxy listen there and bind to another port'],
      'gravity.gunicorn.bind',
    ),
  'http-to-https': () => replaced('the proxy', 'redirects are made by the proxy', true),
  'chmod-socket': (value) =>
    socketMask(value) === undefined
      ? dropped('Gunicorn opens its socket to everybody on the host too')
      : moved('gravity.gunicorn.extra_args', `as --umask ${socketMask(value)}, where the socket is a file`),
  'chown-socket': () =>
    replaced(
      'the group of the proxy',
      'the socket belongs to the user and the group of Galaxy; the proxy must still reach it',
      true,
    ),
  listen: (value) => moved('gravity.gunicorn.extra_args', `as --backlog ${value}`),
  'lazy-apps': (value) =>
    /^(?:true|1|yes|on)?$/i.test(value.trim())
      ? moved('gravity.gunicorn.preload', 'as preload: false')
      : dropped('preloading is the default'),
  virtualenv: () => moved('gravity.virtualenv'),
  pythonpath: (value) =>
    /^(?:\.\/)?lib\/?$/.test(value.trim())
      ? dropped('Gravity sets PYTHONPATH to lib')
      : /(?:^|\/)eggs(?:\/|$)/.test(value)
        ? dropped('eggs are gone; packages come from the virtualenv')
        : moved('gravity.gunicorn.environment.PYTHONPATH', 'behind lib'),
  chdir: () => moved('gravity.galaxy_root'),
  chdir2: () => moved('gravity.galaxy_root'),
  uid: () => moved('gravity.galaxy_user'),
  gid: () => moved('gravity.galaxy_group'),
  umask: () => moved('gravity.gunicorn.umask', 'as text, so that YAML does not read it as a number'),
  env: () => moved('gravity.gunicorn.environment'),
  logto: () => moved('gravity.log_dir', 'its directory; the file is named after the service'),
  logto2: () => moved('gravity.log_dir', 'its directory; the file is named after the service'),
  daemonize: () =>
    moved('gravity.log_dir', 'its directory; the process manager keeps Gunicorn in the foreground'),
  harakiri: (value) =>
    moved(
      'gravity.gunicorn.timeout',
      Number(value) >= 300
        ? 'it now ends a worker that is silent for so long'
        : 'Gunicorn ends a whole worker where uWSGI ended one request',
    ),
  'http-timeout': () => replaced('the proxy', 'time limits of connections belong to the proxy'),
  'socket-timeout': () => replaced('the proxy', 'time limits of connections belong to the proxy'),
  'http-keepalive': () => replaced('the proxy', 'connections are kept open by the proxy'),
  'limit-post': () => replaced('the proxy', 'the size of requests is limited by the proxy', true),
  'max-requests': (value) => moved('gravity.gunicorn.extra_args', `as --max-requests ${value}`),
  'reload-on-rss': () => memoryLimit,
  'evil-reload-on-rss': () => memoryLimit,
  'limit-as': () => memoryLimit,
  'reload-mercy': () => moved('gravity.gunicorn.stop_timeout'),
  'worker-reload-mercy': () => moved('gravity.gunicorn.stop_timeout'),
  'mule-reload-mercy': () => moved('gravity.handlers.*.stop_timeout'),
  module: (value) =>
    /^galaxy\.webapps\.galaxy\.buildapp(?::uwsgi_app(?:_factory)?(?:\(\))?)?$/.test(value.trim())
      ? dropped('Gravity starts Galaxy by its own entry point')
      : undecided(`"${value}" is not Galaxy's entry point`, [
          'Galaxy by Gravity',
          'another application: start it by its own unit',
        ]),
  callable: () => dropped('Gravity starts Galaxy by its own entry point'),
  paste: () => dropped('Gravity starts Galaxy by its own entry point'),
  'ini-paste': () => dropped('Gravity names the configuration itself'),
  mount: () => moved('galaxy.galaxy_url_prefix'),
  'manage-script-name': () => dropped('Galaxy mounts itself under its prefix'),
  'static-map': () => replaced('the proxy', staticFiles, true),
  'check-static': () => replaced('the proxy', staticFiles, true),
  'static-safe': () => replaced('the proxy', staticFiles),
  'static-expires': () => replaced('the proxy', staticFiles),
  'offload-threads': () => dropped(staticFiles),
  mule: (value) =>
    /(?:^|\/)galaxy\/main\.py$|^galaxy\.main$/.test(value.trim())
      ? replaced('gravity.handlers', mules)
      : undecided(`the mule "${value}" is no job handler of Galaxy`, chores),
  mules: () => replaced('gravity.handlers', mules),
  farm: () => replaced('gravity.handlers', mules),
  'mule-msg-size': () => dropped(mules),
  zerg: () => replaced('gravity.gunicorn', zerg),
  'zerg-server': () => replaced('gravity.gunicorn', zerg),
  'zerg-pool': () => replaced('gravity.gunicorn', zerg),
  'master-fifo': () => replaced('gravity.gunicorn', zerg),
  'hook-accepting1-once': () => replaced('gravity.gunicorn', zerg),
  galaxy_config_file: () => replaced('galaxy.yml', 'what it names was read as well'),
  stats: () => dropped(monitoring, true),
  'stats-http': () => dropped(monitoring),
  'memory-report': () => dropped(monitoring),
  carbon: () => dropped(monitoring, true),
  'statsd-push': () => dropped(monitoring, true),
  'set-placeholder': () => dropped('a variable of the file, whose value stands wherever it was used'),
  strict: () => dropped(inside),
};

/** The name that an option of uWSGI has in its manual: `p` and `workers` are `processes`. */
export function canonicalUwsgi(key: string): string {
  const dashed = key.replaceAll('_', '-');
  const known = Object.hasOwn(spellings, dashed) ? spellings[dashed] : undefined;
  return known ?? (key === 'galaxy_config_file' || key === 'galaxy_root' ? key : dashed);
}

/** The fate of an option of uWSGI. @param zergMode whether Zerg Mode is used, whose hooks go with it */
export function uwsgiKey(key: string, value: string, zergMode: boolean): Outcome {
  const name = canonicalUwsgi(key);
  if (name === 'set') return setKey(value);
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule) return rule(value);
  const reason = reasonToDrop(name);
  if (reason !== undefined) return dropped(reason);
  if (name === 'hook-master-start' && /^unix_signal:/.test(value.trim()))
    return dropped('it mended signals of uWSGI; those of Gunicorn are as usual');
  if (/^(?:hook-|exec-)/.test(name))
    return zergMode ? replaced('gravity.gunicorn', zerg) : undecided('it runs a command of its own', chores);
  if (needsPerson.has(name)) return undecided('it starts or runs something of its own', chores);
  if (/^(?:if-|endif|for$|endfor|foreach)/.test(name))
    return zergMode
      ? replaced('gravity.gunicorn', zerg)
      : dropped('the condition was decided for the host this was migrated on', true);
  if (/^route/.test(name))
    return undecided('requests were routed by uWSGI', [
      'let the proxy route; interactive tools need gx_it_proxy',
      'keep uWSGI in front for these addresses',
    ]);
  if (/^(?:ini|yaml|yml|include|inherit)$/.test(name))
    return replaced('galaxy.yml', 'what it names was read as well');
  if (name.includes(':')) return dropped('uWSGI knows no name with a colon, so it never had an effect');
  return dropped('Gunicorn has no such option', true);
}

function setKey(value: string): Outcome {
  const name = value.split('=', 1)[0]?.trim() ?? '';
  if (name === 'galaxy_config_file') return replaced('galaxy.yml', 'what it names was read as well');
  if (name === 'galaxy_root') return moved('gravity.galaxy_root');
  if (name === 'interactivetools_map')
    return replaced('gravity.gx_it_proxy', 'interactive tools are routed by their own proxy', true);
  return dropped('a variable of the file, whose value stands wherever it was used');
}
