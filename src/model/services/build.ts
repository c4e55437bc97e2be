// All services of an instance from their settings, in Gravity's order.

import { problem } from '../../diagnostics/diagnostic.ts';
import type { Plain } from '../../syntax/tree.ts';
import type { Process, Service, ServiceKind } from '../deployment.ts';
import { type Located, spanOf } from '../located.ts';
import type { StaticHandler } from '../routing.ts';
import type { CommonSettings, Listed, ServiceSettings } from '../settings.ts';
import { celeryBeatProcess, celeryProcess } from './celery.ts';
import { gxItProxyProcess, tusdProcess } from './companions.ts';
import type { ProcessParts, ServiceContext } from './context.ts';
import { expandHandlers } from './expand.ts';
import { gunicornProcess, reportsProcess } from './gunicorn.ts';
import { handlerProcesses } from './handlers.ts';

export function buildServices(
  context: ServiceContext,
  settings: ServiceSettings,
  statics: readonly StaticHandler[],
): Service[] {
  const services: Service[] = [
    ...listed('gunicorn', settings.gunicorn, (one, name, list) => gunicornProcess(context, one, name, list)),
  ];
  const { celery, gxItProxy, reports } = settings;
  if (celery?.enable.value) services.push(single('celery', celery, celeryProcess(context, celery)));
  if (celery?.enableBeat.value)
    services.push(single('celery-beat', celery, celeryBeatProcess(context, celery)));
  services.push(...listed('tusd', settings.tusd, (one, name, list) => tusdProcess(context, one, name, list)));
  if (gxItProxy) services.push(single('gx-it-proxy', gxItProxy, gxItProxyProcess(context, gxItProxy)));
  if (reports) services.push(single('reports', reports, reportsProcess(context, reports)));

  const handlers = expandHandlers(
    context.instanceName.value,
    statics,
    (handler) => ({ ...settings.staticHandlers, environment: handler.environment }),
    settings.handlers,
    context.report,
  );
  for (const handler of handlers) {
    const processes = handlerProcesses(context, handler, handler.dynamic);
    services.push({ kind: 'handler', name: handler.name.value, settings: record(handler), processes });
  }
  return withoutClashes(context, services);
}

// Gravity drops disabled entries before it numbers the members of a list, but its direct style names them by their
// place in the file.
function listed<T extends CommonSettings>(
  kind: ServiceKind,
  entries: readonly Listed<T>[],
  make: (settings: T, name: string, list?: ProcessParts['list']) => Process,
): Service[] {
  return entries.map(({ settings, index }, place) => {
    const list = index === undefined ? undefined : { name: kind, index: place, count: entries.length };
    return {
      kind,
      name: kind,
      settings: record(settings),
      processes: [make(settings, `${kind}${index ?? ''}`, list)],
    };
  });
}

function single(kind: ServiceKind, settings: CommonSettings, process: Process): Service {
  return { kind, name: kind, settings: record(settings), processes: [process] };
}

// A handler called "gunicorn" would share a unit file with the web server.
function withoutClashes(context: ServiceContext, services: readonly Service[]): Service[] {
  const taken = new Map<string, ServiceKind>();
  return services.map((service) => ({
    ...service,
    processes: service.processes.filter(({ name, serverName }) => {
      const other = taken.get(name);
      if (other === undefined) {
        taken.set(name, service.kind);
        return true;
      }
      context.report(
        problem('GX344', `handler "${name}" has the name of the service "${other}"`, spanOf(serverName), {
          why: 'both would be one unit, so one of the two would never run',
          help: 'rename the handler',
        }),
      );
      return false;
    }),
  }));
}

/** The settings under their names in the file; memory in bytes. */
function record(settings: CommonSettings): Record<string, Located<Plain>> {
  const out: Record<string, Located<Plain>> = {};
  for (const [key, value] of Object.entries(settings)) {
    if (isLocated(value)) out[fileName(key)] = value;
  }
  return out;
}

function isLocated(value: unknown): value is Located<Plain> {
  return typeof value === 'object' && value !== null && 'origin' in value;
}

const renamed: Readonly<Record<string, string>> = { memoryMax: 'memory_limit', memoryHigh: 'memory_high' };

function fileName(key: string): string {
  return renamed[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
