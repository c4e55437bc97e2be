// Taking over what others installed: what is shown of it, and when it has to be agreed to by a person.

import type { Backend, OutputFile } from '../backends/backend.ts';
import { type AdoptedProcess, compareAdopted } from '../deploy/adopt.ts';
import { standing } from '../deploy/content.ts';
import { unrecorded } from '../deploy/drift.ts';
import { gravityFiles } from '../deploy/gravity-set.ts';
import type { Held } from '../deploy/session.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Deployment } from '../model/deployment.ts';
import { visible } from '../text/width.ts';

export interface Adoption {
  /** Files that are taken over and are no part of the set: they go. */
  readonly taken: readonly string[];
  /** True when Gravity wrote any of it. */
  readonly ofGravity: boolean;
  readonly processes: readonly AdoptedProcess[];
  /** False when what runs is not told by the files, so that only their bytes could be compared. */
  readonly told: boolean;
}

/** What stands in a directory in which gxgen has installed nothing yet; undefined when that is nothing. */
export function findAdoption(
  host: Host,
  { directory }: Held,
  backend: Backend,
  deployment: Deployment,
  files: readonly OutputFile[],
): Adoption | undefined {
  const paths = files.map(({ path }) => path);
  const gravity = gravityFiles(host, directory, paths);
  const decoder = new TextDecoder();
  const texts = new Map(gravity);
  const own = unrecorded(host, directory, files);
  for (const path of [...paths, ...own]) {
    const content = standing(host, directory, path);
    if (content) texts.set(path, decoder.decode(content.bytes));
  }
  if (texts.size === 0) return undefined;
  const fresh = new Map(files.map(({ path, text }) => [path, text]));
  return {
    taken: [...gravity.keys(), ...own].filter((path) => !fresh.has(path)).sort(),
    ofGravity: gravity.size > 0,
    processes: backend.read ? compareAdopted(backend.read(texts), backend.read(fresh), deployment) : [],
    told: backend.read !== undefined,
  };
}

/** True when taking it over changes nothing of what runs. */
export function isEquivalent({ told, processes }: Adoption, others: readonly string[]): boolean {
  return told ? processes.every((one) => one.same) : others.length === 0;
}

export function adoptionText({ processes, ofGravity }: Adoption, shown: string): string {
  if (processes.length === 0) return '';
  const width = Math.max(...processes.map(({ name }) => name.length));
  const lines = processes.map(({ name, id, same, differences, byGravity }) => {
    const what = same
      ? `the same (${id}${byGravity ? ', by way of galaxyctl' : ''})`
      : differences.join('; ');
    return `  ${name.padEnd(width)}  ${what}`;
  });
  const who = ofGravity ? 'Gravity' : 'others';
  return `${[`What ${who} installed in ${shown}, process by process:`, ...lines].map(visible).join('\n')}\n\n`;
}

/** Said when nobody is asked. */
export function adoptionProblem(
  { processes, told }: Adoption,
  others: readonly string[],
  shown: string,
): Diagnostic {
  const count = processes.filter((one) => !one.same).length;
  return problem(
    'GX850',
    told
      ? `${count} of ${processes.length} processes would not run as they do: "${shown}"`
      : `${others.length} files would not be as they are: "${shown}"`,
    shown,
    {
      why: 'a set of files is taken over without asking only where that changes nothing',
      help: 'let the configuration say the same, or run it without --yes, and agree to what is shown',
    },
  );
}
