// Every hostile string in one place, for one web server: compiled one by one, run all at once.

import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { rules } from '../../../../src/rules/index.ts';
import { type Hostile, hostile } from '../../hostile.ts';
import { inSandbox } from '../../sandbox.ts';
import { folder } from '../../scratch.ts';
import { yamlText } from '../../yaml.ts';
import { compile } from '../compile.ts';
import { exchange } from '../http.ts';
import { type Address, type Network, network } from '../network.ts';
import { around, modulesOf, type Part, partOf } from '../placing.ts';
import { request } from '../requests/question.ts';
import { certificate } from '../site-files.ts';
import { type Kind, startWebServer } from '../web-server.ts';
import { listen } from './application.ts';
import type { Place, Spot } from './places.ts';

export interface Tally {
  exact: number;
  /** The compile said no. */
  refused: number;
  /** Accepted, but what it names cannot exist. */
  untried: number;
  /** One line a string that the running server does not use as it is. */
  readonly wrong: string[];
  /** Strings that were refused although something of the name can exist, with what was said. */
  readonly declined: string[];
}

interface Trial {
  readonly string: Hostile;
  readonly spot: Spot;
  readonly files: ReadonlyMap<Part, string>;
  readonly texts: readonly string[];
}

// A server of one process is nothing to run Galaxy with, and the rules say so in tests of their own.
const off = Object.fromEntries(rules.map(({ code }) => [code, 'off']));

/** Tries all strings in a place. */
export async function tryAll(place: Place, kind: Kind): Promise<Tally> {
  const tally: Tally = { exact: 0, refused: 0, untried: 0, wrong: [], declined: [] };
  const home = folder('hostile', kind, place.name.replaceAll(' ', '-'));
  const application = join(home, 'app.s');
  const pair = await certificate();
  const trials: Trial[] = [];
  const listening: Server[] = [];
  const start = async (path: string) => {
    const server = await listen(path);
    if (server) listening.push(server);
    return server !== undefined;
  };
  await start(application);
  for (const string of hostile) {
    const own = join(home, String(string.index));
    mkdirSync(own);
    // The web server writes here as another user.
    chmodSync(own, 0o777);
    const spot: Spot = {
      ...{ kind, number: string.index, folder: own, application, host: `t${string.index}.example.org` },
      certificate: readFileSync(pair.certificate, 'utf8'),
      key: readFileSync(pair.key, 'utf8'),
    };
    const {
      status,
      files: texts,
      said,
    } = await compile(configuration(place, string.value, spot), kind, place.layout);
    let exists = place.prepare(string.value, spot);
    if (status !== 0) {
      tally.refused++;
      if (exists)
        tally.declined.push(`#${string.index} (${string.why}): ${/^error.*/m.exec(said)?.[0] ?? said}`);
      continue;
    }
    if (exists && place.name === 'the path of a socket') exists = await start(`${own}/x${string.value}.s`);
    if (!exists) tally.untried++;
    else trials.push({ string, spot, files: write(texts, own), texts: [...texts.values()] });
  }
  try {
    await run(place, kind, home, trials, tally);
  } finally {
    for (const server of listening) server.close();
  }
  return tally;
}

function configuration(place: Place, value: string, spot: Spot) {
  const { gravity = {}, galaxy = {}, proxy = {} } = place.configure(value, spot);
  const site = {
    server_name: spot.host,
    listen: { ipv6: false, catch_all: false },
    tls: { mode: 'off' },
  };
  return {
    '/etc/galaxy/galaxy.yml': yamlText({
      gravity: {
        galaxy_root: `${spot.folder}/server`,
        virtualenv: '/srv/venv',
        gunicorn: { bind: `unix:${spot.application}`, extra_args: '--forwarded-allow-ips="*"' },
        celery: { enable: false, enable_beat: false },
        ...gravity,
      },
      galaxy: { data_dir: '/srv/data', galaxy_infrastructure_url: `https://${spot.host}`, ...galaxy },
    }),
    '/etc/galaxy/gxgen.yml': yamlText({
      release: '25.1',
      rules: off,
      proxy: {
        kind: spot.kind,
        ...(place.layout === 'site' ? site : {}),
        upstream: { name: ownUpstream(place) ? `g${spot.number}` : 'galaxy' },
        ...proxy,
      },
    }),
    '/etc/galaxy/r.yml': yamlText({ reports: {} }),
  };
}

function write(texts: ReadonlyMap<string, string>, own: string): Map<Part, string> {
  return new Map(
    [...texts].flatMap(([name, text]) => {
      const part = partOf(name);
      const path = join(own, `${part}.generated.conf`);
      writeFileSync(path, text);
      return part ? [[part, path] as const] : [];
    }),
  );
}

// A site has its upstream in itself.
function ownUpstream(place: Place): boolean {
  return place.upstream === true || place.layout === 'site';
}

async function run(
  place: Place,
  kind: Kind,
  home: string,
  trials: readonly Trial[],
  tally: Tally,
): Promise<void> {
  await inSandbox('idle', async (box) => {
    const net = await network(box);
    // Apache makes shared memory for every balancer in every virtual host.
    const most = kind === 'apache' && ownUpstream(place) ? 50 : trials.length;
    for (let at = 0; at < trials.length; at += most) {
      const some = trials.slice(at, at + most);
      const web = await startWebServer(box, kind, {
        folder: join(home, `web-${at}`),
        text: configurationText(place, kind, some),
        ports: [80, 443],
        modules: modulesOf(some.flatMap((one) => one.texts)),
      });
      for (let from = 0; from < some.length; from += 8)
        await Promise.all(some.slice(from, from + 8).map((one) => tryOne(net, place, one, tally)));
      await web.stop();
    }
  });
}

async function tryOne(net: Network, place: Place, { string, spot }: Trial, tally: Tally): Promise<void> {
  const { target, host = spot.host } = place.request(string.value, spot);
  const to: Address = place.secured ? { port: 443, tls: spot.host } : { port: 80 };
  const answer = await exchange(net, to, request(target, { host }), 10);
  const wrong = await place.judge(string.value, spot, answer);
  if (wrong === undefined) tally.exact++;
  else
    tally.wrong.push(
      `#${string.index} (${string.why}) ${JSON.stringify(string.value).slice(0, 60)}: ${wrong}`,
    );
}

function configurationText(place: Place, kind: Kind, trials: readonly Trial[]): string {
  // One upstream for all is enough where it is the same; the longest defines the variables that some of them use.
  const length = ({ files }: Trial) => statSync(files.get('upstream') ?? '/dev/null').size;
  const fullest = trials.reduce((one, other) => (length(other) > length(one) ? other : one));
  const texts = trials.map((trial) => {
    const { files, spot } = trial;
    const shared = trial !== fullest && !ownUpstream(place);
    const own = shared ? new Map([...files].filter(([part]) => part !== 'upstream')) : files;
    return around(kind, own, { name: spot.host, tools: '' });
  });
  const stranger = 'server { listen 127.0.0.1:80 default_server; return 444; }';
  const first = place.layout === 'blocks' ? stranger : 'server_names_hash_bucket_size 512;';
  // Apache has to know a definition before the first line that uses it.
  const ordered = texts.toSorted(
    (one, other) => Number(other.includes('upstream.')) - Number(one.includes('upstream.')),
  );
  return [kind === 'nginx' ? first : '', ...ordered].join('\n');
}
