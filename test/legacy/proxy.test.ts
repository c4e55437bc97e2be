// The web server in front of a legacy Galaxy: what it hands requests to follows from the files of the old server.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { memoryHost } from '../../src/host/memory.ts';

const test = suite('legacy behind a proxy');

/** Everything that is written for a target from the files of a fixture. */
async function rendered(fixture: string, target: string): Promise<string> {
  const folder = `fixtures/${fixture}/in`;
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files[`/srv/galaxy/${relative(folder, path)}`] = readFileSync(path, 'utf8');
  }
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files,
    asset: (path) => readFileSync(path, 'utf8'),
  });
  const main = '/srv/galaxy/config/galaxy.ini' in files ? 'config/galaxy.ini' : 'config/galaxy.yml';
  const supervisor =
    '/srv/galaxy/supervisor/galaxy.conf' in files ? ['--supervisor', 'supervisor/galaxy.conf'] : [];
  const exit = await cli(['render', main, ...supervisor, '--target', target], host);
  assert.is(exit, 0, host.output.stderr);
  return host.output.stdout;
}

/** Servers of the upstream, members of the balancer. */
const members = (text: string) =>
  [...text.matchAll(/^ *(?:server|BalancerMember) "?([^\s";]+)/gm)].map((one) => one[1]);

for (const [fixture, nginx, apache] of [
  // Handlers are Paste servers too, and serve nobody.
  [
    'render-legacy-paste-supervisor',
    ['127.0.0.1:8080', '127.0.0.1:8081'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8081'],
  ],
  ['render-legacy-uwsgi-supervisor', ['127.0.0.1:4001'], ['uwsgi://127.0.0.1:4001']],
  ['render-legacy-exercise-2017', ['127.0.0.1:4001'], ['uwsgi://127.0.0.1:4001']],
  // The pool has the address; zerglings have none of their own.
  ['render-legacy-zerg-supervisor', ['127.0.0.1:4001'], ['uwsgi://127.0.0.1:4001']],
  ['render-legacy-uwsgi-yaml', ['127.0.0.1:4001'], ['uwsgi://127.0.0.1:4001']],
] as const) {
  test(`${fixture}: nginx and Apache`, async () => {
    const forNginx = await rendered(fixture, 'nginx');
    assert.equal(members(forNginx), nginx);
    assert.match(
      forNginx,
      apache[0].startsWith('uwsgi') ? /uwsgi_pass galaxy;/ : /proxy_pass http:\/\/galaxy;/,
    );
    assert.not.match(forNginx, apache[0].startsWith('uwsgi') ? /proxy_pass/ : /uwsgi_pass/);
    assert.equal(members(await rendered(fixture, 'apache')), apache);
  });
}

test.run();
