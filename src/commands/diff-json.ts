// A comparison for other programs; its form is schemas/diff.schema.json. Secrets are masked as everywhere.

import { type FileComparison, octal } from '../deploy/drift.ts';
import { fileDiff, shownPath } from '../deploy/files-diff.ts';
import type { RestartPlan } from '../deploy/plan.ts';
import type { TargetDiff } from '../deploy/target-diff.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Difference, Side } from '../model/compare.ts';
import { spanOf } from '../model/located.ts';
import type { Plain } from '../syntax/tree.ts';
import { position } from '../text/source.ts';
import { version } from '../version.ts';

/** @param problems those of the comparison itself are repeated in short: code and message */
export function diffJson(targets: readonly TargetDiff[], problems: readonly Diagnostic[]): string {
  const document: Plain = {
    version: 1,
    tool: { name: 'gxgen', version },
    equal: !targets.some((one) => one.differs),
    targets: targets.map(targetJson),
    problems: problems
      .filter(({ code }) => code.startsWith('GX8'))
      .map(({ code, severity, message }) => ({ code, severity, message })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function targetJson(diff: TargetDiff): Plain {
  const { target, directory, comparison, changes, summary, drift, plan } = diff;
  return {
    target,
    directory: directory ?? null,
    equal: !diff.differs,
    summary: [...summary],
    changes: changes ? changes.map(changeJson) : null,
    files: comparison.files.map((one) => fileJson(one, diff)),
    drift: [...drift],
    drop_ins: [...comparison.dropIns.keys()],
    foreign: [...comparison.foreign],
    plan: plan ? planJson(plan) : null,
  };
}

function fileJson(file: FileComparison, { directory, backend }: TargetDiff): Plain {
  const { path, state, before, after, owned, drift } = file;
  return {
    path,
    state,
    mode: { before: before ? octal(before.mode) : null, after: after ? octal(after.mode) : null },
    owned,
    drift: drift.map(({ kind, words }) => ({ kind, words })),
    diff: state === 'same' ? null : fileDiff(file, shownPath(directory ?? '', path), backend),
  };
}

function changeJson({
  instance,
  path,
  subject,
  change,
  before,
  after,
  secret,
  implied,
  words,
}: Difference): Plain {
  return {
    instance,
    subject,
    path: [...path],
    change,
    before: before ? sideJson(before) : null,
    after: after ? sideJson(after) : null,
    secret,
    implied,
    words,
  };
}

function sideJson({ shown, origin, place }: Side): Plain {
  const span = origin && spanOf({ value: shown, origin });
  if (span) {
    const { line, column } = position(span.source, span.start);
    return { value: shown, place: `${span.source.path}:${line}:${column}` };
  }
  return { value: shown, place: place ?? null };
}

function planJson({ steps, commands, withoutRestart, orphans, seconds, notes }: RestartPlan): Plain {
  return {
    steps: steps.map(({ id, process, kind, group, action, causes, seconds: own }) => ({
      id,
      process,
      kind,
      group,
      action,
      causes: [...causes],
      seconds: finite(own),
    })),
    commands: commands.map(({ kind, argv, words, seconds: own }) => ({
      kind,
      argv: [...argv],
      words,
      seconds: finite(own),
    })),
    without_restart: withoutRestart.map(({ instance, subject, words }) => ({ instance, subject, words })),
    orphans: orphans.map(({ instance, name, kind, heir, drain }) => ({
      instance,
      name,
      kind,
      heir: heir ?? null,
      drain: [...drain],
    })),
    seconds: finite(seconds),
    notes: [...notes],
  };
}

/** JSON knows no infinity: null, nothing limits it. */
function finite(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
