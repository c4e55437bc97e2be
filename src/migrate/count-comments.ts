// Whether every comment of the old files is in the new ones: counted in the texts, not taken from the books.

import type { Ledger } from '../model/ledger.ts';
import { documentComments, parseXml } from '../syntax/xml.ts';
import { commentText } from '../syntax/yaml-write.ts';
import type { Source } from '../text/source.ts';
import type { Accounts } from './accounts.ts';
import type { NewFile } from './plan.ts';

export interface CommentCount {
  readonly source: number;
  readonly carried: number;
  /** The text of the first one that is nowhere. */
  readonly lost?: string;
}

export function countComments(
  accounts: Accounts,
  ledger: Ledger,
  sources: readonly Source[],
  files: readonly NewFile[],
): CommentCount {
  const there = new Map<string, number>();
  for (const { text } of files)
    for (const line of text.split(/\r\n|\r|\n/)) {
      const at = line.indexOf('#');
      if (at < 0) continue;
      const comment = line.slice(at).trim();
      there.set(comment, (there.get(comment) ?? 0) + 1);
    }
  let carried = 0;
  let lost: string | undefined;
  const wanted = accounts.toCarry().map((one) => commentText(one).trim());
  for (const comment of wanted) {
    const left = there.get(comment) ?? 0;
    if (left > 0) {
      there.set(comment, left - 1);
      carried++;
    } else lost ??= comment;
  }
  const all = files.map((one) => one.text).join('\n');
  const inXml = xmlComments(ledger, sources);
  for (const comment of inXml) {
    if (all.includes(comment) || all.includes(commentText(` ${comment}`))) carried++;
    else lost ??= comment;
  }
  return { source: wanted.length + inXml.length, carried, ...(lost === undefined ? {} : { lost }) };
}

function xmlComments({ files }: Ledger, sources: readonly Source[]): string[] {
  return files.flatMap(({ path, format }) => {
    const source = format === 'xml' ? sources.find((one) => one.path === path) : undefined;
    const root = source && parseXml(source, () => undefined);
    if (!root) return [];
    return documentComments(root).flatMap((one) =>
      one.text
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    );
  });
}
