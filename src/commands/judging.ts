// What the site has decided about findings, applied to a compilation: the same for every command.

import { writeFiles } from '../deploy/write.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { spanOf } from '../model/located.ts';
import { basename, dirname, join, normalize, within } from '../model/paths.ts';
import type { Compilation } from '../pipeline.ts';
import { type BaselineOptions, writeBaseline } from '../policy/baseline.ts';
import { applyPolicy, type Policy } from '../policy/index.ts';
import { makeSecrets } from '../report/secrets.ts';
import { dropEchoes } from '../schema/echoes.ts';

/** Of `validate`. */
export const baselineOptions = {
  'write-baseline': {
    type: 'string',
    value: 'FILE',
    describe:
      'write what is found to this file; with "baseline: FILE" in gxgen.yml only what is new is shown',
  },
} as const;

export interface JudgeOptions {
  /** True for a run that looks for everything there is; only then can something be missing. */
  readonly complete: boolean;
  /** Leaves the baseline aside, to write a new one. */
  readonly withoutBaseline?: boolean;
}

/** Findings that the baseline hides, and its name as people see it. */
export interface Hidden {
  readonly count: number;
  readonly baseline: string;
}

/** What is to be reported. */
export interface Judged extends Compilation {
  readonly hidden?: Hidden;
}

/** The compilation without what is hidden, and with what is wrong with the hiding. */
export function judge(compilation: Compilation, host: Host, options: JudgeOptions): Judged {
  const { settings, sources, folder, diagnostics } = compilation;
  const found = options.withoutBaseline ? undefined : settings.baseline;
  const path = found && join(folder, found.value);
  const shown = path && (within(host.cwd, normalize(path)) ?? path);
  const place = spanOf(found);
  const problems: Diagnostic[] = [];
  const text = path && shown && readText(path);
  const policy: Policy = {
    ...baselineNames(compilation, host, path ?? join(folder, 'baseline')),
    sources,
    levels: settings.rules,
    complete: options.complete,
    ...(text && shown ? { baseline: { text, shown, ...(place ? { place } : {}) } } : {}),
  };
  // What targets found came later than what echoes were dropped from.
  const ruling = applyPolicy([...dropEchoes(diagnostics), ...problems], policy);
  return {
    ...compilation,
    diagnostics: ruling.diagnostics,
    ...(ruling.hidden > 0 && shown ? { hidden: { count: ruling.hidden, baseline: shown } } : {}),
  };

  function readText(file: string): string | undefined {
    const result = host.read(file);
    if (result.ok) return new TextDecoder().decode(result.bytes);
    const reason = result.reason === 'missing' ? 'there is no such file' : result.message;
    problems.push(
      problem('GX036', `cannot read the baseline "${shown}": ${reason}`, place, {
        help: `make it: gxgen validate --write-baseline ${shown}`,
      }),
    );
    return undefined;
  }
}

/** Writes what was found to a baseline. @returns what made that impossible, or undefined */
export function saveBaseline(
  file: string,
  compilation: Compilation,
  host: Host,
): { readonly diagnostics: readonly Diagnostic[]; readonly message: string } {
  const path = join(host.cwd, file);
  const { text, count } = writeBaseline(compilation.diagnostics, baselineNames(compilation, host, path));
  const { diagnostics } = writeFiles(host, dirname(path), [{ path: basename(path), text, mode: 0o644 }]);
  const named = compilation.settings.baseline;
  const known = named && normalize(join(compilation.folder, named.value)) === normalize(path);
  const hint = known ? '' : `; name it in gxgen.yml: "baseline: ${relative(compilation.folder, path)}"`;
  return {
    diagnostics,
    message: `${count} ${count === 1 ? 'finding' : 'findings'} written to ${file}${hint}`,
  };
}

// The same file has the same name in the baseline from wherever gxgen is started.
function baselineNames(compilation: Compilation, host: Host, path: string): BaselineOptions {
  const base = dirname(normalize(path));
  let within: BaselineOptions['secretsWithin'] | undefined;
  return {
    secretsWithin: (span) => {
      within ??= makeSecrets(compilation.secrets()).within;
      return within(span);
    },
    pathOf: (shown) => (shown === '' ? '' : relative(base, join(host.cwd, shown))),
  };
}

/** The way from a folder to a file, both absolute. */
function relative(folder: string, file: string): string {
  const from = normalize(folder).split('/').filter(Boolean);
  const to = normalize(file).split('/').filter(Boolean);
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
