// Options of uWSGI without a counterpart, by the reason why none is needed, and those that only a person can place.

const inside = 'it is about the inside of uWSGI';
const python = 'it is about Python inside of uWSGI';
const files = 'no file controls Gunicorn; scripts that touch it stop working';
const logs = 'logs are those of the process manager; their size is for logrotate or the journal';
const router = 'the router of uWSGI is gone; the proxy does this';

const droppedBecause: readonly (readonly [string, readonly string[]])[] = [
  [
    inside,
    [
      'master',
      'single-interpreter',
      'need-app',
      'vacuum',
      'auto-procname',
      'thunder-lock',
      'locks',
      'lock-engine',
      'plugins',
      'plugins-dir',
      'no-orphans',
      'die-on-term',
      'buffer-size',
      'post-buffering',
      'http-buffer-size',
      'wsgi-file',
      'protocol',
      'no-default-app',
      'ignore-sigpipe',
      'ignore-write-errors',
      'disable-write-exception',
      'log-5xx',
      'hook-master-start-noop',
    ],
  ],
  [python, ['enable-threads', 'py-call-osafterfork', 'py-call-uwsgi-fork-hooks', 'close-on-exec']],
  [
    files,
    [
      'pidfile',
      'pidfile2',
      'safe-pidfile',
      'touch-reload',
      'touch-chain-reload',
      'py-autoreload',
      'touch-logreopen',
    ],
  ],
  [
    logs,
    [
      'logdate',
      'log-date',
      'log-format',
      'logger',
      'req-logger',
      'log-maxsize',
      'log-master',
      'log-master-bufsize',
      'log-reopen',
      'logfile-chmod',
      'logfile-chown',
      'disable-logging',
      'log-x-forwarded-for',
      'log-backupname',
      'threaded-logger',
      'memory-report-file',
    ],
  ],
  [router, ['http-raw-body', 'http-auto-gzip', 'http-chunked-input', 'http-enable-proxy-protocol']],
  [
    'Gravity has a fixed number of workers; "processes" was the largest',
    [
      'cheaper',
      'cheaper-initial',
      'cheaper-step',
      'cheaper-algo',
      'cheaper-overload',
      'cheaper-busyness-multiplier',
      'cheaper-busyness-max',
      'cheaper-busyness-min',
      'cheaper-rss-limit-soft',
    ],
  ],
  [
    'Gunicorn restarts workers itself',
    ['max-worker-lifetime', 'min-worker-lifetime', 'worker-exec', 'respawn-delta'],
  ],
];

/** Why nothing takes the place of an option; undefined for one that is not so simple. */
export function reasonToDrop(name: string): string | undefined {
  return droppedBecause.find(([, names]) => names.includes(name))?.[0];
}

/** Options that start or run something of their own. */
export const needsPerson = new Set([
  'on-demand',
  'attach-daemon',
  'attach-daemon2',
  'smart-attach-daemon',
  'smart-attach-daemon2',
  'cron',
  'cron2',
  'unique-cron',
  'timer',
  'spooler',
  'import',
  'shared-import',
  'python-raw',
  'pyrun',
  'eval',
  'legion-attach-daemon',
]);
