// The back end commands: lines of shell to paste or to run.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance, Process } from '../../model/deployment.ts';
import { spanOf } from '../../model/located.ts';
import type { Backend } from '../backend.ts';
import { carrier } from '../carry.ts';
import { comment } from '../comment.ts';
import { oneLine } from '../kernel.ts';
import { baseName, fileNamePart, title } from '../names.ts';
import { hasSecrets, maskSecrets } from '../secrets.ts';
import { commandData } from './line.ts';

export const commands: Backend = {
  name: 'commands',
  summary: 'lines of shell that start the processes, to paste or to run',
  layouts: [
    { name: 'foreground', summary: 'each process in a terminal of its own' },
    { name: 'daemon', summary: 'each process in the background, with files for its output and its number' },
  ],
  render(deployment, options, templates, report) {
    const carry = carrier('a shell', report);
    const layout = options.layout ?? 'foreground';
    return deployment.instances.map((instance) => {
      reportUnfit(instance, report);
      const prefix = deployment.named ? `${fileNamePart(instance.name.value)}_` : '';
      const processes = instance.services
        .flatMap((one) => one.processes)
        .toSorted((a, b) => (a.priority?.value ?? 999) - (b.priority?.value ?? 999));
      const write = (change: (process: Process) => Process): string =>
        templates(layout === 'daemon' ? 'commands/daemon' : 'commands/foreground', {
          comment: comment('#', instance),
          title: oneLine(title(deployment, instance)),
          user: oneLine(instance.user?.value ?? ''),
          commands: processes.flatMap(
            (one) => commandData(change(one), layout === 'daemon', instance.stateDir, prefix, carry) ?? [],
          ),
        });
      const plain = {
        path: `${fileNamePart(baseName(deployment, instance))}-commands.sh`,
        text: write((one) => one),
      };
      return processes.some(hasSecrets)
        ? { ...plain, masked: write(maskSecrets), mode: 0o600 }
        : { ...plain, mode: 0o644 };
    });
  },
};

function reportUnfit(instance: Instance, report: Report): void {
  for (const [key, value] of [
    ['galaxy_user', instance.user],
    ['galaxy_group', instance.group],
  ] as const)
    if (value && (key === 'galaxy_user' || value.value !== instance.user?.value))
      report(
        problem('GX719', `a command line does not become "${value.value}"`, spanOf(value), {
          why: `"${key}" has no effect: the process runs as whoever gives the command`,
          help: instance.user
            ? `give the commands as "${instance.user.value}"`
            : 'give the commands as that account',
        }),
      );
  if (instance.logNamespace)
    report(
      problem('GX711', 'a command line knows no log namespace', spanOf(instance.logNamespace), {
        why: 'output goes to the terminal or to a file instead of the journal',
      }),
    );
  const limits = new Map(
    instance.services
      .flatMap((one) => one.processes)
      .flatMap((one) => [one.memoryHigh, one.memoryMax])
      .flatMap((one) => (one ? [[spanOf(one)?.start ?? '', one] as const] : [])),
  );
  for (const limit of limits.values())
    report(
      problem('GX710', 'a command line cannot enforce a memory limit', spanOf(limit), {
        why: 'a process that grows without bound takes the whole machine with it',
        help: 'use systemd',
      }),
    );
}
