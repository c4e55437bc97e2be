// The web server, and Galaxy's reports, which gunicorn serves too.

import { problem } from '../../diagnostics/diagnostic.ts';
import type { Endpoint, Process } from '../deployment.ts';
import { gunicornEndpoint } from '../endpoints.ts';
import { isWritten, type Located, spanOf } from '../located.ts';
import type { GunicornSettings, ReportsSettings } from '../settings.ts';
import {
  extraWords,
  glued,
  makeProcess,
  type ProcessParts,
  program,
  type ServiceContext,
  word,
  words,
} from './context.ts';

/** @param list its number among the enabled entries when `gunicorn:` is a list */
export function gunicornProcess(
  context: ServiceContext,
  settings: GunicornSettings,
  name: string,
  list?: ProcessParts['list'],
): Process {
  const extra = extraWords(context, settings.extraArgs);
  const preload = settings.preload.value || extra.some((one) => one.value === '--preload');
  return makeProcess(context, {
    name,
    type: 'gunicorn',
    argv: [
      program(context, 'gunicorn'),
      ...words('galaxy.webapps.galaxy.fast_factory:factory()', '--timeout'),
      word(settings.timeout),
      ...words('--pythonpath', 'lib', '-k', 'galaxy.webapps.galaxy.workers.Worker', '-b'),
      settings.bind,
      glued('--workers=', settings.workers),
      ...words('--config', 'python:galaxy.web_stack.gunicorn_config'),
      ...(settings.preload.value ? words('--preload') : []),
      ...extra,
      ...(context.controlSocket ? words('--no-control-socket') : []),
    ],
    settings,
    variables: [
      { name: 'PYTHONPATH', value: words('lib')[0] as Located<string> },
      { name: 'GALAXY_CONFIG_FILE', value: context.configFile },
    ],
    listens: binds(context, settings.bind, extra),
    // A reload keeps preloaded code, so only a server that loads it in each worker takes SIGHUP.
    graceful: !preload ? 'hup' : list !== undefined && list.count > 1 ? 'rolling' : 'restart',
    // Gravity's default of 15 s would kill a preloaded Galaxy that boots slower, so readiness is only waited for
    // where the administrator states how long.
    readiness: isWritten(settings.startTimeout) ? 'notify' : 'exec',
    ...(list ? { list } : {}),
  });
}

export function reportsProcess(context: ServiceContext, settings: ReportsSettings): Process {
  const extra = extraWords(context, settings.extraArgs);
  return makeProcess(context, {
    name: 'reports',
    type: 'reports',
    argv: [
      program(context, 'gunicorn'),
      ...words('galaxy.webapps.reports.fast_factory:factory()', '--timeout'),
      word(settings.timeout),
      ...words('--pythonpath', 'lib', '-k', 'uvicorn.workers.UvicornWorker', '-b'),
      settings.bind,
      glued('--workers=', settings.workers),
      ...words('--config', 'python:galaxy.web_stack.gunicorn_config'),
      ...(settings.urlPrefix ? [...words('--env'), glued('SCRIPT_NAME=', settings.urlPrefix)] : []),
      ...extra,
    ],
    settings,
    variables: [
      { name: 'PYTHONPATH', value: words('lib')[0] as Located<string> },
      { name: 'GALAXY_REPORTS_CONFIG', value: settings.configFile },
    ],
    listens: binds(context, settings.bind, extra),
    graceful: 'hup',
  });
}

// gunicorn listens on every -b it is given, in order.
function binds(
  context: ServiceContext,
  bind: Located<string>,
  extra: readonly Located<string>[],
): Endpoint[] {
  const all = [bind];
  for (const [index, one] of extra.entries()) {
    const glue = /^(?:--bind=|-b)(.+)$/s.exec(one.value)?.[1];
    const next = extra[index + 1];
    if (glue !== undefined) all.push({ value: glue, origin: one.origin });
    else if ((one.value === '--bind' || one.value === '-b') && next) all.push(next);
  }
  const found: Endpoint[] = [];
  for (const one of all) {
    const endpoint = gunicornEndpoint(one);
    if (endpoint) found.push(endpoint);
    else {
      context.report(
        problem('GX311', `gunicorn cannot listen on "${one.value}"`, spanOf(one), {
          why: 'gunicorn refuses the address and does not start',
          help: 'write HOST:PORT (localhost:8080, [::1]:8080) or unix:/path/to/socket',
        }),
      );
    }
  }
  return found;
}
