// gxgen model: the deployment as gxgen understands it, as JSON with the origin of each leaf, or its routing.

import type { Host } from '../host/host.ts';
import type { Deployment } from '../model/deployment.ts';
import { routingMermaid } from '../report/mermaid.ts';
import { modelJson } from '../report/model-json.ts';
import { routingTable } from '../report/routing-table.ts';
import { type Command, exits, inputOptions, reportOptions } from './command.ts';
import { compileArguments, writeReport } from './compiling.ts';
import { foldedInto } from './folding.ts';
import { judge } from './judging.ts';

export const model: Command = {
  name: 'model',
  words: '[FILE]...',
  summary: 'print the deployment as gxgen understands it',
  options: {
    ...inputOptions,
    instance: { type: 'string', value: 'NAME', describe: 'only this instance' },
    format: {
      type: 'string',
      choices: ['json', 'mermaid', 'table'],
      default: 'json',
      describe: 'of stdout: the whole model, or who takes which job as a chart or a table',
    },
    ...reportOptions,
  },
  run(args, host) {
    const check = (one: Host) => judge(compileArguments(args, one), one, { complete: false });
    const compilation = foldedInto(check(host), host, check);
    const code = writeReport(compilation.diagnostics, compilation, host.stderr, 'text', args, host);
    // A model with problems is still worth looking at: often it shows the problem.
    if (code !== exits.usage) host.stdout.write(print(compilation.deployment, args.text('format')));
    return code;
  },
};

function print(deployment: Deployment, format: string | undefined): string {
  if (format === 'mermaid') return routingMermaid(deployment);
  if (format === 'table') return routingTable(deployment);
  return `${JSON.stringify(modelJson(deployment), null, 2)}\n`;
}
