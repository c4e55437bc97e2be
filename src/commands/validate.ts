// gxgen validate: everything that is wrong with a configuration, and nothing else, on stdout.

import { backends } from '../backends/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Compilation } from '../pipeline.ts';
import { mayOverrule } from '../policy/known.ts';
import { reporters } from '../report/index.ts';
import { builtinTemplates } from '../schema/templates.ts';
import { releaseNotice } from './assumed-release.ts';
import { type Arguments, type Command, exits, inputOptions, reportOptions, UsageError } from './command.ts';
import { compileArguments, renderParts, targetParts, writeReport } from './compiling.ts';
import { fixFiles, fixOptions } from './fixing.ts';
import { foldedInto } from './folding.ts';
import { baselineOptions, type Judged, judge, saveBaseline } from './judging.ts';

export const validate: Command = {
  name: 'validate',
  words: '[FILE]...',
  summary: 'report every problem of a configuration',
  options: {
    ...inputOptions,
    target: {
      type: 'string',
      many: true,
      choices: backends.map((one) => one.name),
      describe: 'check for this target; without it, process_manager in the file decides',
    },
    format: {
      type: 'string',
      choices: reporters.map((one) => one.name),
      default: 'text',
      describe: 'of the report',
    },
    ...fixOptions,
    ...baselineOptions,
    ...reportOptions,
  },
  run(args, host) {
    if (args.on('dry-run') && !args.on('fix')) throw new UsageError('--dry-run needs --fix');
    const format = args.text('format') ?? 'text';
    const baseline = args.text('write-baseline');
    if (baseline !== undefined && args.on('fix'))
      throw new UsageError('--write-baseline and --fix are two things: fix first');
    if (!args.on('fix')) {
      const found = check(args, host);
      if (baseline !== undefined) return keep(baseline, found, format, args, host);
      const checked = foldedInto(found, host, (one) => check(args, one));
      const code = writeReport(checked.diagnostics, checked, host.stdout, format, args, host);
      const notice = releaseNotice(
        checked.raw,
        (found) => judge({ ...checked.raw, diagnostics: found }, host, { complete: false }).diagnostics,
      );
      if (notice !== undefined) host.stderr.write(`gxgen: ${notice}\n`);
      return code;
    }
    const dryRun = args.on('dry-run');
    const { checked, notes, lines, diff, masked } = fixFiles(host, (one) => check(args, one), dryRun);
    // With --dry-run stdout is the diff and nothing else, and with a format for machines the report and nothing else.
    const reported = dryRun ? host.stderr : host.stdout;
    const told = dryRun || (format !== 'text' && format !== 'concise') ? host.stderr : host.stdout;
    if (diff !== '') host.stdout.write(diff);
    const diagnostics = [...checked.diagnostics, ...notes];
    if (lines.length > 0)
      told.write(`${lines.join('\n')}\n${format === 'text' && diagnostics.length > 0 ? '\n' : ''}`);
    if (masked) host.stderr.write('gxgen: secret values are masked in the diff, so it cannot be applied\n');
    return writeReport(diagnostics, checked, reported, format, args, host);
  },
};

interface Checked extends Judged {
  /** Without the policy of the site, and without what targets say. */
  readonly raw: Compilation;
}

/** Everything that is reported of the files that the host has. */
function check(args: Arguments, host: Host): Checked {
  const compilation = compileArguments(args, host, true);
  const diagnostics: Diagnostic[] = [...compilation.diagnostics];
  // What a target cannot express is found by writing for it.
  const parts = targetParts(compilation.deployment, args.texts('target'));
  renderParts(parts, undefined, compilation, builtinTemplates(), (one) => diagnostics.push(one));
  const judged = judge({ ...compilation, diagnostics }, host, {
    complete: args.texts('target').length === 0,
    withoutBaseline: args.text('write-baseline') !== undefined,
  });
  return { ...judged, raw: compilation };
}

/** Makes what was found the baseline; what cannot be part of it is reported as ever, and then nothing is written. */
function keep(baseline: string, checked: Judged, format: string, args: Arguments, host: Host): number {
  const lasting = checked.diagnostics.filter((one) => one.severity === 'error' && !mayOverrule(one));
  if (lasting.length > 0 || checked.unreadable) {
    host.stderr.write(`gxgen: ${baseline} is not written: first mend what no baseline can hide\n`);
    return writeReport(lasting, checked, host.stdout, format, args, host);
  }
  const { diagnostics, message } = saveBaseline(baseline, checked, host);
  const code = writeReport(diagnostics, checked, host.stdout, format, args, host);
  if (code === exits.clean) host.stderr.write(`gxgen: ${message}\n`);
  return code;
}
