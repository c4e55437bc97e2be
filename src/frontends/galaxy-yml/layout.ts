// Which sections a galaxy.yml has and which file each comes from: one file, `gravity:` split from `galaxy:` by
// `galaxy_config_file`, or a list of `gravity:` sections for several instances.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Located, spanOf, written } from '../../model/located.ts';
import { dirname, join } from '../../model/paths.ts';
import { checkSchema } from '../../schema/check.ts';
import { checkSections } from '../../schema/galaxy-file.ts';
import type { FileRef, Files } from '../../syntax/files.ts';
import { type Entry, entry, isNull, type MapNode, type Node } from '../../syntax/tree.ts';
import { type Span, span } from '../../text/source.ts';
import { reportPlaceholders } from './placeholders.ts';

/** The two sections of one instance, as written. */
export interface Sections {
  readonly gravity: MapNode | undefined;
  readonly galaxy: MapNode | undefined;
  readonly gravityFile: FileRef;
  readonly galaxyFile: FileRef;
  /** Where to point when something is missing from the file as a whole. */
  readonly place: Span;
}

/** One element for each instance of the file; none when it holds no configuration. */
export function findSections(file: FileRef, files: Files, report: Report): Sections[] {
  const read = files.yaml(file, report);
  if (!read) return [];
  const { root, source } = read;
  reportPlaceholders(root, source, report);
  const gravity = entry(root, 'gravity');
  const galaxy = entry(root, 'galaxy');
  let misnamed = false;
  checkSections(root, (one) => {
    misnamed = true;
    report(one);
  });
  if (!gravity && !galaxy) {
    // A file with syntax errors has no tree, and they are told already; so is a section with nearly the right name.
    if (misnamed) return [];
    if (root || source.text.trim() === '') report(nothingHere(file, root));
    return [];
  }
  if (gravity?.value.kind === 'seq') return listSections(file, gravity, galaxy, files, report);
  if (gravity && gravity.value.kind !== 'map' && !isNull(gravity.value)) {
    checkSchema('gravity', gravity.value, report, { key: gravity.key });
    return [];
  }
  const place = gravity?.key.span ?? galaxy?.key.span ?? span(source, 0);
  if (!gravity) {
    report(problem('GX304', 'there is no "gravity" section, so every service has its defaults', place));
  }
  const settings = gravity?.value.kind === 'map' ? gravity.value : undefined;
  const one = splitSections(file, settings, galaxy, files, place, report);
  return one ? [one] : [];
}

function listSections(
  file: FileRef,
  gravity: Entry,
  galaxy: Entry | undefined,
  files: Files,
  report: Report,
): Sections[] {
  if (galaxy) {
    report(
      problem('GX306', '"galaxy" stands beside a list of "gravity" sections', galaxy.key.span, {
        labels: [{ span: gravity.key.span, text: 'a list: one instance each' }],
        why: 'which of the instances it belongs to is not known; Gravity refuses the file',
        help: 'move it to a file of its own and name that file in "galaxy_config_file" of its instance',
      }),
    );
  }
  const out: Sections[] = [];
  const items = gravity.value.kind === 'seq' ? gravity.value.items : [];
  if (items.length === 0 && !galaxy) {
    report(
      problem('GX300', 'the list of "gravity" sections is empty', gravity.key.span, {
        why: 'no instance is described, so nothing would run; Gravity stops at it',
        help: 'write the settings below "gravity:", or an item with a galaxy_config_file for each instance',
      }),
    );
  }
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'map') {
      const where = item.span.end > item.span.start ? item.span : gravity.key.span;
      report(
        problem(
          'GX201',
          `item ${index + 1} of "gravity" must be a mapping, with the settings of one instance`,
          where,
          {
            help: 'write its settings, or remove the item',
          },
        ),
      );
      continue;
    }
    if (!entry(item, 'galaxy_config_file')) {
      report(
        problem(
          'GX307',
          'an instance in the "gravity" list has no "galaxy_config_file"',
          span(item.span.source, item.span.start),
          {
            why: 'its "galaxy" section cannot be found; Gravity refuses the file',
            help: 'add galaxy_config_file: with the path of its galaxy.yml, relative to this file',
          },
        ),
      );
      continue;
    }
    const one = splitSections(file, item, undefined, files, item.span, report);
    if (one) out.push(one);
  }
  return out;
}

function splitSections(
  file: FileRef,
  gravity: MapNode | undefined,
  galaxy: Entry | undefined,
  files: Files,
  place: Span,
  report: Report,
): Sections | undefined {
  const other = entry(gravity, 'galaxy_config_file');
  const named =
    other?.value.kind === 'scalar' && other.value.type === 'str'
      ? written(String(other.value.value), other.value.span)
      : undefined;
  if (galaxy || !named || named.value === '') {
    if (galaxy && named) {
      report(
        problem('GX303', '"galaxy_config_file" has no effect beside a "galaxy" section', other?.key.span, {
          labels: [{ span: galaxy.key.span, text: 'this section is used' }],
          why: 'Galaxy and Gravity read the section in this file, and never open the other one',
          help: 'remove one of the two',
        }),
      );
    }
    if (!galaxy)
      report(problem('GX304', 'there is no "galaxy" section, so every Galaxy option has its default', place));
    return { gravity, galaxy: galaxyOptions(galaxy, report), gravityFile: file, galaxyFile: file, place };
  }
  // As Gravity does it: put behind the folder, and not normalised, because Galaxy is told the same path.
  const galaxyFile = files.at(join(dirname(file.server), named.value));
  const from = other?.value.span;
  const read = files.yaml(galaxyFile, report, from);
  if (!read) return undefined;
  const section = entry(read.root, 'galaxy');
  if (!section) {
    if (read.root || read.source.text.trim() === '') {
      report(
        problem('GX300', `"${galaxyFile.shown}" has no "galaxy" section`, from, {
          why: 'it is named as the Galaxy configuration, and Galaxy reads nothing else from it',
        }),
      );
    }
    return undefined;
  }
  reportPlaceholders(read.root, read.source, report);
  const unread = entry(read.root, 'gravity');
  if (unread && !isNull(unread.value)) report(unreadGravity(unread, named, file.shown));
  return { gravity, galaxy: galaxyOptions(section, report), gravityFile: file, galaxyFile, place };
}

function unreadGravity(unread: Entry, named: Located<string>, shown: string) {
  const label = spanOf(named);
  return problem(
    'GX309',
    `nothing reads this "gravity" section; "${shown}" has the one that counts`,
    unread.key.span,
    {
      ...(label ? { labels: [{ span: label, text: 'names this file for its "galaxy" section alone' }] } : {}),
      why: 'what is changed here has no effect',
      help: 'move what is still wanted to the other file, and remove the section here',
    },
  );
}

// A section that is present but empty counts as an empty mapping.
function galaxyOptions(section: Entry | undefined, report: Report): MapNode | undefined {
  if (!section || isNull(section.value)) return undefined;
  if (section.value.kind === 'map') return section.value;
  report(
    problem('GX308', '"galaxy" must be a mapping of options', section.value.span, {
      why: 'Galaxy does not start with it',
    }),
  );
  return undefined;
}

function nothingHere(file: FileRef, root: Node | undefined) {
  return problem(
    'GX300',
    `"${file.shown}" has neither a "gravity" nor a "galaxy" section`,
    root ? span(root.span.source, root.span.start) : file.shown,
    {
      why: 'nothing in it says what to run',
      help: file.shown.endsWith('.xml')
        ? 'name the galaxy.yml or galaxy.ini, which leads to it; --job-conf FILE is for one that a galaxy.ini does not lead to'
        : 'name the galaxy.yml of the server, or start one with a "gravity:" and a "galaxy:" section',
    },
  );
}
