// What only systemd cares about: who the processes run as, and where their programs are.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance } from '../../model/deployment.ts';
import { isWritten, spanOf } from '../../model/located.ts';
import { fileOfInstance } from '../names.ts';

// A legacy file has no place for either. A program that is found by its whole path or in a PATH of its own needs no
// virtualenv, and a supervisor program was found where systemd looks too.
function reportLegacy(instance: Instance, system: boolean, file: string, report: Report): void {
  const processes = instance.services.flatMap((one) => one.processes);
  const lost = processes.find(
    ({ argv, env, program }) =>
      !program && !argv[0]?.value.startsWith('/') && !env.some((one) => one.name === 'PATH'),
  );
  if (lost)
    report(
      problem('GX703', `nothing says where the program of "${lost.name}" is, which systemd needs`, file, {
        why: 'a unit starts without your shell and its PATH',
        help: 'state "virtualenv" in gxgen.yml under "legacy", or name the supervisor file: --supervisor FILE',
      }),
    );
  if (system && processes.some((one) => one.user === undefined))
    report(
      problem('GX704', 'no user is set, so systemd would run Galaxy as root', file, {
        why: 'every job and every uploaded file would be handled with all rights on the machine',
        help: 'state "galaxy_user" in gxgen.yml under "legacy", or add "user" to the programs',
      }),
    );
}

/** @param system true for the system's manager, false for a user's */
export function reportUnfit(instance: Instance, system: boolean, report: Report): void {
  const file = fileOfInstance(instance);
  if (instance.legacy) reportLegacy(instance, system, file, report);
  else if (instance.virtualenv === undefined)
    report(
      problem('GX703', 'no "virtualenv" is set, which systemd needs', file, {
        why: 'a unit starts without your shell and its PATH, so nothing says where Galaxy and its programs are installed',
        help: 'set "virtualenv" in "gravity" to the absolute path of Galaxy\'s virtual environment',
      }),
    );
  if (system && instance.user === undefined && !instance.legacy)
    report(
      problem('GX704', 'no "galaxy_user" is set, so systemd would run Galaxy as root', file, {
        why: 'every job and every uploaded file would be handled with all rights on the machine',
        help: 'set "galaxy_user" in "gravity", or make units for a user\'s own systemd ("mode: user" under "systemd" in gxgen.yml)',
      }),
    );
  if (system) return;
  for (const [key, value] of [
    ['galaxy_user', instance.user],
    ['galaxy_group', instance.group],
  ] as const)
    if (isWritten(value))
      report(
        problem('GX705', `"${key}" has no effect in units for a user's own systemd`, spanOf(value), {
          why: "a user's systemd runs everything as that user",
          help: 'install the units for that user, and only there',
        }),
      );
  if (instance.logNamespace)
    report(
      problem('GX711', "a user's own systemd knows no log namespaces", spanOf(instance.logNamespace), {
        why: 'output goes to the journal of that user',
      }),
    );
}
