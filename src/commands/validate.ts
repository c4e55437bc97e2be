// gxgen validate: everything that is wrong with a configuration, and nothing else, on stdout.

import { backends } from '../backends/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { reporters } from '../report/index.ts';
import { builtinTemplates } from '../schema/templates.ts';
import { type Command, inputOptions, reportOptions } from './command.ts';
import { compileArguments, renderParts, targetParts, writeReport } from './compiling.ts';

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
    ...reportOptions,
  },
  run(args, host) {
    const compilation = compileArguments(args, host);
    const diagnostics: Diagnostic[] = [...compilation.diagnostics];
    // What a target cannot express is found by writing for it.
    const parts = targetParts(compilation.deployment, args.texts('target'));
    renderParts(parts, undefined, compilation, builtinTemplates(), (one) => diagnostics.push(one));
    return writeReport(diagnostics, compilation, host.stdout, args.text('format') ?? 'text', args, host);
  },
};
