// One process as the data of templates/systemd/service.hbs: every text already escaped for its place.

import type { Process } from '../../model/deployment.ts';
import { byDefault, type Located } from '../../model/located.ts';
import type { OutputFile } from '../backend.ts';
import { complete, isComplete } from '../carry.ts';
import { type Escaped, isIdentifier } from '../kernel.ts';
import { maskSecrets } from '../secrets.ts';
import { startCommand } from '../start.ts';
import * as grammar from './escape.ts';
import { systemReady, type UnitContext } from './unit.ts';

/** Everything a service template may print. An empty string or list stands for lines that are not there. */
export interface ServiceData {
  readonly comment: string;
  readonly description: string;
  readonly target: string;
  readonly after: string;
  readonly type: string;
  readonly notifyAccess: string;
  readonly user: string;
  readonly group: string;
  readonly umask: string;
  readonly workingDirectory: string;
  readonly timeoutStart: string;
  readonly timeoutStop: string;
  readonly killSignal: string;
  readonly killMode: string;
  readonly makeDirectories: string;
  readonly start: string;
  readonly reload: string;
  readonly environment: readonly string[];
  readonly environmentFile: string;
  readonly memoryHigh: string;
  readonly memoryMax: string;
  readonly logNamespace: string;
  readonly restart: string;
}

export interface ServiceUnit {
  readonly data: ServiceData;
  /** Beside the unit, when the process has secret variables. */
  readonly environmentFile?: OutputFile;
}

type Put = (escaped: Escaped, what: string, origin: Located<unknown>) => string | undefined;

/**
 * The service that runs a process, or the pattern of several.
 * @param unit name of the unit without `.service`
 * @param label what `Description=` calls it
 * @param earlier units that have to be started before it
 * @returns undefined when a value was refused, which has been reported
 */
export function serviceUnit(
  process: Process,
  unit: string,
  label: string,
  context: UnitContext,
  earlier: readonly string[] = [],
): ServiceUnit | undefined {
  const put: Put = (escaped, what, origin) => context.carry(escaped, `${what} of "${process.name}"`, origin);
  const maybe = <T>(located: Located<T> | undefined, form: (value: T) => Escaped, what: string) =>
    located === undefined ? '' : put(form(located.value), what, located);

  const secretLines = environmentFile(process, put);
  const environment = complete(
    process.env
      .filter((one) => !one.secret && isIdentifier(one.name))
      .map((one) => put(grammar.environment(one.name, one.value.value), `variable "${one.name}"`, one.value)),
  );
  const account = context.system ? process : undefined;
  const data = {
    user: maybe(account?.user, grammar.account, 'the user'),
    group: maybe(account?.group, grammar.account, 'the group'),
    umask: put(grammar.umask(process.umask.value), 'the umask', process.umask),
    workingDirectory: put(grammar.workingDirectory(process.cwd.value), 'the working directory', process.cwd),
    timeoutStart: put(grammar.timeout(process.startTimeout.value), 'the start timeout', process.startTimeout),
    timeoutStop: put(grammar.timeout(process.stopTimeout.value), 'the stop timeout', process.stopTimeout),
    makeDirectories: makeDirectories(process, put),
    start: execStart(process, put),
    environmentFile:
      secretLines === ''
        ? ''
        : put(grammar.besideUnits(context.directory, `${unit}.env`), 'the file of secrets', byDefault('')),
    memoryHigh: maybe(process.memoryHigh, grammar.bytes, 'memory_high'),
    memoryMax: maybe(process.memoryMax, grammar.bytes, 'memory_limit'),
    logNamespace: context.system
      ? maybe(context.instance.logNamespace, grammar.logNamespace, 'the log namespace')
      : '',
  };
  if (!isComplete(data) || !environment || secretLines === undefined) return undefined;
  const notify = process.readiness === 'notify';
  return {
    data: {
      ...data,
      comment: context.comment,
      description: grammar.description(label),
      target: `${context.base}.target`,
      after: [...(context.system ? [systemReady] : []), ...earlier].join(' '),
      type: notify ? 'notify' : 'exec',
      notifyAccess: notify ? 'main' : '',
      killSignal: process.stopSignal === 'TERM' ? '' : `SIG${process.stopSignal}`,
      // The signal goes to the process alone; what is left of its children is killed in the end.
      killMode: process.stopAsGroup === false ? 'mixed' : '',
      reload: process.graceful === 'hup' ? '/bin/kill -HUP $MAINPID' : '',
      environment,
      restart: process.restart,
    },
    ...(secretLines === ''
      ? {}
      : {
          environmentFile: {
            path: `${unit}.env`,
            text: `${context.comment}\n${secretLines}`,
            masked: `${context.comment}\n${environmentFile(maskSecrets(process), put) ?? ''}`,
            mode: 0o600,
          },
        }),
  };
}

/** `ExecStart=`, through env where systemd cannot start the program or set a variable itself. */
function execStart(process: Process, put: Put): string | undefined {
  const program = process.argv[0];
  if (program && (/^[^/].*\//s.test(program.value) || program.value.endsWith('/')))
    return put(
      { refusal: 'is a path that systemd does not start: write it from the root' },
      'the program',
      program,
    );
  const wrapped = process.env.filter((one) => !isIdentifier(one.name));
  const exposed = wrapped.find((one) => one.secret);
  if (exposed)
    return put(
      { refusal: 'is secret, and under a name that is no identifier it would stand in the unit' },
      `variable "${exposed.name}"`,
      exposed.value,
    );
  const { argv, refusal, origin } = startCommand(process.argv, wrapped, grammar.startsDirectly);
  if (refusal !== undefined) return put({ refusal }, 'the command', origin ?? byDefault(''));
  const words = complete(
    argv.map((word, index) => put(grammar.argument(word.value), `word ${index + 1} of the command`, word)),
  );
  return words && put(grammar.commandLine(words), 'the command', process.argv.at(-1) ?? byDefault(''));
}

function makeDirectories(process: Process, put: Put): string | undefined {
  if (process.dirs.length === 0) return '';
  const words = complete(process.dirs.map((one) => put(grammar.argument(one.value), 'a directory', one)));
  return words && put(grammar.commandLine(['/bin/mkdir -p --', ...words]), 'the directories', byDefault(''));
}

/** The lines of the file of secrets; empty when there is no secret. */
function environmentFile(process: Process, put: Put): string | undefined {
  const lines = complete(
    process.env
      .filter((one) => one.secret && isIdentifier(one.name))
      .map((one) =>
        put(grammar.environmentFileLine(one.name, one.value.value), `variable "${one.name}"`, one.value),
      ),
  );
  return lines?.map((one) => `${one}\n`).join('');
}
