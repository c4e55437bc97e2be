// Values that Ansible has yet to fill in: `virtualenv: "{{ galaxy_venv_dir }}"` is valid YAML and no path. Whoever
// compiles the template of a file instead of the file learns it here, not from a unit that does not start.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Node, ScalarNode } from '../../syntax/tree.ts';
import type { Source } from '../../text/source.ts';

// Jinja as people write it: a variable between blanks, with filters or not. Text with braces of its own is no such thing.
const placeholder = /\{\{-? [A-Za-z_][\w.]*(?:\[[^\][{}]*\])*(?: ?\|[^{}]*)? -?\}\}/;

// Named in the finding.
const mostNamed = 3;

/** Reports the file once, with the first values (GX125). */
export function reportPlaceholders(root: Node | undefined, source: Source, report: Report): void {
  // Nearly no file has any.
  if (!root || !source.text.includes('{{')) return;
  const found = scalars(root, new Set()).filter((one) => one.type === 'str' && placeholder.test(one.text));
  const [first, ...more] = found;
  if (!first) return;
  report(
    problem('GX125', `${quotedMatch(first)} is not filled in`, first.span, {
      labels: more.slice(0, mostNamed).map((one) => ({ span: one.span, text: 'nor this' })),
      why: 'Galaxy and its processes would be given these characters',
      help: `compile the file that is made from "${source.path}", or write the value`,
    }),
  );
}

function quotedMatch({ text }: ScalarNode): string {
  const [match = ''] = placeholder.exec(text) ?? [];
  return `"${match.length > 60 ? `${match.slice(0, 57)}...` : match}"`;
}

function scalars(node: Node, seen: Set<Node>): ScalarNode[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.kind === 'scalar') return [node];
  const children = node.kind === 'seq' ? node.items : node.entries.map(({ value }) => value);
  return children.flatMap((one) => scalars(one, seen));
}
