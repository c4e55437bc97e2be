// `[server:*]`: what each key of Paste's HTTP server becomes. Defaults are Paste's own code (3.5.2), not the comments
// of Galaxy's samples.

import { dropped, moved, type Outcome, replaced, undecided } from '../outcome.ts';

export type ServerRole = 'web' | 'handler' | 'other';

const pool = "it kept Paste's pool of threads healthy; Gunicorn replaces a worker that hangs";
const managed = 'the server for ASGI manages its threads itself';

type Rule = (value: string, role: ServerRole) => Outcome;

const rules: Readonly<Record<string, Rule>> = {
  use: (value, role) =>
    /^egg:Paste#http$/.test(value.trim())
      ? role === 'web'
        ? replaced('gravity.gunicorn', 'Gunicorn serves instead of Paste')
        : dropped('a handler needs no web server any more')
      : undecided(`"${value}" is no server that Galaxy came with`, [
          'Gunicorn in its place',
          'keep serving with it, outside of Gravity',
        ]),
  host: (_, role) =>
    role === 'web'
      ? moved('gravity.gunicorn.bind')
      : dropped('a handler listens nowhere any more; check firewalls and monitors for it'),
  port: (_, role) =>
    role === 'web'
      ? moved('gravity.gunicorn.bind')
      : dropped('a handler listens nowhere any more; its "manage jobs" pages are in the web server', true),
  use_threadpool: () => dropped(managed),
  threadpool_workers: (value, role) =>
    role === 'web'
      ? dropped(`${managed}; ${value} threads are no ${value} processes, so this never becomes "workers"`)
      : dropped('the number of threads that start jobs is "workers" of each runner'),
  threadpool_kill_thread_limit: (value) =>
    dropped(
      `it ended a busy thread after ${value} s; "timeout" of Gunicorn means a silent worker, and stays at 300`,
    ),
  threadpool_hung_thread_limit: () => dropped(pool),
  threadpool_dying_limit: () => dropped(pool),
  threadpool_spawn_if_under: () => dropped(pool),
  threadpool_max_zombie_threads_before_die: () => dropped(pool),
  threadpool_hung_check_period: () => dropped(pool),
  threadpool_max_requests: () =>
    dropped('it renewed a thread; --max-requests of Gunicorn would renew a whole worker'),
  daemon_threads: () => dropped(managed),
  socket_timeout: () => replaced('the proxy', 'time limits of connections belong to the proxy'),
  protocol_version: () => dropped('Gunicorn speaks HTTP/1.1'),
  server_version: () => dropped('it was a header of Paste'),
  request_queue_size: (value, role) =>
    role === 'web'
      ? moved('gravity.gunicorn.extra_args', `as --backlog ${value}`)
      : dropped('a handler listens nowhere any more'),
  ssl_pem: (value, role) =>
    role !== 'web'
      ? dropped('a handler listens nowhere any more')
      : value.trim() === '*'
        ? undecided('the certificate was made anew at every start', [
            'serve HTTP behind a proxy with a certificate',
            'give Gunicorn a certificate: --keyfile and --certfile in extra_args',
          ])
        : moved('gravity.gunicorn.extra_args', 'as --keyfile and --certfile; TLS in the proxy is better'),
  ssl_context: () =>
    undecided('it names a Python object that only the old server had', [
      'serve HTTP behind a proxy with a certificate',
      'give Gunicorn a certificate: --keyfile and --certfile in extra_args',
    ]),
  'filter-with': () => dropped('Paste refuses it in a server section, so it never had an effect'),
};

/** The fate of a key of `[server:*]`. */
export function serverKey(key: string, value: string, role: ServerRole): Outcome {
  if (role === 'other') return dropped('the section starts nothing in this deployment');
  return (
    (Object.hasOwn(rules, key) ? rules[key] : undefined)?.(value, role) ??
    dropped(`Paste knows no "${key}" and refuses to start with it`, true)
  );
}
