// A configuration as both sides of a plan need it: compiled and rendered for a target, in memory.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../src/backends/backend.ts';
import { backends } from '../../src/backends/index.ts';
import { sourcesDiff, type TargetDiff } from '../../src/deploy/target-diff.ts';
import { memoryHost } from '../../src/host/memory.ts';
import type { Deployment } from '../../src/model/deployment.ts';
import type { RunningProcess } from '../../src/model/running.ts';
import { compile } from '../../src/pipeline.ts';
import { builtinTemplates } from '../../src/schema/templates.ts';
import { asset } from '../helpers/deployments.ts';
import { type Choice, documentOf, type Ground } from './plan-configs.ts';
import { folder } from './scratch.ts';
import { standIn } from './witness.ts';
import { yamlText } from './yaml.ts';

export interface PlanSide {
  readonly choice: Choice;
  readonly deployment: Deployment;
  readonly files: readonly OutputFile[];
  readonly running: ReadonlyMap<string, RunningProcess>;
}

/** What a unit or program is at one moment. */
export interface State {
  readonly active: boolean;
  readonly pid: number;
  /** Another one after each start. */
  readonly invocation: string;
  /** When it became active, in the order of a clock. */
  readonly since: number;
  /** How often SIGHUP reached it. */
  readonly hangups: number;
}

/** A server without files and processes: the state before the first one. */
export const nothing: Pick<PlanSide, 'deployment' | 'files'> & {
  readonly running: ReadonlyMap<string, RunningProcess>;
} = {
  deployment: { elsewhere: [], limits: {}, instances: [], named: false },
  files: [],
  running: new Map(),
};

/** Stand-ins for every program, in two virtualenvs. */
export function makeGround(name: string, layouts: readonly string[], startTimeout?: number): Ground {
  const base = folder('plans', name);
  const virtualenvs = ['venv', 'venv two'].map((one) => join(base, one));
  for (const venv of virtualenvs)
    for (const program of ['gunicorn', 'celery', 'npx', 'python', 'galaxyctl'])
      standIn(join(venv, 'bin', program));
  standIn(join(base, 'bin/tusd'));
  const roots = ['server', 'server 2'].map((one) => join(base, one));
  for (const path of [...roots, join(base, 'log'), join(base, 'data/gravity')])
    mkdirSync(path, { recursive: true });
  return { base, virtualenvs, roots, layouts, ...(startTimeout === undefined ? {} : { startTimeout }) };
}

/** Undefined where the configuration is not one that gxgen renders. */
export function makeSide(
  target: string,
  choice: Choice,
  ground: Ground,
  directory: string,
): PlanSide | undefined {
  const config = join(ground.base, 'config/galaxy.yml');
  const host = memoryHost({
    cwd: '/',
    files: {
      [config]: yamlText(documentOf(choice, ground)),
      [join(ground.roots[0] ?? '', 'lib/galaxy/version.py')]: 'VERSION_MAJOR = "24.1"\n',
      [join(ground.roots[1] ?? '', 'lib/galaxy/version.py')]: 'VERSION_MAJOR = "24.1"\n',
    },
    asset,
  });
  const { deployment } = compile({ files: [config], allowUnknown: false, advice: false }, host);
  const backend = backends.find((one) => one.name === target);
  if (!backend?.read) throw new Error(`${target} runs nothing`);
  const errors: string[] = [];
  const options = { layout: choice.layout, systemd: { mode: 'system', directory } } as const;
  const files = backend.render(deployment, options, builtinTemplates(), (one) => {
    if (one.severity === 'error') errors.push(one.message);
  });
  if (errors.length > 0 || deployment.instances.length === 0) return undefined;
  const set = backend.read(new Map(files.map((one) => [one.path, one.text])));
  return { choice, deployment, files, running: new Map(set.processes.map((one) => [one.id, one])) };
}

export function planBetween(
  target: string,
  before: Pick<PlanSide, 'deployment' | 'files'>,
  after: PlanSide,
  directory: string,
): TargetDiff {
  const backend = backends.find((one) => one.name === target);
  if (!backend) throw new Error(target);
  const systemd = { mode: 'system', directory } as const;
  return sourcesDiff(
    { backend, deployment: after.deployment, files: after.files, directory: '', systemd },
    before,
    () => undefined,
  );
}

/** Lays the files where the sandbox sees them, to be copied in at the right moment. */
export function stage(files: readonly OutputFile[], ...names: string[]): string {
  const place = folder('staged', ...names);
  for (const { path, text, mode } of files) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text, { mode });
  }
  return place;
}
