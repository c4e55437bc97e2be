// The YAML reader: text to positioned tree, as PyYAML's safe loader (YAML 1.1) reads it. Syntax and places come from
// the `yaml` package (yaml-compose.ts), or from yaml-simple.ts where a file needs little of YAML; types, tags, anchors, merge keys and duplicates follow PyYAML
// (yaml-construct.ts), because the package's own YAML 1.1 mode differs from it in dozens of cases.

import type { Report } from '../diagnostics/diagnostic.ts';
import type { Source } from '../text/source.ts';
import type { Node } from './tree.ts';
import { composeYaml } from './yaml-compose.ts';
import { construct } from './yaml-construct.ts';
import { limited, mostErrors } from './yaml-limits.ts';
import { readSimpleYaml } from './yaml-simple.ts';
import { forbiddenCharacters } from './yaml-text.ts';

/**
 * The tree of a YAML file; undefined when the file is empty (no diagnostic) or when PyYAML could not read it (errors).
 * Time and memory are bounded: nesting at most 200 deep, at most a million nodes once aliases are expanded, and the
 * first 20 errors. A node that aliases share is one object: compare places, not identities.
 */
export function parseYaml(source: Source, report: Report): Node | undefined {
  const shown = limited(source, report);
  // One more than is shown, so that the rest is announced.
  const characters = forbiddenCharacters(source, mostErrors + 1);
  const simple = characters.length > 0 ? undefined : readSimpleYaml(source.text);
  const { faults, root } = simple
    ? { faults: [], root: simple }
    : characters.length > 0
      ? { faults: characters, root: undefined }
      : composeYaml(source);
  for (const fault of faults) shown.report(fault);
  const node = root && faults.length === 0 ? construct(root, source, shown.report) : undefined;
  shown.close();
  return node;
}
