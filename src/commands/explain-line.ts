// gxgen explain FILE:LINE: what becomes of a line, process by process, and what is to be said about it.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { type Contribution, contributions } from '../model/contributions.ts';
import { serverWords } from '../model/legacy.ts';
import { spanOf } from '../model/located.ts';
import { join, normalize } from '../model/paths.ts';
import { traceJob } from '../model/routing-trace.ts';
import { listed, table, takerWords } from '../report/routing.ts';
import { makeSecrets, mask, type Secrets } from '../report/secrets.ts';
import { lineText, position, type Source, type Span } from '../text/source.ts';
import { visible } from '../text/width.ts';
import { type Arguments, exits, UsageError } from './command.ts';
import { writeReport } from './compiling.ts';
import { compileGiven } from './explain-files.ts';
import type { Judged } from './judging.ts';

// A value is shown up to here.
const widestValue = 100;

export function explainLine(file: string, line: number, args: Arguments, host: Host): number {
  const { judged, source } = find(file, args, host);
  const text = lineText(source, line);
  const last = position(source, source.text.length).line;
  if (line > last) throw new UsageError(`${file} has only ${last} lines`);
  const covers = (span: Span) => isOn(span, source, line);
  const secrets = makeSecrets(judged.secrets());
  const found = contributions(judged.deployment, covers);
  const lines = [
    ...legacyWords(judged, covers),
    ...(found.length > 0 ? describe(found, secrets) : [nothingWords(text)]),
  ];
  host.stdout.write(`${source.path}:${line}\n\n${[...lines, ...routes(judged, covers)].join('\n')}\n`);
  const about = judged.diagnostics.filter((one) => isAbout(one, covers));
  if (about.length > 0) {
    host.stdout.write('\n');
    writeReport(about, { secrets: judged.secrets, unreadable: false }, host.stdout, 'text', args, host);
  }
  return exits.clean;
}

/** The compilation that the file is part of: of the files of `-c`, of the usual ones, or of the file itself. */
function find(file: string, args: Arguments, host: Host): { judged: Judged; source: Source } {
  const place = normalize(join(host.cwd, file));
  if (host.kind(place) !== 'file') throw new UsageError(`there is no file ${file}`);
  const tries = args.texts('config').length > 0 || file.endsWith('.xml') ? [[]] : [[], [file]];
  for (const files of tries) {
    const judged = compileGiven(args, host, files);
    const source = judged.sources.find((one) => normalize(join(host.cwd, one.path)) === place);
    if (source) return { judged, source };
  }
  throw new UsageError(`${file} is not part of the configuration; name its galaxy.yml with -c`);
}

/** True for a place on the line; a value over several lines is on each of them. */
function isOn({ source, start, end }: Span, of: Source, line: number): boolean {
  if (source.path !== of.path) return false;
  const first = position(of, start).line;
  return first === line || (first < line && position(of, Math.max(start, end - 1)).line >= line);
}

function isAbout({ span, labels }: Diagnostic, covers: (span: Span) => boolean): boolean {
  return (span !== undefined && covers(span)) || labels.some((one) => covers(one.span));
}

function describe(found: readonly Contribution[], secrets: Secrets): string[] {
  const groups = new Map<string, { readonly one: Contribution; readonly owners: Set<string> }>();
  for (const one of found) {
    const key = JSON.stringify([one.kind, one.role, shown(one, secrets)]);
    const group = groups.get(key) ?? { one, owners: new Set<string>() };
    group.owners.add(one.owner);
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ one, owners }) => {
    const row = [`  ${ownerWords(one, [...owners])}`, one.role, shown(one, secrets)];
    return one.origin.kind === 'derived' ? [...row, `from ${one.origin.from}`] : row;
  });
  return ['What it becomes:', ...table(rows)];
}

function ownerWords({ kind }: Contribution, owners: readonly string[]): string {
  const names = listed(owners, 4);
  switch (kind) {
    case 'process':
      return `process ${names}`;
    case 'setting':
      return `setting of ${names}`;
    case 'option':
      return 'option, read by Galaxy itself';
    case 'instance':
      return `instance ${names}`;
    default:
      return names;
  }
}

function shown({ value, secret, origin }: Contribution, secrets: Secrets): string {
  const place = origin.kind === 'default' ? undefined : origin.span;
  if (secret || (place && secrets.within(place).length > 0)) return mask;
  const text = secrets.redact(
    typeof value === 'string' ? value : (JSON.stringify(value, bigints) ?? ''),
    true,
  );
  return visible(text.length > widestValue ? `${text.slice(0, widestValue)}...` : text);
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

// A line that maps a tool says most by where its jobs go.
function routes({ deployment }: Judged, covers: (span: Span) => boolean): string[] {
  return deployment.instances.flatMap((instance) =>
    instance.jobs.tools.flatMap((tool) => {
      const handler = spanOf(tool.handler);
      if (!covers(tool.span) && !(handler && covers(handler))) return [];
      const name = tool.id?.value ?? `class ${tool.class?.value ?? ''}`;
      return [
        '',
        `Its jobs can be taken by: ${takerWords(traceJob(instance, tool.handler))}`,
        ...(tool.id ? [`More: gxgen explain ${visible(`tool:${name}`)}`] : []),
      ];
    }),
  );
}

// What a server of a legacy configuration is does not stand in its section.
function legacyWords({ deployment }: Judged, covers: (span: Span) => boolean): string[] {
  return deployment.instances.flatMap(({ legacy }) =>
    (legacy?.servers ?? [])
      .filter(({ section, handlerId }) => (section && covers(section)) || (handlerId && covers(handlerId)))
      .flatMap((server) => [`${visible(server.name.value)} is ${serverWords(server)}.`, '']),
  );
}

function nothingWords(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'An empty line.';
  if (trimmed.startsWith('#') || trimmed.startsWith('<!--')) return 'A comment: nothing reads it but people.';
  return 'No output of gxgen holds a value of this line.';
}
