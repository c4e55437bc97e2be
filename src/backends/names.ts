// Names that carry the instance or not: Gravity's rule, followed by every target.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Deployment, Instance, Process } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';

/** `galaxy`, or `galaxy-<instance>` where names carry the instance. */
export function baseName(deployment: Deployment, instance: Instance): string {
  return deployment.named ? `galaxy-${instance.name.value}` : 'galaxy';
}

/**
 * Text as a part of a file name, and of the name of a unit. Bytes that no unit name holds become `\xHH`, as
 * systemd-escape(1) writes them; `-` stays, so that names are the ones Gravity gives.
 */
export function fileNamePart(text: string): string {
  let name = '';
  for (const character of text) {
    if (/[A-Za-z0-9:_.-]/.test(character)) name += character;
    else
      for (const byte of Buffer.from(character, 'utf8')) name += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return name;
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
  if (instance.legacy) return instance.place.source.path;
  for (const one of [instance.gravityFile, instance.processManager, instance.name, instance.root]) {
    const span = spanOf(one);
    if (span) return span.source.path;
  }
  return instance.gravityFile.value;
}
