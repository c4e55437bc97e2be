// tusd (resumable uploads) and gx-it-proxy (interactive tools): programs beside Galaxy, not Galaxy itself.

import type { Process } from '../deployment.ts';
import { tcpEndpoint, tusdEndpoint } from '../endpoints.ts';
import type { GxItProxySettings, TusdSettings } from '../settings.ts';
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

/** @param list its number among the enabled entries when `tusd:` is a list */
export function tusdProcess(
  context: ServiceContext,
  settings: TusdSettings,
  name: string,
  list?: ProcessParts['list'],
): Process {
  const extra = extraWords(context, settings.extraArgs);
  return makeProcess(context, {
    name,
    type: 'tusd',
    argv: [
      settings.tusdPath,
      glued('-host=', settings.host),
      glued('-port=', settings.port),
      glued('-upload-dir=', settings.uploadDir),
      glued('-hooks-http=', settings.hooksHttp),
      ...words('-hooks-http-forward-headers=X-Api-Key,Cookie'),
      ...extra,
      ...words('-hooks-enabled-events'),
      settings.hooksEnabledEvents,
    ],
    settings,
    variables: [],
    listens: [tusdEndpoint(settings.host, settings.port, extra)],
    // A restart breaks the uploads that are under way.
    graceful: 'none',
    ...(list ? { list } : {}),
  });
}

export function gxItProxyProcess(context: ServiceContext, settings: GxItProxySettings): Process {
  const { forwardIp, forwardPort } = settings;
  return makeProcess(context, {
    name: 'gx-it-proxy',
    type: 'gx-it-proxy',
    argv: [
      program(context, 'npx'),
      glued('@galaxyproject/gx-it-proxy@', settings.version),
      ...words('--ip'),
      settings.ip,
      ...words('--port'),
      word(settings.port),
      ...words('--sessions'),
      settings.sessions,
      ...(settings.verbose.value ? words('--verbose') : []),
      ...(forwardIp ? [...words('--forwardIP'), forwardIp] : []),
      ...(forwardPort ? [...words('--forwardPort'), word(forwardPort)] : []),
      ...(settings.reverseProxy.value ? words('--reverseProxy') : []),
      ...words('--proxyPathPrefix'),
      settings.pathPrefix,
    ],
    settings,
    // npx asks before it installs a package, and nobody is there to answer.
    variables: [{ name: 'npm_config_yes', value: { value: 'true', origin: { kind: 'default' } } }],
    listens: [tcpEndpoint(settings.ip, settings.port)],
    graceful: 'restart',
  });
}
