// A comparison for people: bytes, changes in words, drift, the plan.

import { filesDiff } from '../deploy/files-diff.ts';
import { commandLines, planText } from '../deploy/plan-text.ts';
import type { TargetDiff } from '../deploy/target-diff.ts';

/** The unified diff of all files of a target. */
export function patchText({ comparison, directory, backend }: TargetDiff): string {
  return filesDiff(comparison, directory ?? '', backend);
}

/** Everything but the bytes. */
export function summaryText(diff: TargetDiff): string {
  const { target, directory, summary, drift, comparison, plan } = diff;
  const place = directory === undefined ? target : `${target} in ${directory}`;
  const counts = fileCounts(diff);
  const changes = summary.length + counts.length > 0;
  const lines = [
    changes ? `Changes for ${place}:` : `No changes for ${place}.`,
    ...cut(summary).map((one) => `  ${one}`),
    ...(changes && summary.length === 0 ? ['  nothing that a process is given'] : []),
    ...counts,
    ...section('Drift:', drift),
    ...section('Left alone, not of gxgen:', comparison.foreign),
  ];
  const foot = plan && changes ? `\n${planText(plan)}` : '';
  return `${lines.map(visible).join('\n')}\n${foot}`;
}

const mostLines = 60;

function cut(lines: readonly string[]): string[] {
  if (lines.length <= mostLines) return [...lines];
  const rest = lines.length - mostLines + 1;
  return [...lines.slice(0, mostLines - 1), `and ${rest} more (--format json lists all)`];
}

/** The commands that make the change, for a shell; none where they would leave jobs behind. */
export function commandsText({ plan, dropped }: TargetDiff, allowOrphans: boolean): string {
  if (!plan) return '';
  const refused = plan.orphans.length + dropped.length > 0 && !allowOrphans;
  const lines = refused
    ? plan.orphans.flatMap(({ drain }) => drain.map((step) => `# ${visible(step)}`))
    : commandLines(plan);
  return lines.map((line) => `${line}\n`).join('');
}

const states = [
  ['new', 'new'],
  ['changed', 'changed'],
  ['mode', 'with another mode'],
  ['leftover', 'to remove'],
  ['blocked', 'in the way'],
] as const;

function fileCounts({ comparison: { files } }: TargetDiff): string[] {
  const parts = states.flatMap(([state, words]) => {
    const count = files.filter((one) => one.state === state).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return parts.length > 0 ? [`Files: ${parts.join(', ')}.`] : [];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
}

/** A name of a file may hold anything. */
function visible(line: string): string {
  return line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '?');
}
