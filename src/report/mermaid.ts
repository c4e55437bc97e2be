// The routing of a deployment as a Mermaid flowchart: work on the left, processes on the right, and on the arrows why.
// https://mermaid.js.org/syntax/flowchart.html

import type { Deployment, Instance } from '../model/deployment.ts';
import type { Worker } from '../model/routing-site.ts';
import { allWork, type Taker, type Trace, traceWorkflow } from '../model/routing-trace.ts';
import { visible } from '../text/width.ts';
import { listed, workWords } from './routing.ts';

export function routingMermaid({ instances }: Deployment): string {
  const lines = instances.flatMap((instance, index) => {
    const inner = chart(instance, `i${index}`);
    if (instances.length === 1) return inner;
    return [`subgraph i${index}["${text(instance.name.value)}"]`, ...inner.map((line) => `  ${line}`), 'end'];
  });
  return `${['flowchart LR', ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

/** @param prefix of all names: instances may have processes of one name */
function chart(instance: Instance, prefix: string): string[] {
  const lines: string[] = [];
  const processes = new Map<Worker, string>();
  const works = [
    ...allWork(instance).map((work) => ({ label: workWords(work), trace: work.trace })),
    { label: 'workflow invocations', trace: traceWorkflow(instance) },
  ];
  for (const [index, { label, trace }] of works.entries()) {
    const id = `${prefix}w${index}`;
    lines.push(`${id}["${text(label)}"]`);
    // Several processes that take it for one reason share an arrow.
    for (const [reason, takers] of byReason(trace)) {
      const targets = takers.map(({ worker }) => nodeOf(worker));
      lines.push(`${id} -->|"${text(reason)}"| ${targets.join(' & ')}`);
    }
    if (trace.takers.length === 0) lines.push(`${id} --> ${id}none(["nobody"])`, `class ${id}none nobody`);
  }
  const nodes = [...processes].map(([{ name, kind }, id]) =>
    kind === 'web' ? `${id}[["${text(name.value)}"]]` : `${id}(["${text(name.value)}"])`,
  );
  const style = lines.some((line) => line.startsWith('class '))
    ? ['classDef nobody stroke:#c00,color:#c00']
    : [];
  return [...style, ...nodes, ...lines];

  function nodeOf(worker: Worker): string {
    const known = processes.get(worker);
    if (known) return known;
    const id = `${prefix}p${processes.size}`;
    processes.set(worker, id);
    return id;
  }
}

function byReason(trace: Trace): Map<string, Taker[]> {
  const reasons = new Map<string, Taker[]>();
  for (const taker of trace.takers) {
    const reason = reasonOf(trace, taker);
    const list = reasons.get(reason) ?? [];
    list.push(taker);
    reasons.set(reason, list);
  }
  return reasons;
}

function reasonOf({ methods }: Trace, { via }: Taker): string {
  const method = methods.methods[0] ?? '';
  if (via.kind === 'creator') return method;
  if (via.kind === 'name') return `${method}, by name`;
  return via.pool ? `${method}, pool ${via.pool.value}` : `${method}, tag ${listed([via.tag])}`;
}

// Mermaid ends a label at a quote, and reads "#...;" as a character.
function text(words: string): string {
  return visible(words).replace(/[#"<>&;`\\[\]{}|]/g, (unit) => `#${unit.charCodeAt(0)};`);
}
