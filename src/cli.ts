// The command line as a function: arguments and a host in, an exit code out. Nothing here is particular to a command.

import type { Argv } from 'yargs';
import { type Arguments, type Command, exits, type Option, UsageError } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { HandOver } from './host/hand-over.ts';
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
    if (error instanceof HandOver) throw error;
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
  if (first.startsWith('-') && !general.includes(first)) throw unknownOption(first, ['--help', '--version']);
  host.stdout.write(`${command ? await commandHelp(command, host) : await overview(argv, host)}\n`);
  return exits.clean;
}

/** Options without a command; the last is what the script of `completion` asks with. */
const general = ['--help', '-h', '--version', '--get-yargs-completions'];

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((one) => one === '--help' || one === '-h');
}

// Written out, because the parser of yargs takes longer than most of gxgen's own work, and Node's own is not without
// cost either; yargs is there for help and completion.
function parse(argv: readonly string[], command: Command): Arguments {
  const names = new Map<string, string>();
  for (const [name, { alias }] of Object.entries(command.options)) {
    names.set(`--${name}`, name);
    if (alias) names.set(`-${alias}`, name);
  }
  const words: string[] = [];
  const given = new Map<string, (string | undefined)[]>();
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') {
      words.push(...argv.slice(index + 1));
      break;
    }
    if (!/^-./.test(word)) {
      words.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const dashes = equals < 0 ? word : word.slice(0, equals);
    const name = names.get(dashes);
    if (name === undefined) throw unknownOption(dashes, names.keys());
    let value = equals < 0 ? undefined : word.slice(equals + 1);
    // A value that begins with a dash is far more often a forgotten value; `--name=-value` says that it is meant.
    if (
      value === undefined &&
      command.options[name]?.type === 'string' &&
      !/^-./.test(argv[index + 1] ?? '-x')
    )
      value = argv[++index];
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  for (const [name, values] of given) checkGiven(name, command.options[name], values);
  if (command.words === '' && words[0] !== undefined)
    throw new UsageError(`${command.name} takes options only, and "${words[0]}" belongs to none`);

  const list = (name: string) => {
    const { type, default: usual } = command.options[name] ?? {};
    const values = type === 'boolean' ? [] : (given.get(name) ?? []);
    return values.length > 0 || usual === undefined ? values.map(String) : [usual];
  };
  return { words, texts: list, text: (name) => list(name)[0], on: (name) => given.has(name) };
}

function unknownOption(name: string, known: Iterable<string>): UsageError {
  const near = suggest(name, new Set(known));
  return new UsageError(`no option ${name}${near ? `; did you mean ${near}?` : ''}`);
}

function checkGiven(name: string, option: Option | undefined, values: readonly (string | undefined)[]): void {
  if (option?.type === 'boolean') {
    const value = values.find((one) => one !== undefined);
    if (value !== undefined) throw new UsageError(`--${name} takes no value, but "${value}" is given`);
    return;
  }
  if (values.length > 1 && !option?.many) throw new UsageError(`--${name} is given ${values.length} times`);
  const choices = option?.choices;
  for (const one of values) {
    if (one === undefined || one === '') throw new UsageError(`--${name} needs a value`);
    if (!choices || choices.includes(one)) continue;
    const near = suggest(one, choices);
    throw new UsageError(
      `--${name} cannot be "${one}"${near ? `; did you mean "${near}"?` : ''} (${choices.join(', ')})`,
    );
  }
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
    .completion('completion', 'print a script that teaches the shell to complete gxgen', completed);
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

type Done = (completions: string[]) => void;

// yargs offers `-c` with two dashes, which is no option.
function completed(
  _current: string,
  _argv: unknown,
  usual: (done: (error: unknown, completions: string[] | undefined) => void) => void,
  done: Done,
): void {
  usual((_error, found = []) => done(found.filter((one) => !/^--\w$/.test(one))));
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
