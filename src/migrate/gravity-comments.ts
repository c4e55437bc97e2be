// Comments of servers, uWSGI and programs by the part of `gravity:` that takes their place.

import type { Ledger, LedgerFile, LedgerLine } from '../model/ledger.ts';
import type { LegacyFacts } from '../model/legacy.ts';
import { type Accounts, type Comments, tidied } from './accounts.ts';
import { partOf, roleOf } from './book.ts';
import type { GravityComments } from './gravity-section.ts';

type Part = 'web' | 'handlers' | undefined;

export function gravityComments({ files }: Ledger, legacy: LegacyFacts, accounts: Accounts): GravityComments {
  const found: Record<'web' | 'handlers', (string | undefined)[]> = { web: [], handlers: [] };
  for (const file of files) {
    if (file.format !== 'ini' && file.format !== 'supervisor') continue;
    for (const line of file.lines) {
      if (line.kind !== 'header' && line.kind !== 'option') continue;
      const part = partOfLine(line, file, legacy);
      if (part === undefined && file.format === 'supervisor') accounts.leave(line.span);
      if (part === undefined) continue;
      const comments = accounts.comments(line.span);
      const inline = line.kind === 'option' ? accounts.besideLine(line) : undefined;
      found[part].push(...comments, ...(inline === undefined ? [] : [inline]));
    }
  }
  return { top: [], web: closed(found.web), handlers: closed(found.handlers) };
}

// They stand directly above the setting, whatever stood between in the old file.
function closed(comments: Comments): Comments {
  const list = [...tidied(comments, true)];
  while (list.length > 0 && list.at(-1) === undefined) list.pop();
  return list;
}

function partOfLine({ section = '' }: LedgerLine, file: LedgerFile, legacy: LegacyFacts): Part {
  if (section === 'uwsgi') return 'web';
  const server = /^server:(.*)$/s.exec(section)?.[1]?.trim();
  if (server !== undefined && file.format === 'ini') {
    const role = roleOf(legacy.servers.find((one) => one.name.value.trim() === server));
    return role === 'handler' ? 'handlers' : 'web';
  }
  const program = /^program:(.*)$/s.exec(section)?.[1]?.trim();
  if (program === undefined) return undefined;
  const part = partOf(legacy.programs.find((one) => one.name.value === program));
  return part === 'foreign' ? undefined : part === 'handler' ? 'handlers' : 'web';
}
