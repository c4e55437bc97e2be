// gxgen model: the deployment as gxgen understands it, as JSON, each leaf with its origin.

import { modelJson } from '../report/model-json.ts';
import { type Command, exits, inputOptions, reportOptions } from './command.ts';
import { compileArguments, writeReport } from './compiling.ts';
import { judge } from './judging.ts';

export const model: Command = {
  name: 'model',
  words: '[FILE]...',
  summary: 'print the deployment as gxgen understands it',
  options: {
    ...inputOptions,
    instance: { type: 'string', value: 'NAME', describe: 'only this instance' },
    format: { type: 'string', choices: ['json'], default: 'json', describe: 'of stdout' },
    ...reportOptions,
  },
  run(args, host) {
    const compilation = judge(compileArguments(args, host), host, { complete: false });
    const code = writeReport(compilation.diagnostics, compilation, host.stderr, 'text', args, host);
    // A model with problems is still worth looking at: often it shows the problem.
    if (code !== exits.usage)
      host.stdout.write(`${JSON.stringify(modelJson(compilation.deployment), null, 2)}\n`);
    return code;
  },
};
