// gxgen explain: what a code means, in the terminal.

import type { Output } from '../host/host.ts';
import { allPages, type Page, restOfPage } from '../report/pages.ts';
import { suggest } from '../text/suggest.ts';
import { type Command, exits, UsageError } from './command.ts';

export const explain: Command = {
  name: 'explain',
  words: 'CODE',
  summary: 'say what a code such as GX301 means',
  options: { list: { type: 'boolean', describe: 'all codes, one a line' } },
  run(args, host) {
    const pages = allPages();
    if (args.on('list')) {
      for (const { code, severity, name, summary } of pages) {
        host.stdout.write(`${code}  ${severity.padEnd(7)}  ${name}: ${summary}\n`);
      }
      return exits.clean;
    }
    const [wanted, ...rest] = args.words;
    if (wanted === undefined || rest.length > 0)
      throw new UsageError('name one code, for example GX301, or use --list');
    const page = pages.find((one) => one.code === wanted.toUpperCase() || one.name === wanted);
    if (!page) {
      const near = suggest(
        wanted,
        pages.flatMap(({ code, name }) => [code, name]),
      );
      throw new UsageError(
        `no code "${wanted}"${near ? `; did you mean ${near}?` : ''} (gxgen explain --list shows all)`,
      );
    }
    printPage(page, host.stdout);
    return exits.clean;
  },
};

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
