// The deployments of all fixtures: every configuration that a case names and that compiles without a problem of reading.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { memoryHost } from '../../src/host/memory.ts';
import type { Deployment } from '../../src/model/deployment.ts';
import { compile } from '../../src/pipeline.ts';

export interface FixtureDeployment {
  /** Of the case. */
  readonly name: string;
  /** What stands in /srv/galaxy, by path in it. */
  readonly files: Readonly<Record<string, string>>;
  readonly deployment: Deployment;
}

let made: FixtureDeployment[] | undefined;

/** Compiled once for a test file. */
export function fixtureDeployments(): readonly FixtureDeployment[] {
  made ??= readdirSync('fixtures')
    .sort()
    .flatMap((name) => {
      const files = filesOf(join('fixtures', name, 'in'));
      const main = ['config/galaxy.yml', 'galaxy.yml'].find((path) => path in files);
      if (main === undefined) return [];
      const host = memoryHost({ cwd: '/srv/galaxy', files, asset });
      const { deployment, unreadable } = compile({ files: [main], allowUnknown: true, advice: false }, host);
      return unreadable || deployment.instances.length === 0 ? [] : [{ name, files, deployment }];
    });
  return made;
}

export function asset(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function filesOf(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile())
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}
