// Galaxy's macros for XML files: <macros> under the root defines, <expand> is replaced by copies, tokens are replaced
// everywhere. What Galaxy refuses at start is an error here; what would exhaust its memory is bounded.
// Source: lib/galaxy/util/xml_macros.py, 19.09 and later.

import { type Label, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { MOST_PROBLEMS } from './xml-cursor.ts';
import { type Budget, copyTree, type MacroNode, replaceTokens } from './xml-macro-node.ts';
import {
  type Macro,
  type MacroTable,
  malformed,
  type ReadImport,
  readMacroTable,
} from './xml-macro-table.ts';
import { attribute, firstChild, type XmlElement } from './xml-tree.ts';

export type { ReadImport } from './xml-macro-table.ts';

const REFUSED = 'Galaxy does not start';
/** Elements, characters and comparisons of tokens that macros may cost; the largest known job_conf.xml needs a thousandth. */
const BOUNDS = { nodes: 500_000, characters: 10_000_000, comparisons: 50_000_000 };
/** Depth of macros in macros, and of the tree they make. */
const DEEPEST = 100;

/** Names of macros that a message lists. */
const MOST_NAMES = 20;

const ofMacros = new Set(['import', 'macro', 'token', 'xml']);

interface Expansion {
  readonly table: MacroTable;
  readonly budget: Budget;
  readonly report: Report;
}

/**
 * The tree as Galaxy sees it after macros: the very same one when the file has no `<macros>`.
 * @param root the root of the file; of its `<macros>` only what is no part of the language is left in the result
 */
export function expandMacros(root: XmlElement, report: Report, read: ReadImport): XmlElement {
  const macros = firstChild(root, 'macros');
  if (!macros) {
    reportOrphans(root, 'the file has no <macros>', report);
    return root;
  }
  const budget: Budget = { ...BOUNDS, spent: false };
  const table = readMacroTable(macros, budget, read, report);
  if (table.macros.size === 0 && table.tokens.size === 0 && !budget.spent) {
    if (table.complete) reportOrphans(root, 'no macro is defined', report, macros);
    return root;
  }
  // The file itself is no product of macros, whatever its length.
  budget.nodes = Number.POSITIVE_INFINITY;
  const tree = copyTree(root, budget);
  budget.nodes = BOUNDS.nodes;
  // What Galaxy makes nothing of is left for the schema to tell.
  const emptied = tree.children.find((one) => one.name === 'macros');
  if (emptied) emptied.children = emptied.children.filter(({ name }) => !ofMacros.has(name));
  const expansion: Expansion = { table, budget, report: atMost(MOST_PROBLEMS, report) };
  expandChildren(tree, [], 1, expansion);
  replaceTokens(tree, table.tokens, budget);
  if (!budget.spent) return tree;
  report(
    problem('GX434', 'macros make more than any configuration needs', macros.nameSpan, {
      why: `more than ${BOUNDS.nodes} elements, ${BOUNDS.characters} characters or ${DEEPEST} levels: Galaxy would run out of memory`,
      help: 'look for macros or tokens that multiply each other',
    }),
  );
  return root;
}

function expandChildren(
  node: MacroNode,
  chain: readonly string[],
  depth: number,
  expansion: Expansion,
): void {
  if (depth > DEEPEST) expansion.budget.spent = true;
  if (expansion.budget.spent) return;
  const expanded: MacroNode[] = [];
  for (const child of node.children) {
    if (child.name === 'expand')
      for (const one of expandOne(child, chain, depth, expansion)) expanded.push(one);
    else {
      expandChildren(child, chain, depth + 1, expansion);
      expanded.push(child);
    }
  }
  node.children = expanded;
}

/** What an `<expand>` is replaced by; nothing when it is wrong, which is then reported. */
function expandOne(
  expand: MacroNode,
  chain: readonly string[],
  depth: number,
  expansion: Expansion,
): readonly MacroNode[] {
  const { table, budget, report } = expansion;
  const name = attribute(expand, 'macro')?.value;
  if (name === undefined) {
    report(malformed('an expand that names no macro', expand, 'add macro="..."'));
    return [];
  }
  const macro = table.macros.get(name);
  if (!macro || chain.includes(name)) {
    if (macro) report(cycle(expand, name, chain));
    else if (table.complete) report(undefinedMacro(expand, name, table));
    return [];
  }
  if (chain.length >= DEEPEST) budget.spent = true;
  if (budget.spent) return [];
  const copy = copyTree(macro.element, budget, [expand.openSpan, ...expand.expandedAt]);
  fillYields(copy, expand, expansion);
  replaceTokens(copy, parametersFor(expand, macro, expansion), budget);
  const inner = [...chain, name];
  const result: MacroNode[] = [];
  for (const child of copy.children) {
    // Galaxy looks below the children of a macro first, and comes to an <expand> among them only in the finished tree.
    expandChildren(child, inner, depth + 1, expansion);
    if (child.name !== 'expand') result.push(child);
    else {
      const around = child.outside ? chain : inner;
      for (const one of expandOne(child, around, depth, expansion)) result.push(one);
    }
  }
  return result;
}

/** Puts what stands in the `<expand>` where the macro yields: children of `<token name>` at `<yield name>`, the rest at `<yield>`. */
function fillYields(macro: MacroNode, expand: MacroNode, { budget, report }: Expansion): void {
  for (const token of expand.children) {
    if (token.name !== 'token') continue;
    const name = attribute(token, 'name')?.value;
    if (name === undefined) report(malformed('a token in an expand without a name', token, 'add name="..."'));
    else if (
      replaceYields(macro, token.children, (one) => attribute(one, 'name')?.value === name, budget, true) ===
      0
    ) {
      report(
        malformed(`the macro has no <yield name="${name}"/>`, token, 'correct the name, or remove the token'),
      );
    }
  }
  const rest = expand.children.filter((one) => one.name !== 'token');
  replaceYields(macro, rest, () => true, budget, true);
}

/** @returns how many were replaced */
function replaceYields(
  node: MacroNode,
  content: readonly MacroNode[],
  matches: (one: MacroNode) => boolean,
  budget: Budget,
  top: boolean,
): number {
  let count = 0;
  const children: MacroNode[] = [];
  for (const child of node.children) {
    if (--budget.comparisons < 0) budget.spent = true;
    if (budget.spent) break;
    if (child.name === 'yield' && matches(child)) {
      count++;
      for (const one of content) {
        const copy = copyTree(one, budget);
        copy.outside = top;
        children.push(copy);
      }
    } else {
      count += replaceYields(child, content, matches, budget, false);
      children.push(child);
    }
  }
  node.children = children;
  return count;
}

function parametersFor(expand: MacroNode, macro: Macro, { budget, report }: Expansion): Map<string, string> {
  const values = new Map<string, string>();
  budget.comparisons -= macro.parameters.size * (1 + expand.attributes.length);
  if (budget.comparisons < 0) budget.spent = true;
  if (budget.spent) return values;
  for (const [token, { attribute: name, default: fallback }] of macro.parameters) {
    const value = attribute(expand, name)?.value ?? fallback;
    if (value !== undefined) values.set(token, value);
    else {
      report(
        problem('GX433', `the macro needs "${name}", which this expand does not give`, expand.nameSpan, {
          labels: [{ span: macro.element.openSpan, text: 'the macro is defined here' }, ...places(expand)],
          why: REFUSED,
          help: `add ${name}="..."`,
        }),
      );
    }
  }
  return values;
}

function cycle(expand: MacroNode, name: string, chain: readonly string[]) {
  const way = [...chain.slice(chain.indexOf(name)), name].map((one) => `"${one}"`).join(' expands ');
  return problem('GX432', `macro "${name}" expands itself`, expand.nameSpan, {
    labels: places(expand),
    why: REFUSED,
    help: chain.length > 1 ? `the way is ${way}` : 'remove the expand from the macro',
  });
}

function undefinedMacro(expand: MacroNode, name: string, { macros }: MacroTable) {
  const near = suggest(name, macros.keys());
  const names = [...macros.keys()].sort();
  const known =
    names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')}, ...` : names.join(', ');
  return problem(
    'GX431',
    `no macro "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    attribute(expand, 'macro')?.valueSpan ?? expand.nameSpan,
    {
      labels: places(expand),
      why: REFUSED,
      help: known === '' ? 'define it in <macros>' : `there are ${known}`,
    },
  );
}

function atMost(limit: number, report: Report): Report {
  let count = 0;
  return (one) => {
    if (count++ < limit) report(one);
  };
}

function places(node: MacroNode): Label[] {
  return node.expandedAt.map((span: Span) => ({ span, text: 'expanded here' }));
}

function reportOrphans(root: XmlElement, reason: string, report: Report, except?: XmlElement): void {
  if (!root.span.source.text.includes('<expand')) return;
  const queue: XmlElement[] = [root];
  for (let one = queue.pop(); one; one = queue.pop()) {
    for (const child of one.children) {
      if (child === except) continue;
      if (child.name !== 'expand') queue.push(child);
      else {
        report(
          problem('GX430', `<expand> does nothing here: ${reason}`, child.nameSpan, {
            why: 'Galaxy leaves it where it is and reads nothing from it',
            help: 'define the macro in <macros> directly under the root',
          }),
        );
      }
    }
  }
}
