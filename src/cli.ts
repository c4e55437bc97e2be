// The command line as a function: arguments and a host in, an exit code out. Nothing here is particular to a command.

import yargs, { type Argv } from 'yargs';
import { type Arguments, type Command, exits, type Option, UsageError } from './commands/command.ts';
import { commands } from './commands/index.ts';
import type { Host } from './host/host.ts';
import { version } from './version.ts';

/**
 * Runs gxgen once.
 * @param argv the words behind the program's name
 * @returns the exit code (`exits` in commands/command.ts)
 */
export async function cli(argv: readonly string[], host: Host): Promise<number> {
  try {
    return await run(argv, host);
  } catch (error) {
    if (error instanceof UsageError) {
      host.stderr.write(`gxgen: ${error.message}\n`);
      return exits.usage;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    host.stderr.write(
      `gxgen: a fault in gxgen ${version}, not in your configuration; report it with this text\n${detail}\n`,
    );
    return exits.fault;
  }
}

async function run(argv: readonly string[], host: Host): Promise<number> {
  if (argv.length === 1 && argv[0] === '--version') {
    host.stdout.write(`${version}\n`);
    return exits.clean;
  }
  let code: number | undefined;
  const parser = yargs([...argv])
    .scriptName('gxgen')
    .usage('gxgen compiles Galaxy server configuration into what runs it.\n\nUsage: $0 COMMAND [OPTIONS]')
    .version(version)
    .help()
    .alias('h', 'help')
    .locale('en')
    .wrap(Math.min(100, host.stdout.columns))
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .demandCommand(1, 'name a command; gxgen --help lists them')
    .recommendCommands()
    .completion('completion', 'print a script that teaches the shell to complete gxgen')
    .parserConfiguration({ 'parse-numbers': false, 'parse-positional-numbers': false, 'dot-notation': false })
    .fail((message, error) => {
      throw error && !message ? error : new UsageError(sentence(message ?? error.message));
    });
  for (const command of commands) {
    parser.command({
      command: `${command.name} [words..]`,
      describe: command.summary,
      builder: (builder) => declare(builder, command),
      handler: (values) => {
        code = command.run(argumentsOf(values as Values, command), host);
      },
    });
  }
  let help = '';
  await parser.parseAsync([...argv], {}, (_error, _argv, output) => {
    help = output;
  });
  if (help !== '' && code === undefined) {
    host.stdout.write(`${help}\n`);
    return exits.clean;
  }
  if (code === undefined) throw new UsageError('name a command; gxgen --help lists them');
  return code;
}

type Values = Readonly<Record<string, unknown>>;

function declare(builder: Argv, command: Command): Argv {
  builder.usage(`${command.summary}\n\nUsage: $0 ${command.name} ${command.words} [OPTIONS]`);
  builder.positional('words', { type: 'string', array: true, describe: command.words, hidden: true });
  for (const [name, option] of Object.entries(command.options)) {
    builder.option(name, {
      type: option.type,
      describe: option.describe,
      ...(option.alias ? { alias: option.alias } : {}),
      ...(option.choices ? { choices: option.choices } : {}),
      ...(option.default === undefined ? {} : { default: option.default }),
      ...(option.type === 'string' ? { requiresArg: true } : {}),
    });
  }
  return builder;
}

function argumentsOf(values: Values, command: Command): Arguments {
  for (const [name, option] of Object.entries(command.options)) checkGiven(name, option, values[name]);
  // Words behind "--" are words like the others.
  const behind = (values._ as unknown[]).slice(1);
  const words = [...((values.words as unknown[] | undefined) ?? []), ...behind].map(String);
  const list = (name: string) => {
    const value = values[name];
    return value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
  };
  return { words, texts: list, text: (name) => list(name)[0], on: (name) => values[name] === true };
}

function checkGiven(name: string, option: Option, value: unknown): void {
  if (Array.isArray(value) && !option.many) throw new UsageError(`--${name} is given ${value.length} times`);
  if (option.type === 'string' && value === false)
    throw new UsageError(`--no-${name} means nothing; leave --${name} out`);
  if (option.type === 'string' && value === '') throw new UsageError(`--${name} needs a value`);
}

// yargs speaks in whole sentences and over several lines.
function sentence(message: string): string {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
