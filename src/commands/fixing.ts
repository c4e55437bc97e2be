// --fix: what is certain is changed in the files themselves, or shown as a diff, and the report is of the result.

import { writeFiles } from '../deploy/write.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { type Document, placeOf, sameBytes } from '../fix/document.ts';
import { type Checked, fixAll, type Made, type Outcome } from '../fix/rounds.ts';
import { showChanges } from '../fix/show.ts';
import type { Host } from '../host/host.ts';
import { makeSecrets, mask, type Secrets } from '../report/secrets.ts';
import type { Span } from '../text/source.ts';
import { visible } from '../text/width.ts';
import type { Option } from './command.ts';

/** Of `validate`. */
export const fixOptions = {
  fix: {
    type: 'boolean',
    describe: 'make the fixes that are certain, in the files themselves, and report the rest',
  },
  'dry-run': {
    type: 'boolean',
    describe: 'with --fix: write nothing, print the changes as a diff; the exit code is that of the result',
  },
} as const satisfies Record<string, Option>;

/** A check whose result can be reported. */
interface Reportable extends Checked {
  readonly secrets: () => readonly Span[];
}

export interface Fixed<T> {
  /** The check to report: of the fixed files, or of the files as they are where nothing could be written. */
  readonly checked: T;
  /** To be reported with it. */
  readonly notes: readonly Diagnostic[];
  /** The diff, with `--dry-run`; otherwise empty. */
  readonly diff: string;
  /** One line for each fix that was made, or would be. */
  readonly lines: readonly string[];
  /** Secrets stand in the diff, or rather a mask for each. */
  readonly masked: boolean;
}

/** Fixes and writes, or with `dryRun` shows. @param check the whole of `validate`, on the host that it is given */
export function fixFiles<T extends Reportable>(
  host: Host,
  check: (host: Host) => T,
  dryRun: boolean,
): Fixed<T> {
  const outcome = fixAll(host, check);
  const { made, documents, before, checked, notes } = outcome;
  if (documents.length === 0) return { checked, notes, diff: '', lines: [], masked: false };
  const secrets = makeSecrets([...before.secrets(), ...checked.secrets()]);
  const lines = made.map((one) => describe(one, dryRun ? 'would fix' : 'fixed', secrets));
  if (dryRun) return { checked, notes, lines, ...show(outcome, secrets, host) };
  const problems = write(host, documents);
  if (problems.some((one) => one.severity === 'error'))
    return { checked: before, notes: [...notes, ...problems], diff: '', lines: [], masked: false };
  return { checked, notes: [...notes, ...problems], diff: '', lines, masked: false };
}

function describe({ file, line, column, code, name, title }: Made, word: string, secrets: Secrets): string {
  return visible(`${file}:${line}:${column}: ${word} ${code} ${name}: ${secrets.redact(title, true)}`);
}

function show<T extends Reportable>(
  { documents, before, checked }: Outcome<T>,
  secrets: Secrets,
  host: Host,
): { diff: string; masked: boolean } {
  const places = { before: before.secrets(), after: checked.secrets() };
  const parts = documents.map((document) => {
    const own = (spans: readonly Span[]) =>
      spans.filter(({ source }) => placeOf(source, host) === document.place);
    const redact = (text: string) => secrets.redact(text, false);
    return showChanges(document, { before: own(places.before), after: own(places.after) }, mask, redact);
  });
  const diff = parts.map((one) => one.diff).join('');
  return {
    // A terminal obeys control characters; `patch` needs them.
    diff: host.stdout.isTTY ? diff.split('\n').map(visible).join('\n') : diff,
    masked: parts.some((one) => one.masked),
  };
}

/** Writes all documents or none. Each keeps its mode and owner, and a symbolic link goes on leading to it. */
function write(host: Host, documents: readonly Document[]): Diagnostic[] {
  const refusals = documents.flatMap((one) => refusal(host, one) ?? []);
  if (refusals.length > 0) return refusals;
  const files = documents.map(({ place, mark, text }) => {
    const owner = host.ownership(place);
    return {
      path: place.slice(1),
      text: mark + text,
      mode: host.mode(place) ?? 0o644,
      ...(owner ? { owner: { user: owner.user, group: owner.group } } : {}),
    };
  });
  // There is no other directory to choose here.
  return writeFiles(host, '/', files).diagnostics.map((one) =>
    one.code === 'GX014' && one.help?.startsWith('choose another directory')
      ? { ...one, help: 'run gxgen as a user who may write there, or take the changes from --fix --dry-run' }
      : one,
  );
}

function refusal(host: Host, { place, bytes, original: { path } }: Document): Diagnostic | undefined {
  const now = host.read(place);
  if (!now.ok || !sameBytes(now.bytes, bytes))
    return problem('GX055', `"${path}" changed while it was being fixed`, path, {
      help: 'run the same command again',
    });
  if (((host.mode(place) ?? 0) & 0o222) === 0)
    return problem('GX053', `"${path}" is read-only`, path, {
      help: 'make it writable, or take the changes from --fix --dry-run',
    });
  const links = host.ownership(place)?.links ?? 1;
  if (links > 1)
    return problem('GX054', `"${path}" is one of ${links} names of the same file`, path, {
      help: 'take the changes from --fix --dry-run and make them with an editor',
    });
  return undefined;
}
