// gxgen explain: what a code means, who takes which work, what a line does; in the terminal.

import type { Output } from '../host/host.ts';
import { allPages, type Page, restOfPage } from '../report/pages.ts';
import { suggest } from '../text/suggest.ts';
import { type Command, exits, inputOptions, reportOptions, UsageError } from './command.ts';
import { explainFromFiles } from './explain-files.ts';
import { explainLine } from './explain-line.ts';
import { explainTool, explainWorkflow } from './explain-route.ts';

export const explain: Command = {
  name: 'explain',
  words: 'CODE | tool:ID | workflow | FILE:LINE',
  summary: 'say what a code means, who takes the jobs of a tool, or what a line does',
  options: {
    list: { type: 'boolean', describe: 'all codes, one a line' },
    ...inputOptions,
    color: reportOptions.color,
  },
  run(args, host) {
    if (args.on('list')) {
      for (const { code, severity, name, summary } of allPages()) {
        host.stdout.write(`${code}  ${severity.padEnd(7)}  ${name}: ${summary}\n`);
      }
      return exits.clean;
    }
    const [wanted, ...rest] = args.words;
    if (wanted === undefined || rest.length > 0) {
      throw new UsageError(
        'name one thing: a code such as GX301, tool:ID, workflow or FILE:LINE; --list shows all codes',
      );
    }
    if (wanted.startsWith('tool:')) {
      const id = wanted.slice('tool:'.length);
      if (id === '') throw new UsageError('name the tool: gxgen explain tool:bwa_mem');
      return explainFromFiles(args, host, ({ deployment }) => explainTool(deployment, id));
    }
    if (wanted === 'workflow')
      return explainFromFiles(args, host, ({ deployment }) => explainWorkflow(deployment));
    const line = /^(.+?):([1-9][0-9]{0,8})(?::[0-9]+)?$/.exec(wanted);
    if (line) return explainLine(line[1] ?? '', Number(line[2]), args, host);
    const page = findPage(wanted);
    printPage(page, host.stdout);
    return exits.clean;
  },
};

function findPage(wanted: string): Page {
  const pages = allPages();
  const page = pages.find((one) => one.code === wanted.toUpperCase() || one.name === wanted);
  if (page) return page;
  const near = suggest(
    wanted,
    pages.flatMap(({ code, name }) => [code, name]),
  );
  throw new UsageError(
    `no code "${wanted}"${near ? `; did you mean ${near}?` : ''} (gxgen explain --list shows all)`,
  );
}

function printPage(page: Page, out: Output): void {
  const { code, name, severity, summary, why } = page;
  const paragraphs = [
    `${code} ${name} (${severity})`,
    fill(summary, out),
    fill(why, out),
    ...restOfPage(page),
  ];
  out.write(`${paragraphs.join('\n\n')}\n`);
}

function fill(text: string, { columns }: Output): string {
  const width = Math.min(columns, 100);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
