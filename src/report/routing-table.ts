// The routing of a deployment as a table: one row for each name that work asks for.

import type { Deployment, Instance } from '../model/deployment.ts';
import { allWork, traceWorkflow } from '../model/routing-trace.ts';
import { instanceHeading, table, takerWords, workWords } from './routing.ts';

export function routingTable({ instances }: Deployment): string {
  return instances
    .map((one) => `${[...instanceHeading(one, instances.length > 1), ...rows(one)].join('\n')}\n`)
    .join('\n');
}

function rows(instance: Instance): string[] {
  const workflow = traceWorkflow(instance);
  return table([
    ['WORK', 'ASKS FOR', 'METHOD', 'PROCESSES'],
    ...[
      ...allWork(instance).map((work) => [workWords(work), work.trace] as const),
      ['workflows', workflow] as const,
    ].map(([what, trace]) => [
      what,
      trace.wanted?.value ?? '-',
      trace.methods.methods.join(', '),
      takerWords(trace),
    ]),
  ]);
}
