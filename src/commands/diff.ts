// gxgen diff: what would change, in bytes, in words and in restarts; against what is installed, or between two sources.

import { leftBehind } from '../deploy/dropped.ts';
import type { TargetDiff } from '../deploy/target-diff.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { type Arguments, type Command, exits, inputOptions, reportOptions, UsageError } from './command.ts';
import { writeReport } from './compiling.ts';
import { diffJson } from './diff-json.ts';
import { commandsText, patchText, summaryText } from './diff-text.ts';
import { type Diffed, diffInstalled, diffSources } from './diffing.ts';
import { installedOption } from './installed.ts';

/** As diff(1): the contract with scripts. */
const diffExits = { same: 0, differs: 1, unknown: 2 } as const;

export const diff: Command = {
  name: 'diff',
  words: '[FILE]... | OLD NEW',
  summary: 'show what would change: files, settings, and which processes restart',
  options: {
    ...inputOptions,
    ...installedOption,
    'from-git': {
      type: 'string',
      value: 'REV',
      describe: 'compare with the same files at a git revision; REV1..REV2 compares two',
    },
    target: {
      type: 'string',
      value: 'NAME',
      describe: 'compare two sources for this target; without it, process_manager decides',
    },
    layout: { type: 'string', value: 'NAME', describe: 'form of the output, as for render' },
    instance: { type: 'string', value: 'NAME', describe: 'only this instance' },
    templates: { type: 'string', value: 'DIR', describe: 'take templates from here where it has them' },
    format: {
      type: 'string',
      choices: ['text', 'summary', 'patch', 'commands', 'json'],
      default: 'text',
      describe: 'of stdout: all for people, without the bytes, only these, only commands, or JSON',
    },
    'allow-orphans': {
      type: 'boolean',
      describe: 'take it as a warning that jobs would be left behind, or an instance goes',
    },
    ...reportOptions,
  },
  run(args, host) {
    const diffed = chooseSides(args, host);
    const problems = [
      ...diffed.diagnostics,
      ...diffed.targets.flatMap((one) => leftBehind(one, args.on('allow-orphans'))),
    ];
    const code = report(diffed, problems, args, host);
    if (code === diffExits.unknown) return code;
    host.stdout.write(print(diffed.targets, problems, args));
    const found = diffed.targets.some((one) => one.differs);
    return found ? diffExits.differs : code;
  },
};

function chooseSides(args: Arguments, host: Host): Diffed {
  const installed = args.texts('installed').length > 0;
  const revision = args.text('from-git');
  const files = [...args.words, ...args.texts('config')];
  if (installed && revision !== undefined)
    throw new UsageError('--installed and --from-git are two comparisons: give one of them');
  if (installed) return diffInstalled(args, host);
  if (revision !== undefined) return diffSources(args, host, files, files, revision);
  const [before, after] = files;
  if (files.length !== 2 || before === undefined || after === undefined)
    throw new UsageError(
      'say what to compare with: --installed DIR, --from-git REV, or two files (gxgen diff OLD NEW)',
    );
  return diffSources(args, host, [before], [after]);
}

/** @returns 2 when it cannot be told what would change, 1 when jobs would be left behind, else 0 */
function report(diffed: Diffed, problems: readonly Diagnostic[], args: Arguments, host: Host): number {
  const code = writeReport(problems, diffed, host.stderr, 'text', args, host);
  if (code === exits.clean) return diffExits.same;
  const certain = problems.every((one) => one.severity !== 'error' || /^GX81[012]$/.test(one.code));
  return certain && code === exits.problems && !args.on('strict') ? diffExits.differs : diffExits.unknown;
}

function print(targets: readonly TargetDiff[], problems: readonly Diagnostic[], args: Arguments): string {
  const format = args.text('format');
  if (format === 'json') return diffJson(targets, problems);
  if (format === 'commands')
    return targets.map((one) => commandsText(one, args.on('allow-orphans'))).join('');
  if (format === 'patch') return targets.map((one) => patchText(one)).join('');
  const parts = targets.map((one) => {
    const patch = format === 'text' ? patchText(one) : '';
    return patch === '' ? summaryText(one) : `${patch}\n${summaryText(one)}`;
  });
  return parts.join('\n');
}
