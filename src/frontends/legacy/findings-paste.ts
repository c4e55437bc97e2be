// What is to be said about what Paste loads: its servers with their keys, and the application.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Service } from '../../model/deployment.ts';
import type { LegacyServer } from '../../model/legacy.ts';
import { spanOf } from '../../model/located.ts';
import type { Span } from '../../text/source.ts';
import type { IniFile } from './ini-file.ts';
import { isHttpServer } from './listens.ts';
import { loaderOf, type PasteApp } from './paste.ts';

/** @param headers of applications that do not say what they are */
export function reportApplications(
  headers: readonly Span[],
  servers: readonly LegacyServer[],
  services: readonly Service[],
  report: Report,
): void {
  const pasted =
    servers.some((one) => one.form === 'paste' && /^(?:web|handler|all-in-one)$/.test(one.class)) ||
    services.some((one) =>
      one.processes.some(({ argv }) => argv.some((word) => /^--(?:ini-)?paste\b/.test(word.value))),
    );
  if (!pasted) return;
  for (const header of headers)
    report(
      problem('GX915', 'the application does not say what it is: "paste.app_factory" is missing', header, {
        why: 'Paste stops with "No loader given in section", so no server starts',
        help: 'add paste.app_factory = galaxy.web.buildapp:app_factory',
      }),
    );
}

const pasteKeys = new Set([
  ...['use', 'host', 'port', 'use_threadpool', 'threadpool_workers', 'threadpool_kill_thread_limit'],
  ...['threadpool_hung_thread_limit', 'threadpool_dying_limit', 'threadpool_spawn_if_under'],
  ...['threadpool_max_zombie_threads_before_die', 'threadpool_hung_check_period', 'threadpool_max_requests'],
  ...['daemon_threads', 'socket_timeout', 'protocol_version', 'server_version', 'request_queue_size'],
  ...['ssl_pem', 'ssl_context', 'handler', 'start_loop', 'converters', 'pidfile'],
]);
const truths = new Set(['true', 'yes', 'on', 'y', 't', '1', 'false', 'no', 'off', 'n', 'f', '0']);

/** What Paste makes of the section of a server. */
export function reportSection(server: LegacyServer, report: Report): void {
  const { name, settings, section } = server;
  const loader = loaderOf(settings);
  if (!loader) {
    // Only who is started by Paste needs to say what serves it.
    if (server.form === 'paste' && /^(?:web|handler|all-in-one)$/.test(server.class))
      report(
        problem('GX915', `server "${name.value}" does not say what serves it: "use" is missing`, section, {
          why: `Paste stops with "No loader given in section", so this server never starts`,
          help: 'add use = egg:Paste#http',
        }),
      );
  } else if (!isHttpServer(loader)) {
    report(
      problem('GX905', `server "${name.value}" uses "${loader.value.value}"`, spanOf(loader.value), {
        help: 'gxgen knows egg:Paste#http',
      }),
    );
    return;
  }
  for (const { name: key, value, place, effective } of settings) {
    if (!effective || key === loader?.name) continue;
    if (!pasteKeys.has(key))
      report(
        problem('GX904', `Paste knows no "${key}" in a server`, place, {
          why: 'it stops with a TypeError, so the server never ran with this file',
          help: 'remove it',
        }),
      );
    else if (/^(?:use_threadpool|daemon_threads)$/.test(key) && !truths.has(value.value.toLowerCase()))
      report(
        problem('GX904', `"${value.value}" is no truth value for "${key}"`, spanOf(value), {
          help: 'write true or false',
        }),
      );
    else if (key === 'port' && !/^\d{1,5}$/.test(value.value.trim()) && !value.value.includes('\n'))
      report(problem('GX904', `"${value.value}" is no port`, spanOf(value), { help: 'write a number' }));
  }
}

/** What the layers around Galaxy look up in the global configuration too. */
const middleware = /^(?:debug|use_printdebug|use_lint|use_profile|static_\w+|cookie_path)$/;

/** Tells of each `set` whose value Galaxy does not get. */
export function reportUnusedSets(app: PasteApp | undefined, report: Report): void {
  const options = app?.options ?? [];
  const got = new Set(options.filter((one) => one.through === 'get').map((one) => one.raw));
  for (const { name, through, place } of options) {
    if (through !== 'set' || got.has(name)) continue;
    const partly = middleware.test(name);
    report(
      problem(
        'GX917',
        `"set ${name}" ${partly ? 'reaches only the layers around Galaxy' : 'does not reach Galaxy'}`,
        place,
        {
          why: '"set" puts a value into what all applications of the file share, and Galaxy reads its own options',
          help: `write ${name} = ... without "set", or remove the line`,
        },
      ),
    );
  }
}

/** Tells of each option that web servers and other processes see differently because of `[DEFAULT]`. */
export function reportDefaults(file: IniFile, app: PasteApp | undefined, report: Report): void {
  const own = new Map(app?.options.map((one) => [one.name, one]));
  for (const { name, key } of file.defaults) {
    const inApp = own.get(name);
    report(
      problem('GX900', `Paste does not give "${name}" to Galaxy, because it stands in [DEFAULT]`, key, {
        ...(inApp ? { labels: [{ span: inApp.place, text: 'passed over for the same reason' }] } : {}),
        why: 'web servers run without it, and handlers that are started without Paste run with it',
        help: `move it to [${app?.section ?? 'app:main'}]`,
      }),
    );
  }
}
