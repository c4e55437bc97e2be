// A migration: what it makes, what it tells, and whether it may be trusted. Pure but for what the files themselves name.

import type { Host } from '../host/host.ts';
import type { Compilation } from '../pipeline.ts';
import { makeSecrets } from '../report/secrets.ts';
import { scalarText } from '../syntax/yaml-write.ts';
import { readPatch } from '../text/patch.ts';
import { makeSource, type Span, span } from '../text/source.ts';
import { countComments } from './count-comments.ts';
import { changeOf, undoOf } from './diff.ts';
import { readDefaults } from './option-data.ts';
import { type MigrationOptions, type MigrationPlan, type NewFile, planMigration } from './plan.ts';
import { type MigrationReport, makeReport } from './report.ts';
import { trustProperties } from './trust.ts';
import { verify } from './verify.ts';

export type { MigrationOptions, NewFile } from './plan.ts';

export interface Migration {
  readonly report: MigrationReport;
  readonly files: readonly NewFile[];
  /** A patch with everything that changes. */
  readonly change: string;
  /** A patch that takes it back. */
  readonly undo: string;
  /** Masks secrets in whatever is printed. */
  redact(text: string): string;
  /** True for a file that holds a secret. */
  isSecret(file: NewFile): boolean;
}

/** The name of the patch that takes a migration back. */
export const undoName = 'undo.patch';

/**
 * Migrates the first legacy Galaxy of a compilation; undefined where there is none.
 * @param out the directory that is written to; undefined: a dry run
 */
export function migrate(
  before: Compilation,
  options: MigrationOptions,
  host: Host,
  out: string | undefined,
): Migration | undefined {
  // A galaxy.yml made from the file of the reports would serve Galaxy in their place.
  const instance = before.deployment.instances.find(
    ({ legacy }) => legacy !== undefined && !/^(?:reports|tool-shed)$/.test(legacy.application.kind),
  );
  if (!instance) return undefined;
  const ledger = before.ledger();
  const defaults = readDefaults(host.asset('schemas/galaxy-options.json'));
  const input = { instance, ledger, sources: before.sources, defaults };
  const plan = planMigration(input, options);
  const again = planMigration({ ...input, ledger: before.ledger() }, options);
  const verified = verify(plan, host, options);
  const comments = countComments(plan.accounts, ledger, before.sources, plan.files);
  const undo = undoOf(plan.files);
  const accounted = plan.accounts.lines();
  const trust = trustProperties({
    written: out !== undefined,
    out,
    lines: { all: accounted.length, accounted: accounted.filter((one) => one.outcome !== undefined).length },
    differences: {
      all: verified.proof.differences.length,
      explained: verified.proof.differences.filter((one) => one.why !== undefined).length,
    },
    same: JSON.stringify(plan.files) === JSON.stringify(again.files),
    fixed: verified.compilation.deployment.instances.every((one) => one.legacy === undefined),
    comments,
    undo: undoName,
    restores: restores(undo, plan.files),
    files: plan.files.length,
    sources: ledger.files.length,
    errors: verified.diagnostics.filter((one) => one.severity === 'error').length,
  });
  const secrets = makeSecrets([...before.secrets(), ...verified.compilation.secrets(), ...planSecrets(plan)]);
  return {
    report: makeReport({ plan, verified, before, options, defaults, trust, comments }),
    files: plan.files,
    change: changeOf(plan.files),
    undo,
    redact: (text) => secrets.redact(text, true),
    isSecret: ({ text }) => secrets.redact(text, true) !== text,
  };
}

/** Values of secret options, as they were and as they are written. */
function planSecrets(plan: MigrationPlan): Span[] {
  const texts = plan.galaxy.rows
    .filter((one) => one.secret)
    .flatMap(({ before, after }) => [before, after])
    .filter((one) => typeof one === 'string' && one !== '')
    .map(String);
  const variables = plan.web.entries
    .flatMap((one) => one.environment)
    .filter((one) => one.secret)
    .map((one) => one.value);
  return [...new Set([...texts, ...variables])].flatMap((text) =>
    [text, scalarText(text)].map((one) => span(makeSource('', one), 0, one.length)),
  );
}

/** Whether the patch gives back, from the new texts, what stood under their names. */
function restores(undo: string, files: readonly NewFile[]): boolean {
  const patches = new Map(readPatch(undo).map((one) => [one.before, one]));
  return files.every(({ path, text, former }) => {
    const patch = patches.get(`a/${path}`);
    const old = former !== undefined && former.shown.split('/').at(-1) === path ? former.text : '';
    return patch === undefined ? old === text : patch.apply(text) === old;
  });
}
