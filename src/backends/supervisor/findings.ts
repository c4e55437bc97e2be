// What supervisor cannot express, or takes in another sense.

import { type Diagnostic, problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance, Process } from '../../model/deployment.ts';
import { isWritten, spanOf } from '../../model/located.ts';
import { fileOfInstance } from '../names.ts';
import { breaksListing } from './escape.ts';
import { wrappedVariables } from './program.ts';

/** @param shared true when the programs go to a supervisord that Galaxy's user does not run */
export function reportUnfit(instance: Instance, shared: boolean, report: Report): void {
  const once = reportOnce(report);
  const processes = instance.services.flatMap((one) => one.processes);
  for (const process of processes) {
    reportLimits(process, once);
    reportTimeouts(process, once);
    reportWords(process, once);
  }
  if (instance.logNamespace)
    once(
      problem('GX711', 'supervisor knows no log namespaces', spanOf(instance.logNamespace), {
        why: 'output goes to log files instead of the journal',
      }),
    );
  reportDirectories(instance, processes, shared, report);
  reportAccount(instance, processes, shared, report);
}

function reportLimits({ memoryHigh, memoryMax }: Process, once: Once): void {
  for (const [key, limit] of [
    ['memory_high', memoryHigh],
    ['memory_limit', memoryMax],
  ] as const)
    if (limit)
      once(
        problem('GX710', `supervisor cannot enforce "${key}"`, spanOf(limit), {
          why: 'a process that grows without bound takes the whole machine with it',
          help: 'use systemd, or limit supervisord as a whole',
        }),
      );
}

function reportTimeouts({ startTimeout, stopTimeout, program }: Process, once: Once): void {
  // Who wrote a supervisor program meant just that.
  if (isWritten(startTimeout) && !program)
    once(
      problem(
        'GX712',
        'supervisor takes the start timeout as the seconds a process has to stay up',
        spanOf(startTimeout),
        {
          why: 'it waits for no sign of readiness: a process that ends sooner counts as failed, and after three tries is given up',
        },
      ),
    );
  if (stopTimeout.value === 0)
    once(
      problem('GX718', 'supervisor kills at once with a stop timeout of 0', spanOf(stopTimeout), {
        why: 'for systemd 0 means to wait for ever; supervisor gives the process no time to end its requests and jobs',
        help: 'write the seconds that a shutdown may take',
      }),
    );
}

function reportWords(process: Process, once: Once): void {
  const wrapped = wrappedVariables(process);
  for (const word of [...process.argv, ...wrapped.map((one) => one.value)])
    if (breaksListing(word.value))
      once(
        problem('GX721', `the command of "${process.name}" holds a control character`, spanOf(word), {
          why: 'the process gets it, but "supervisorctl avail" then fails for every program',
        }),
      );
  for (const { name, value, secret } of wrapped)
    if (secret)
      once(
        problem('GX717', `the secret variable "${name}" can only be set on a command line`, spanOf(value), {
          why: 'supervisor 4.2 cannot hold these quotes in "environment", and for a moment every user of the machine can read a command line',
          help: 'choose a secret that does not start or end with a quote and holds one kind of quotes only',
        }),
      );
}

function reportDirectories(
  instance: Instance,
  processes: readonly Process[],
  shared: boolean,
  report: Report,
): void {
  const logs = !shared || isWritten(instance.logDir);
  const needed = [...processes.flatMap((one) => one.dirs), ...(logs ? [instance.logDir] : [])];
  const first = needed[0];
  if (!first) return;
  const paths = [...new Set(needed.map((one) => one.value))];
  report(
    problem(
      'GX713',
      `supervisor does not create ${paths.length === 1 ? 'a directory' : 'directories'} that Galaxy needs`,
      spanOf(first) ?? fileOfInstance(instance),
      {
        why: logs
          ? 'supervisord refuses all of its configuration when the folder of a log file is missing'
          : 'the process that writes there does not start without it',
        help: `create ${paths.map((one) => `"${one}"`).join(' and ')} before you start`,
      },
    ),
  );
}

function reportAccount(
  instance: Instance,
  processes: readonly Process[],
  shared: boolean,
  report: Report,
): void {
  const { user, group } = instance;
  if (group && group.value !== user?.value)
    report(
      problem('GX715', 'supervisor cannot set the group of a process', spanOf(group), {
        why: `files get the primary group of ${user ? `"${user.value}"` : 'the account that runs supervisord'}`,
        help: `make "${group.value}" the primary group of that account`,
      }),
    );
  if (!shared) return;
  if (!user) {
    report(
      problem(
        'GX716',
        instance.legacy
          ? 'no user is set, so Galaxy runs as the user of supervisord'
          : 'no "galaxy_user" is set, so Galaxy runs as the user of supervisord',
        fileOfInstance(instance),
        {
          why: "the system's supervisord is root, and would handle every job and every uploaded file with all rights",
          help: instance.legacy
            ? 'add "user" to the programs, or state "galaxy_user" in gxgen.yml under "legacy"'
            : 'set "galaxy_user" in "gravity", or use the layout "self-contained" with a supervisord of Galaxy\'s own',
        },
      ),
    );
    return;
  }
  const homeless = processes.filter((one) => !one.program && !one.env.some(({ name }) => name === 'HOME'));
  if (homeless.length > 0)
    report(
      problem('GX714', `processes run as "${user.value}" with the HOME of supervisord`, spanOf(user), {
        why: `supervisor changes the user and leaves HOME, USER and LOGNAME as they are${homeless.some((one) => one.type === 'gx-it-proxy') ? '; npx, which starts gx-it-proxy, cannot write its cache to the home of root' : ''}`,
        help: 'set HOME in "environment" of the services that need it',
      }),
    );
}

type Once = (diagnostic: Diagnostic) => void;

// Settings are shared by many processes; each place is reported once.
function reportOnce(report: Report): Once {
  const seen = new Set<string>();
  return (diagnostic) => {
    const { code, message, span } = diagnostic;
    const key = `${code}\0${span ? `${span.source.path}\0${span.start}` : message}\0${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    report(diagnostic);
  };
}
