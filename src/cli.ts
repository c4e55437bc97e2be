// The command line as a function: arguments and a host in, an exit code out. Nothing here is particular to a command.

import type { Argv } from 'yargs';
import Parser from 'yargs-parser';
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
  const [first, ...rest] = argv;
  if (first === '--version' && rest.length === 0) {
    host.stdout.write(`${version}\n`);
    return exits.clean;
  }
  const command = commands.find((one) => one.name === first);
  if (command && !asksForHelp(rest)) return command.run(parse(rest, command), host);
  if (first !== undefined && !first.startsWith('-') && first !== 'completion' && !command) {
    const near = suggest(first, [...commands.map((one) => one.name), 'completion']);
    throw new UsageError(
      `no command "${first}"${near ? `; did you mean "${near}"?` : ''} (gxgen --help lists them)`,
    );
  }
  if (first === undefined) throw new UsageError('name a command; gxgen --help lists them');
  host.stdout.write(`${command ? await commandHelp(command, host) : await overview(argv, host)}\n`);
  return exits.clean;
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((one) => one === '--help' || one === '-h');
}

// The parser of yargs without its commands and help: those are laid out only for who asks, because that takes longer
// than most of gxgen's own work.
function parse(argv: readonly string[], command: Command): Arguments {
  const options = Object.entries(command.options);
  const named = (wanted: (option: Option) => boolean) =>
    options.filter(([, option]) => wanted(option)).map(([name]) => name);
  const { argv: values, error } = Parser.detailed([...argv], {
    string: named((one) => one.type === 'string'),
    boolean: named((one) => one.type === 'boolean'),
    narg: Object.fromEntries(named((one) => one.type === 'string').map((name) => [name, 1])),
    alias: Object.fromEntries(options.flatMap(([name, one]) => (one.alias ? [[name, [one.alias]]] : []))),
    configuration: {
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'boolean-negation': false,
      'camel-case-expansion': false,
    },
  });
  const known = new Set(options.flatMap(([name, one]) => [name, ...(one.alias ? [one.alias] : [])]));
  for (const name of Object.keys(values)) {
    if (name === '_' || known.has(name)) continue;
    const near = suggest(name, known);
    throw new UsageError(`no option ${dashed(name)}${near ? `; did you mean ${dashed(near)}?` : ''}`);
  }
  for (const [name, option] of options) checkGiven(name, option, values[name]);
  if (error) throw new UsageError(error.message.toLowerCase());

  const list = (name: string) => {
    const value = values[name] ?? command.options[name]?.default;
    return value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
  };
  return {
    words: values._.map(String),
    texts: list,
    text: (name) => list(name)[0],
    on: (name) => values[name] === true,
  };
}

function checkGiven(name: string, { type, many, choices }: Option, value: unknown): void {
  if (value === undefined) return;
  const given = Array.isArray(value) ? value : [value];
  if (given.length > 1 && !many && type === 'string') {
    throw new UsageError(`--${name} is given ${given.length} times`);
  }
  if (type === 'boolean') return;
  for (const one of given.map(String)) {
    if (one === '') throw new UsageError(`--${name} needs a value`);
    if (!choices || choices.includes(one)) continue;
    const near = suggest(one, choices);
    throw new UsageError(
      `--${name} cannot be "${one}"${near ? `; did you mean "${near}"?` : ''} (${choices.join(', ')})`,
    );
  }
}

function dashed(name: string): string {
  return `${name.length === 1 ? '-' : '--'}${name}`;
}

async function commandHelp(command: Command, host: Host): Promise<string> {
  const parser = declare(await makeParser([], host), command);
  return parser
    .usage(`${command.summary}\n\nUsage: gxgen ${command.name} ${command.words} [OPTIONS]`)
    .getHelp();
}

/** The help of gxgen as a whole, and completion: what needs every command at once. */
async function overview(argv: readonly string[], host: Host): Promise<string> {
  const parser = (await makeParser(argv, host))
    .usage('gxgen compiles Galaxy server configuration into what runs it.\n\nUsage: gxgen COMMAND [OPTIONS]')
    .version(version)
    .demandCommand(1)
    .epilogue('gxgen COMMAND --help tells the options of one command.')
    .completion('completion', 'print a script that teaches the shell to complete gxgen');
  for (const command of commands) {
    parser.command({
      command: command.name,
      describe: command.summary,
      builder: (builder) => declare(builder, command),
      handler: () => undefined,
    });
  }
  let output = '';
  await parser.parseAsync([...argv], {}, (_error, _argv, text) => {
    output = text;
  });
  return output;
}

async function makeParser(argv: readonly string[], host: Host): Promise<Argv> {
  const { default: yargs } = await import('yargs');
  return yargs([...argv])
    .scriptName('gxgen')
    .version(false)
    .help()
    .alias('h', 'help')
    .locale('en')
    .wrap(Math.min(100, host.stdout.columns))
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .fail((message, error) => {
      throw error && !message ? error : new UsageError(sentence(message ?? error.message));
    });
}

function declare(parser: Argv, command: Command): Argv {
  for (const [name, option] of Object.entries(command.options)) {
    parser.option(name, {
      type: option.type,
      describe: option.describe,
      ...(option.alias ? { alias: option.alias } : {}),
      ...(option.choices ? { choices: option.choices } : {}),
      ...(option.default === undefined ? {} : { default: option.default }),
    });
  }
  return parser;
}

// yargs speaks in whole sentences and over several lines.
function sentence(message: string): string {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
