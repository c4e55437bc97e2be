// The configuration of servers from before gunicorn, in the files of their time.

import { host, type Places, type Scenario } from './scenario.ts';
import { secret } from './site-files.ts';
import type { Kind } from './web-server.ts';

/** config/galaxy.ini with one `[server:*]` for each web process, and the filter that Paste has for a prefix. */
export function galaxyIni(scenario: Scenario, kind: Kind, places: Places): string {
  const servers = Array.from({ length: scenario.members }, (_, number) => [
    `[server:web${number}]`,
    'use = egg:Paste#http',
    `port = ${8081 + number}`,
    'host = 127.0.0.1',
    'use_threadpool = True',
    'threadpool_workers = 7',
    '',
  ]);
  const filter = ['[filter:proxy-prefix]', 'use = egg:PasteDeploy#prefix', `prefix = ${scenario.prefix}`, ''];
  return [
    `# ${secret}`,
    ...servers.flat(),
    ...(scenario.prefix === '' ? [] : filter),
    '[app:main]',
    'paste.app_factory = galaxy.web.buildapp:app_factory',
    ...(scenario.prefix === '' ? [] : ['filter-with = proxy-prefix', `cookie_path = ${scenario.prefix}`]),
    ...Object.entries(options(kind, places)).map(([name, value]) => `${name} = ${value}`),
    '',
  ].join('\n');
}

/** The `uwsgi:` section of config/galaxy.yml, as the production documentation of 18.01 to 21.09 has it. */
export function uwsgiYml(scenario: Scenario, kind: Kind, places: Places): string {
  const app = 'galaxy.webapps.galaxy.buildapp:uwsgi_app()';
  const mounted = [`  mount: ${scenario.prefix}=${app}`, '  manage-script-name: true'];
  return [
    `# ${secret}`,
    'uwsgi:',
    `  socket: ${places.run}/uwsgi.sock`,
    // Else only the user of uWSGI may connect to it, which the web server is not.
    '  chmod-socket: 666',
    '  buffer-size: 16384',
    '  processes: 1',
    '  threads: 4',
    '  offload-threads: 2',
    '  master: true',
    '  enable-threads: true',
    '  die-on-term: true',
    '  pythonpath: lib',
    ...(scenario.prefix === '' ? [`  module: ${app}`] : mounted),
    'galaxy:',
    ...Object.entries(options(kind, places)).map(([name, value]) => `  ${name}: ${value}`),
    '',
  ].join('\n');
}

function options(kind: Kind, { data }: Places): Record<string, string> {
  return {
    file_path: `${data}/objects`,
    new_file_path: `${data}/tmp`,
    database_connection: 'postgresql:///galaxy?host=/var/run/postgresql',
    id_secret: 'Xw5k2YtTq1n8Rz4LmB7c',
    galaxy_infrastructure_url: `https://${host}`,
    ...(kind === 'nginx'
      ? { nginx_x_accel_redirect_base: '/_x_accel_redirect' }
      : { apache_xsendfile: 'true' }),
  };
}
