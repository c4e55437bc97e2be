// The directories that the object stores of an instance name. Only the proxies ask, and only for directories: what kind
// of store has which is Galaxy's business.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { ObjectStores } from '../../model/deployment.ts';
import { type Located, map, spanOf, written } from '../../model/located.ts';
import { join } from '../../model/paths.ts';
import type { Files } from '../../syntax/files.ts';
import { entry, isNull, type Node } from '../../syntax/tree.ts';
import type { XmlElement } from '../../syntax/xml-tree.ts';
import type { InstanceDraft } from './instance.ts';
import { configFolder } from './jobs.ts';
import { textOption } from './options.ts';

/** In the order of the file; undefined where there is no object store but the one of `file_path`. */
export function readObjectStores(draft: InstanceDraft, files: Files): ObjectStores | undefined {
  const { galaxy, galaxyFile } = draft.sections;
  const root = draft.instance.root.value;
  const absolute = (found: Located<string>[]): ObjectStores => ({
    directories: found.map((one) => map(one, (path) => join(root, path))),
  });
  const inline = entry(galaxy, 'object_store_config');
  const named = textOption(galaxy, 'object_store_config_file');
  const folder = configFolder(galaxy, galaxyFile);
  const file = files.at(join(folder, named?.value ?? 'object_store_conf.xml'));
  // A file that exists beats what stands in the section.
  if (files.kind(file) !== 'file') {
    if (inline && !isNull(inline.value)) return absolute(inTree(inline.value));
    return named ? { directories: [], unread: named } : undefined;
  }
  // What is wrong in it is not for this tool to say.
  const silent: Report = () => {};
  const from = spanOf(named);
  if (file.server.endsWith('.xml')) {
    const tree = files.xml(file, silent, from)?.root;
    if (tree) return absolute(inElement(tree));
  } else {
    const tree = files.yaml(file, silent, from)?.root;
    if (tree) return absolute(inTree(tree));
  }
  return { directories: [], unread: named ?? written(file.shown, draft.sections.place) };
}

/** Reports an object store in the section that a file beats (GX314). */
export function reportUnreadStore(draft: InstanceDraft, files: Files, report: Report): void {
  const { galaxy, galaxyFile } = draft.sections;
  const inline = entry(galaxy, 'object_store_config');
  if (!inline || isNull(inline.value)) return;
  const named = textOption(galaxy, 'object_store_config_file');
  const file = files.at(join(configFolder(galaxy, galaxyFile), named?.value ?? 'object_store_conf.xml'));
  if (files.kind(file) !== 'file') return;
  const label = spanOf(named);
  report(
    problem('GX314', `"object_store_config" has no effect beside "${file.shown}"`, inline.key.span, {
      labels: label ? [{ span: label, text: 'Galaxy reads this file' }] : [],
      why: 'Galaxy reads the file wherever it exists, so datasets are looked for where the file says',
      help: 'remove the one that is not meant',
    }),
  );
}

const elements = ['files_dir', 'extra_dir', 'cache'];

function inElement(element: XmlElement): Located<string>[] {
  const path = element.attributes.find(({ name }) => name === 'path');
  const own = elements.includes(element.name) && path ? [written(path.value, path.valueSpan)] : [];
  return [...own, ...element.children.flatMap(inElement)];
}

// An alias can repeat a tree without end; the stores of no server are this deep.
const deepest = 20;

function inTree(node: Node, depth = 0): Located<string>[] {
  if (depth > deepest || node.kind === 'scalar') return [];
  if (node.kind === 'seq') return node.items.flatMap((one) => inTree(one, depth + 1));
  return node.entries.flatMap(({ key, value }) => {
    if (key.value === 'files_dir') return text(value);
    if (key.value === 'path') return text(value);
    return inTree(value, depth + 1);
  });
}

function text(node: Node): Located<string>[] {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value !== ''
    ? [written(node.value, node.span)]
    : [];
}
