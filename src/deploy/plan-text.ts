// The plan as people read it, and as commands to paste.

import { word } from '../backends/commands/escape.ts';
import { valueWords } from '../model/compare-words.ts';
import type { PlanAction, PlanStep, RestartPlan } from './plan.ts';

const titles: Readonly<Record<PlanAction, string>> = {
  stop: 'stop',
  start: 'start',
  restart: 'restart',
  reload: 'reload',
  rolling: 'rolling restart',
  untouched: 'untouched',
};

const mostCauses = 4;

/** Steps, duration, commands, and what endangers jobs; ends in a line feed. */
export function planText(plan: RestartPlan): string {
  const acted = plan.steps.filter((one) => one.action !== 'untouched');
  const name = naming(plan.steps);
  const calm = plan.steps.filter((one) => one.action === 'untouched');
  const lines = [
    acted.length === 0
      ? `Nothing restarts (${plan.target}).`
      : `What happens to the processes (${plan.target}), ${durationWords(plan.seconds)}:`,
    ...stepLines([...acted, ...calm.filter((one) => one.causes.length > 0)], name),
    ...quietLines(calm, acted.length > 0, name),
  ];
  if (plan.withoutRestart.length > 0)
    lines.push('Taken by Galaxy while it runs:', ...plan.withoutRestart.map((one) => `  ${one.words}`));
  for (const { name, kind, drain } of plan.orphans)
    lines.push(
      kind === 'process'
        ? `Jobs of ${valueWords(name)} would be left behind. Before:`
        : `Jobs that wait for ${valueWords(name)} would be left behind. Before:`,
      ...drain.map((step, index) => `  ${index + 1}. ${step}`),
    );
  if (plan.commands.length > 0)
    lines.push(
      plan.orphans.length > 0 ? 'Commands, once that is done:' : 'Commands:',
      ...commandLines(plan).map((line) => `  ${line}`),
    );
  lines.push(...plan.notes.map((note) => `Note: ${note}.`));
  return `${lines.join('\n')}\n`;
}

/** The commands, one a line, with comments for what no command does. */
export function commandLines({ commands }: Pick<RestartPlan, 'commands'>): string[] {
  return commands.map(({ argv, words }) =>
    argv.length === 0 ? `# ${words}` : argv.map(shellWord).join(' '),
  );
}

function shellWord(text: string): string {
  const escaped = word(text);
  return 'text' in escaped ? escaped.text : "''";
}

type Naming = (step: PlanStep) => string;

/** Processes by the name that people use, unless several instances have one of it. */
function naming(steps: readonly PlanStep[]): Naming {
  const ids = new Map<string, string>();
  const shared = new Set(
    steps.flatMap(({ process, id }) => {
      const first = ids.get(process) ?? id;
      ids.set(process, first);
      return first === id ? [] : [process];
    }),
  );
  return ({ process, id }) => valueWords(shared.has(process) ? id : process);
}

/** One line an action and cause; processes for which both are the same stand together. */
function stepLines(steps: readonly PlanStep[], name: Naming): string[] {
  const rows = new Map<string, { action: PlanAction; names: string[]; causes: readonly string[] }>();
  for (const step of steps) {
    const { action, causes } = step;
    const key = `${action}\0${causes.join('\0')}`;
    const row = rows.get(key) ?? { action, names: [], causes };
    row.names.push(name(step));
    rows.set(key, row);
  }
  const all = [...rows.values()];
  const width = Math.max(0, ...all.map(({ action }) => titles[action].length));
  return all.map(
    ({ action, names, causes }) =>
      `  ${titles[action].padEnd(width)}  ${names.join(', ')}: ${causeWords(causes)}`,
  );
}

function causeWords(causes: readonly string[]): string {
  return causes.length <= mostCauses
    ? causes.join('; ')
    : [...causes.slice(0, mostCauses - 1), `${causes.length - mostCauses + 1} more`].join('; ');
}

/** Those for which nothing changes at all. */
function quietLines(steps: readonly PlanStep[], others: boolean, name: Naming): string[] {
  const quiet = steps.filter((one) => one.causes.length === 0).map(name);
  return others && quiet.length > 0 ? [`  ${titles.untouched}: ${quiet.join(', ')}`] : [];
}

/** `at most 2 min 10 s`. */
export function durationWords(seconds: number): string {
  if (seconds === Number.POSITIVE_INFINITY) return 'which may take any time (a timeout is infinite)';
  const whole = Math.ceil(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [...(minutes > 0 ? [`${minutes} min`] : []), ...(rest > 0 ? [`${rest} s`] : [])];
  return parts.length === 0 ? 'at once' : `at most ${parts.join(' ')}`;
}
