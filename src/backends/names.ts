// Names that carry the instance or not: Gravity's rule, followed by every target.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Deployment, Instance, Process } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';

/** `galaxy`, or `galaxy-<instance>` where names carry the instance. */
export function baseName(deployment: Deployment, instance: Instance): string {
  return deployment.named ? `galaxy-${instance.name.value}` : 'galaxy';
}

/** What people call the server: `Galaxy`, or `Galaxy <instance>`. */
export function title(deployment: Deployment, instance: Instance): string {
  return deployment.named ? `Galaxy ${instance.name.value}` : 'Galaxy';
}

/**
 * Two things of the target that would have the same name.
 * @param kind what they are: `unit`
 */
export function clash(kind: string, name: string, process: Process, other: Process): Diagnostic {
  const here = spanOf(process.serverName ?? process.argv[0]);
  const there = spanOf(other.serverName ?? other.argv[0]);
  return problem('GX702', `two processes make the ${kind} "${name}"`, here, {
    labels: there && there !== here ? [{ span: there, text: 'the other one' }] : [],
    why: `the target has one ${kind} of a name, so one of the two would never run`,
    help: 'rename one of them, or its instance',
  });
}

/** The file an instance was read from, for a problem about what is not in it. */
export function fileOfInstance(instance: Instance): string {
  for (const one of [instance.gravityFile, instance.processManager, instance.name, instance.root]) {
    const span = spanOf(one);
    if (span) return span.source.path;
  }
  return instance.gravityFile.value;
}
