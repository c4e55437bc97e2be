// Job handlers and workflow schedulers: Galaxy without a web server.

import type { Process } from '../deployment.ts';
import type { HandlerSettings } from '../settings.ts';
import { glued, makeProcess, program, type ServiceContext, word, words } from './context.ts';

/**
 * @param listed true when Gravity keeps the processes as one list under the handler's name
 */
export function handlerProcesses(
  context: ServiceContext,
  settings: HandlerSettings,
  listed: boolean,
): Process[] {
  return settings.serverNames.map((serverName, index) =>
    makeProcess(context, {
      name: serverName.value,
      type: 'standalone',
      argv: [
        ...(context.layout === 'installed'
          ? [program(context, 'galaxy-main')]
          : [program(context, 'python'), ...words('./scripts/galaxy-main')]),
        ...words('-c'),
        word(context.configFile),
        glued('--server-name=', serverName),
        ...settings.pools.map((pool) => glued('--attach-to-pool=', pool)),
      ],
      settings,
      // The Celery client of a handler reads the variable, not the option (galaxyproject/galaxy#18819).
      variables: [{ name: 'GALAXY_CONFIG_FILE', value: context.configFile }],
      graceful: 'restart',
      serverName,
      pools: settings.pools,
      ...(listed ? { list: { name: settings.name.value, index, count: settings.serverNames.length } } : {}),
    }),
  );
}
