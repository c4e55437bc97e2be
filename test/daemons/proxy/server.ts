// A whole server of a scenario in a sandbox: the application servers started by a real supervisord from the generated
// programs, and the web server with the generated configuration in front.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../helpers/sources.ts';
import { until } from '../command.ts';
import { render, written } from '../gxgen.ts';
import { inSandbox, type Sandbox } from '../sandbox.ts';
import { folder } from '../scratch.ts';
import { mainConfiguration, type Supervisor, startSupervisor } from '../supervisor.ts';
import { yamlText } from '../yaml.ts';
import { type Answer, exchange, type Request } from './http.ts';
import { galaxyIni, uwsgiYml } from './legacy.ts';
import { type Address, type Network, network } from './network.ts';
import { around, filesIn, modulesOf } from './placing.ts';
import { installGalaxy, installPrograms, servers } from './programs.ts';
import { galaxyYml, gxgenYml, host, jobConf, type Places, type Scenario, toolsHost } from './scenario.ts';
import { certificate, writeFiles } from './site-files.ts';
import { type Kind, startWebServer, type WebServer } from './web-server.ts';

export interface Server {
  readonly scenario: Scenario;
  readonly kind: Kind;
  readonly places: Places;
  readonly box: Sandbox;
  readonly network: Network;
  readonly supervisor: Supervisor;
  readonly web: WebServer;
  /** The port of the web server, secured where the layout has certificates. */
  readonly address: Address;
  /** Asks the web server. */
  ask(request: Request, to?: Address): Promise<Answer>;
}

let count = 0;

/**
 * Lays a server out and renders it, starts all of it, hands it over, and ends it.
 * @param rewrite changes the generated file that has the upstream
 */
export async function withServer<T>(
  scenario: Scenario,
  kind: Kind,
  work: (server: Server) => Promise<T>,
  rewrite?: (text: string) => string,
): Promise<T> {
  const places = await layOut(scenario, kind);
  const files = await generate(places, kind, scenario.layout);
  if (rewrite) {
    const path = written(files.proxy, 'galaxy-upstream.conf');
    writeFileSync(path, rewrite(readFileSync(path, 'utf8')));
  }
  return inSandbox('idle', async (box) => {
    const net = await network(box);
    await coverLogs(box);
    const supervisor = await startSupervisor(box, mainConfiguration(join(files.supervisor, '*.conf')));
    await untilAnswering(net, listenersOf(scenario, places), supervisor, places.base);
    const web = await startWebServer(box, kind, {
      folder: join(places.base, 'web'),
      text: around(kind, filesIn(files.proxy), { name: host, tools: `*.${toolsHost}` }),
      ports: scenario.layout === 'site' ? [80, 443] : [80],
      modules: modulesOf([...filesIn(files.proxy).values()].map((path) => readFileSync(path, 'utf8'))),
    });
    const address: Address = scenario.layout === 'site' ? { port: 443, tls: host } : { port: 80 };
    const ask = (request: Request, to = address) => exchange(net, to, request);
    const server = { scenario, kind, places, box, network: net, supervisor, web, address, ask };
    try {
      if (scenario.era === 'uwsgi')
        await untilAnswering(
          net,
          [{ at: address, path: `${scenario.prefix}/api/version` }],
          supervisor,
          places.base,
        );
      return await work(server);
    } finally {
      await web.stop();
      await supervisor.control('shutdown');
    }
  });
}

/** Writes the configuration of a server and everything it names. */
export async function layOut(scenario: Scenario, kind: Kind): Promise<Places> {
  const found = servers();
  if ('missing' in found) throw new Error(found.missing);
  const base = folder('proxy', String(++count));
  const places: Places = {
    ...{
      base,
      root: join(base, 'server'),
      virtualenv: join(base, 'venv'),
      tusd: join(base, 'bin/tusd'),
    },
    ...{ run: join(base, 'run'), data: join(base, 'data') },
    config: join(base, 'config', scenario.era === 'paste' ? 'galaxy.ini' : 'galaxy.yml'),
    ...(await certificate()),
  };
  installPrograms(places.virtualenv, places.tusd, found.python);
  installGalaxy(places.root, scenario.release);
  writeFiles(places);
  mkdirSync(join(base, 'config'), { recursive: true });
  const texts = {
    gunicorn: () => yamlText(galaxyYml(scenario, kind, places)),
    uwsgi: () => uwsgiYml(scenario, kind, places),
    paste: () => galaxyIni(scenario, kind, places),
  };
  writeFileSync(places.config, texts[scenario.era]());
  writeFileSync(join(base, 'config/gxgen.yml'), yamlText(gxgenYml(scenario, kind, places)));
  writeFileSync(join(base, 'config/job_conf.yml'), yamlText(jobConf));
  if (scenario.reports) writeFileSync(join(base, 'config/reports.yml'), yamlText({ reports: {} }));
  return places;
}

/** Renders the programs and the proxy of what was laid out. */
export async function generate(
  places: Places,
  kind: Kind,
  layout: Scenario['layout'],
): Promise<{ supervisor: string; proxy: string }> {
  const [supervisor, proxy] = [join(places.base, 'out/supervisor'), join(places.base, `out/${kind}`)];
  await render([places.config], 'supervisor', supervisor, '--layout', 'conf.d');
  await render([places.config], kind, proxy, '--layout', layout);
  return { supervisor, proxy };
}

// Where Debian's programs write unless told otherwise, which inside the sandbox cannot be written to.
async function coverLogs(box: Sandbox): Promise<void> {
  for (const name of ['/var/log/nginx', '/var/log/apache2', '/var/lib/nginx'])
    if (existsSync(name)) await box.output(['mount', '-t', 'tmpfs', 'tmpfs', name]);
}

/** Everything that must answer before the web server is asked, and a path it answers with less than 500. */
function listenersOf(scenario: Scenario, { run }: Places): { at: Address; path: string }[] {
  // uWSGI speaks no HTTP: it is asked through the web server.
  if (scenario.era === 'uwsgi') return [];
  const version = `${scenario.prefix}/api/version`;
  const members = Array.from({ length: scenario.members }, (_, number) => {
    const name = scenario.members > 1 ? `gunicorn${number}` : 'gunicorn';
    const at = scenario.over === 'tcp' ? { port: 8081 + number } : { unix: `${run}/${name}.sock` };
    return { at, path: version };
  });
  return [
    ...members,
    ...(scenario.tusd ? [{ at: { port: 1080 }, path: '/files/none' }] : []),
    ...(scenario.tools ? [{ at: { port: 4002 }, path: '/' }] : []),
    ...(scenario.reports ? [{ at: { port: 9001 }, path: '/' }] : []),
  ];
}

async function untilAnswering(
  net: Network,
  listeners: readonly { at: Address; path: string }[],
  supervisor: Supervisor,
  base: string,
): Promise<void> {
  const headers = [
    ['Host', host],
    ['Connection', 'close'],
  ] as const;
  let status = 0;
  try {
    for (const { at, path } of listeners) {
      await until(JSON.stringify(at), async () => {
        ({ status } = await exchange(net, at, { method: 'GET', target: path, headers }, 5));
        return status >= 200 && status < 500 ? true : undefined;
      });
    }
  } catch (error) {
    const said = listFiles(base, '.log').map(
      (path) => `${path}:\n${readFileSync(path, 'utf8').slice(-2000)}`,
    );
    throw new Error([error, status, (await supervisor.control('status')).stdout, ...said].join('\n'));
  }
}
