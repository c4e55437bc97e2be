// The sections of galaxy.yml. Other programs keep theirs in the same file, so an unknown section is no problem by
// itself; one that was nearly called "gravity" or "galaxy", or belongs inside one of them, is.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { entry, type Node } from '../syntax/tree.ts';
import { certain, suggest } from '../text/suggest.ts';
import { quoted } from './locate.ts';
import { shapeOf } from './shape.ts';

// Sections that other programs read from a file of this kind.
const foreign = new Set(['uwsgi', 'reports', 'tool_shed', 'webapps']);

/** Reports sections that were probably meant for Gravity or Galaxy (GX207). @param root the tree of the file */
export function checkSections(root: Node | undefined, report: Report): void {
  if (root?.kind !== 'map') return;
  const { keys } = shapeOf('galaxy-yml');
  for (const { key } of root.entries) {
    const name = String(key.value);
    if (keys.includes(name) || foreign.has(name)) continue;
    const near = suggest(name, keys);
    if (near !== undefined) {
      const fix = {
        title: `rename it to ${quoted(near)}`,
        safe: certain(name, [...keys, ...foreign]) === near,
        edits: [{ span: key.span, text: near }],
      };
      const taken = entry(root, near) !== undefined;
      report(
        problem('GX207', `unknown section ${quoted(name)}; did you mean ${quoted(near)}?`, key.span, {
          ...(taken
            ? { severity: 'info', values: [`${quoted(near)} is there as well`] }
            : { fix, why: 'Galaxy and Gravity pass over it, so none of its settings has an effect' }),
        }),
      );
    } else if (shapeOf('gravity').keys.includes(name)) {
      report(
        problem('GX207', `${quoted(name)} stands beside "gravity", not in it`, key.span, {
          why: 'Galaxy and Gravity pass over it, so none of its settings has an effect',
          help: 'move it below "gravity" and indent it',
        }),
      );
    }
  }
}
