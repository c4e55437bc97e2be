// Galaxy's own code on random servers: what every process does with jobs and workflows, and which do not start. Galaxy
// comes from the Python registry; what it makes of the files is asked of `JobConfiguration`, `WorkflowSchedulingManager`
// and the stack, for each process by itself.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import { memoryHost } from '../../src/host/memory.ts';
import type { Instance } from '../../src/model/deployment.ts';
import { isOlder } from '../../src/model/release.ts';
import { destinationsOf, destinationTable } from '../../src/model/routing-destinations.ts';
import { isEnabled } from '../../src/model/routing-params.ts';
import { jobGoes, siteOf, type Worker } from '../../src/model/routing-site.ts';
import { compile } from '../../src/pipeline.ts';
import { Driver } from './driver.ts';
import { type ServerFiles, servers } from './galaxy-cases.ts';
import { pythonWith, requirements } from './python.ts';

const test = suite('peers: Galaxy');

/** What the driver tells of a process. */
interface Told {
  readonly starts: boolean;
  readonly error?: string;
  readonly handles: boolean;
  readonly tags: readonly string[];
  readonly grabs: readonly string[];
  readonly methods: readonly string[];
  readonly maxGrab: number | null;
  readonly readyWindow: number;
  readonly runners: readonly (readonly [id: string, load: string, workers: string])[];
  readonly loads: readonly string[] | null;
  readonly schedules: boolean;
  readonly invocations: readonly string[];
  readonly destinations: Readonly<Record<string, readonly string[]>>;
  readonly destination: string;
  readonly assigned: Readonly<Record<string, readonly string[]>>;
}

const asked = [null, 't1', 't2', 't3', 'h0', 'h1', 'special', 'nobody', '_default_'];

const runs = 120;

for (const release of ['24.2', '26.1']) {
  const found = pythonWith(requirements(`galaxy-${release}.txt`));
  if ('missing' in found)
    process.stdout.write(
      `SKIPPED: Galaxy ${release} from the Python registry is needed\n  ${found.missing}\n`,
    );
  ('missing' in found ? test.skip : test)(`${release}: the same from Galaxy and gxgen`, async () => {
    const python = 'python' in found ? found.python : '';
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-galaxy-')));
    const driver = new Driver(python, 'galaxy_driver.py');
    let processes = 0;
    let stopped = 0;
    try {
      for (const [index, files] of fc
        .sample(servers(release), { numRuns: runs, seed: 20_261_128 })
        .entries()) {
        const told = await compare(files, join(folder, String(index)), driver);
        processes += told.length;
        stopped += told.filter((one) => !one.starts).length;
      }
    } finally {
      driver.close();
      rmSync(folder, { recursive: true, force: true });
    }
    process.stdout.write(
      `  ${release}: ${runs} servers, ${processes} processes, ${stopped} that do not start\n`,
    );
    assert.ok(stopped > 50 && processes - stopped > 200);
  });
}

async function compare(files: ServerFiles, folder: string, driver: Driver): Promise<readonly Told[]> {
  mkdirSync(join(folder, 'config'), { recursive: true });
  mkdirSync(join(folder, 'root'));
  const placed = Object.entries(files).map(([name, text]): [string, string] => [
    join(folder, 'config', name),
    text.replaceAll('@here@', folder),
  ]);
  for (const [path, text] of placed) writeFileSync(path, text);
  const host = memoryHost({ cwd: folder, files: Object.fromEntries(placed) });
  const { deployment, diagnostics } = compile(
    { files: ['config/galaxy.yml'], allowUnknown: false, advice: true },
    host,
  );
  const [instance] = deployment.instances;
  if (!instance) throw new Error('nothing was compiled');
  const { workers } = siteOf(instance);
  const answer = await driver.ask({
    folder,
    config: 'config/galaxy.yml',
    processes: workers.map(({ name, pools, kind }) => ({ name: name.value, pools, web: kind === 'web' })),
    names: asked,
  });
  const told = answer.processes as readonly Told[];
  const errors = diagnostics.filter((one) => one.severity === 'error');
  const stops = errors.filter(({ code, message, notes }) => {
    const said = [message, ...notes.map((one) => one.text)].join(' ');
    return /does not start|stops/.test(said) && !ofOneProcess.has(code);
  });
  const shown = () =>
    [
      ...Object.entries(files).map(([name, text]) => `--- ${name}\n${text}`),
      ...errors.map((one) => `${placeOf(one)} ${one.code} ${one.message}`),
    ].join('\n');
  for (const [index, worker] of workers.entries()) {
    const galaxy = told[index];
    if (!galaxy) throw new Error(`no answer about ${worker.name.value}: ${answer.error}`);
    const starts = worker.job.starts && worker.scheduler.starts && stops.length === 0;
    const what = `${worker.name.value} in ${worker.pools.join(', ')}`;
    assert.is(starts, galaxy.starts, `${what} starts; ${galaxy.error}\n${shown()}`);
    if (!galaxy.starts) {
      assert.ok(
        errors.length > 0,
        `${what} does not start, and no error says so: ${galaxy.error}\n${shown()}`,
      );
      continue;
    }
    for (const [fact, value] of Object.entries(describe(instance, worker, galaxy)))
      assert.equal(value, galaxy[fact as keyof Told], `${fact} of ${what}\n${shown()}`);
  }
  rmSync(folder, { recursive: true });
  return told;
}

// Rules about processes that do not start while the others do.
const ofOneProcess = new Set(['GX466', 'GX468']);

/** The same facts as gxgen knows them; those of the whole server once, with its web process. */
function describe(instance: Instance, worker: Worker, galaxy: Told): Partial<Told> {
  const { job, scheduler, name, kind } = worker;
  const site = siteOf(instance);
  const { jobs } = instance;
  const own = {
    handles: job.isHandler,
    tags: [...job.tags].sort(),
    grabs: [...job.grabs].sort(),
    schedules: scheduler.schedules,
    invocations: [...scheduler.grabs].sort(),
  };
  if (kind !== 'web') {
    // Of an entry that Galaxy ignores, the runners are ignored too.
    const ignored = site.jobs.table.names.collisions.map((one) =>
      one.kind.startsWith('tag') ? undefined : one.handler,
    );
    const entry = jobs.handling.handlers.find((one) => one.id.value === name.value && !ignored.includes(one));
    return { ...own, loads: entry?.plugins?.map((one) => one.value) ?? null };
  }
  const workers = jobs.format === 'xml' ? 4 : '';
  const loaded = jobs.runners.filter((one) => isEnabled(one) !== false && one.id.value !== 'dynamic');
  return {
    ...own,
    methods: site.jobs.methods.methods,
    maxGrab: jobs.handling.maxGrab?.value ?? null,
    readyWindow: jobs.handling.readyWindowSize?.value ?? 100,
    runners:
      jobs.format === 'none'
        ? [['local', 'local', '4']]
        : loaded.map((one) => [one.id.value, one.load?.value ?? '', String(one.workers?.value ?? workers)]),
    ...(jobs.format === 'none' ? {} : { destinations: destinations(instance, galaxy) }),
    assigned: Object.fromEntries(
      asked.map((wanted) => [JSON.stringify(wanted), goes(jobGoes(instance, wanted ?? undefined))]),
    ),
  };
}

// From 26.0 on the destinations of a tag are added to the one whose id it is.
function destinations(instance: Instance, galaxy: Told): Told['destinations'] {
  const table = destinationTable(instance.jobs);
  const merges = !isOlder(instance.release?.value, '26.0');
  return Object.fromEntries(
    Object.keys(galaxy.destinations).map((name) => {
      const found = destinationsOf(table, name).map((one) => one.id.value);
      const id = table.ids.get(name);
      const order = instance.jobs.destinations;
      const added = (table.tags.get(name) ?? []).filter(
        (one) => merges && id && order.indexOf(one) >= order.indexOf(id),
      );
      return [name, [...found, ...added.map((one) => one.id.value)].sort()];
    }),
  );
}

function goes(found: ReturnType<typeof jobGoes>): string[] {
  if (found.kind === 'name') return [found.name];
  return found.kind === 'one-of' ? [...found.members].sort() : [found.kind === 'creator' ? 'self' : 'fails'];
}

test.run();
