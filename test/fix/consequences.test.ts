// What follows from a slip is told with it: which findings are gone, and which stay although they could be.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { memoryHost } from '../../src/host/memory.ts';

const test = suite('consequences');

const head = `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
`;
const jobs = `galaxy:
  id_secret: 1f0a8dc1e5
  job_config:
    runners: {local: {load: galaxy.jobs.runners.local:LocalJobRunner}}
    handling: {assign: [db-skip-locked]}
    execution: {environments: {local: {runner: local}}}
`;

async function codes(galaxy: string, ...more: string[]): Promise<string> {
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: {
      '/srv/galaxy/config/galaxy.yml': galaxy,
      '/srv/galaxy/config/gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\n',
    },
  });
  await cli(['validate', 'config/galaxy.yml', '--format', 'concise', ...more], host);
  return host.output.stdout
    .split('\n')
    .flatMap((line) => /: error (GX\d+)/.exec(line)?.[1] ?? [])
    .join(' ');
}

const handlers = (list: string) => `${head}  handlers:\n${list}${jobs}`;

const cases: readonly (readonly [string, string, string])[] = [
  ['one slip', handlers('    h: {pols: [job-handlers]}\n'), 'GX200'],
  ['a slip and its like', handlers('    h: {pols: [job-handlers]}\n    i: {processes: 2}\n'), 'GX200 GX461'],
  ['two slips', handlers('    h: {pols: [job-handlers]}\n    i: {pols: [job-handlers]}\n'), 'GX200 GX200'],
  ['a value that is a slip', handlers('    h: {pools: job-handlers}\n'), 'GX201'],
  ['a whole section', handlers('    h: {pools: [job-handlers]}\n').replace('gravity', 'gravty'), 'GX207'],
  ['a slip that hides another', handlers('    h: {pols: 5}\n'), 'GX461 GX200'],
  ['nothing to be meant', handlers('    h: {pools: [job-handlers], quux: 1}\n'), 'GX200'],
];

for (const [what, galaxy, expected] of cases)
  test(what, async () => assert.is(await codes(galaxy), expected));

test('more slips than can be tried', async () => {
  const many = Array.from({ length: 11 }, (_, index) => `    h${index}: {pols: [job-handlers]}\n`).join('');
  const found = await codes(handlers(many));
  assert.is(found.split('GX200').length - 1, 11);
  assert.is(found.split('GX461').length - 1, 11);
});

test('line ends of Windows', async () => {
  const galaxy = handlers('    h: {pols: [job-handlers]}\n').replaceAll('\n', '\r\n');
  assert.is(await codes(galaxy), 'GX200');
});

test.run();
