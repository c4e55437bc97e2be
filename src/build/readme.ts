// The parts of README.md that are printed from the code: between `<!-- generated:NAME -->` and `<!-- end -->`.

import { readFileSync } from 'node:fs';
import { backends } from '../backends/index.ts';
import type { Command } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import { reporters } from '../report/index.ts';
import { allPages } from '../report/pages.ts';

const blocks: Readonly<Record<string, () => string>> = {
  mistakes: () => fence('yaml', read('tour-mistakes/in/config/galaxy.yml')),
  validate: () => fence('console', `$ gxgen validate\n${read('tour-mistakes/stdout')}`),
  unit: () => {
    const units = read('tour-render/stdout').split(/^(?===> )/m);
    const unit = units.find((one) => one.startsWith('==> galaxy-handler_0.service')) ?? '';
    return fence('ini', unit.trimEnd());
  },
  upstream: () => fence('nginx', read('render-nginx-two-sockets/out/galaxy-upstream.conf')),
  proxy: () => table(['Key', 'Default', 'What it says'], proxyKeys()),
  diff: () =>
    fence('console', `$ gxgen diff --installed units --format summary\n${read('tour-diff/stdout')}`),
  commands: () => commands.map(commandText).join('\n'),
  targets: () =>
    table(
      ['Target', 'Layout', 'What it writes'],
      backends.flatMap((backend) =>
        backend.layouts.map((layout, index) => [
          `\`${backend.name}\``,
          `\`${layout.name}\`${index === 0 ? ' (default)' : ''}`,
          layout.summary,
        ]),
      ),
    ),
  formats: () =>
    table(
      ['Format', 'What it is'],
      reporters.map((one) => [`\`${one.name}\``, one.summary]),
    ),
  codes: () =>
    table(
      ['Code', 'Severity', 'Name', 'What it says'],
      allPages().map(({ code, severity, name, summary }) => [code, severity, name, summary]),
    ),
};

/** The README with every generated part as the code has it now. Throws for a marker that nothing fills. */
export function fillReadme(text: string): string {
  return text.replace(
    /(<!-- generated:(\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => {
      const block = blocks[name];
      if (!block) throw new Error(`README.md: nothing generates "${name}"`);
      return `${open}\n${block()}\n${close}`;
    },
  );
}

interface KeySchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, KeySchema>>;
}

/** The keys of `proxy` with those below them. */
function proxyKeys(): string[][] {
  const { properties = {} } = JSON.parse(readFileSync('schemas/proxy.schema.json', 'utf8')) as KeySchema;
  return Object.entries(properties).flatMap(([name, schema]) =>
    Object.entries(schema.properties ?? { '': schema }).map(([key, one]) => [
      `\`${key === '' ? name : `${name}.${key}`}\``,
      isEmpty(one.default) ? '' : `\`${one.default}\``,
      (one.description ?? '').replaceAll('|', '\\|').replaceAll('*', '\\*'),
    ]),
  );
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

// What the README shows is what the fixtures expect, so it is tested like them.
function read(path: string): string {
  return readFileSync(`fixtures/${path}`, 'utf8');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

function commandText(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const value = option.value ?? (option.choices ? option.choices.join('\\|') : '');
    const short = option.alias ? `\`-${option.alias}\`, ` : '';
    const many = option.many ? ' (several times)' : '';
    return [
      `${short}\`--${name}${option.type === 'string' && value ? ` ${value}` : ''}\``,
      `${option.describe}${many}`,
    ];
  });
  const options = rows.length > 0 ? `${table(['Option', 'Meaning'], rows)}` : '';
  return `#### \`gxgen ${command.name} ${command.words}\`\n\n${command.summary}\n\n${options}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
