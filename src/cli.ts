// The command line as a function: arguments and a host in, an exit code out. Nothing here is particular to a command.

import yargs, { type Argv } from 'yargs';
import { type Arguments, type Command, exits, type Option, UsageError } from './commands/command.ts';
import { commands } from './commands/index.ts';
import type { Host } from './host/host.ts';
import { suggest } from './text/suggest.ts';
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
  const [first, ...rest] = argv;
  const command = commands.find((one) => one.name === first);
  if (command) return runCommand(command, rest, host);
  if (first !== undefined && !first.startsWith('-') && first !== 'completion') {
    const near = suggest(first, [...commands.map((one) => one.name), 'completion']);
    throw new UsageError(
      `no command "${first}"${near ? `; did you mean "${near}"?` : ''} (gxgen --help lists them)`,
    );
  }
  return overview(argv, host);
}

// The words of one command. yargs could choose the command too, but then it would declare all of them and lay out
// the help of each run, which takes longer than the work itself.
async function runCommand(command: Command, argv: readonly string[], host: Host): Promise<number> {
  const parser = declare(base(argv, host), command).usage(
    `${command.summary}\n\nUsage: gxgen ${command.name} ${command.words} [OPTIONS]`,
  );
  if (argv.includes('--help') || argv.includes('-h')) {
    host.stdout.write(`${await parser.getHelp()}\n`);
    return exits.clean;
  }
  const values = (await parser.parseAsync()) as Values;
  return command.run(argumentsOf(values, command), host);
}

/** The help of gxgen as a whole, and completion: what needs every command at once. */
async function overview(argv: readonly string[], host: Host): Promise<number> {
  const parser = base(argv, host)
    .usage('gxgen compiles Galaxy server configuration into what runs it.\n\nUsage: gxgen COMMAND [OPTIONS]')
    .version(version)
    .demandCommand(1, 'name a command; gxgen --help lists them')
    .epilogue('gxgen COMMAND --help tells the options of one command.')
    .completion('completion', 'print a script that teaches the shell to complete gxgen');
  for (const command of commands) {
    parser.command({
      command: `${command.name} [words..]`,
      describe: command.summary,
      builder: (builder) => declare(builder, command),
      handler: () => undefined,
    });
  }
  let output = '';
  await parser.parseAsync([...argv], {}, (_error, _argv, text) => {
    output = text;
  });
  host.stdout.write(`${output}\n`);
  return exits.clean;
}

function base(argv: readonly string[], host: Host): Argv {
  return yargs([...argv])
    .scriptName('gxgen')
    .version(false)
    .help()
    .alias('h', 'help')
    .locale('en')
    .wrap(helpWidth(argv, host))
    .exitProcess(false)
    .showHelpOnFail(false)
    .strictOptions()
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'boolean-negation': false,
    })
    .fail((message, error) => {
      throw error && !message ? error : new UsageError(sentence(message ?? error.message));
    });
}

// Asked only for help, because opening the terminal takes time.
function helpWidth(argv: readonly string[], host: Host): number {
  return argv.some((one) => one === '--help' || one === '-h') ? Math.min(100, host.stdout.columns) : 80;
}

type Values = Readonly<Record<string, unknown>>;

function declare(parser: Argv, command: Command): Argv {
  for (const [name, option] of Object.entries(command.options)) {
    parser.option(name, {
      type: option.type,
      describe: option.describe,
      ...(option.alias ? { alias: option.alias } : {}),
      ...(option.choices ? { choices: option.choices } : {}),
      ...(option.default === undefined ? {} : { default: option.default }),
      ...(option.type === 'string' ? { requiresArg: true } : {}),
    });
  }
  return parser;
}

function argumentsOf(values: Values, command: Command): Arguments {
  for (const [name, option] of Object.entries(command.options)) checkGiven(name, option, values[name]);
  const words = (values._ as unknown[]).map(String);
  const list = (name: string) => {
    const value = values[name];
    return value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
  };
  return { words, texts: list, text: (name) => list(name)[0], on: (name) => values[name] === true };
}

function checkGiven(name: string, option: Option, value: unknown): void {
  if (Array.isArray(value) && !option.many) throw new UsageError(`--${name} is given ${value.length} times`);
  if (option.type === 'string' && value === '') throw new UsageError(`--${name} needs a value`);
}

// yargs speaks in whole sentences and over several lines.
function sentence(message: string): string {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
