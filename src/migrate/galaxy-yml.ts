// galaxy.yml itself: made from galaxy.ini, or the old galaxy.yml with `gravity:` in the place of `uwsgi:`.

import type { Instance } from '../model/deployment.ts';
import type { Ledger } from '../model/ledger.ts';
import { basename } from '../model/paths.ts';
import { entry, type MapNode } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { writeYaml } from '../syntax/yaml-write.ts';
import type { Source } from '../text/source.ts';
import { type Accounts, type Comments, tidied } from './accounts.ts';
import type { GalaxySection } from './galaxy-section.ts';
import { editGalaxyYml } from './galaxy-yml-edit.ts';
import type { GravityPlan } from './gravity-section.ts';
import type { NewFile } from './plan.ts';

export interface GalaxyYmlInput {
  readonly instance: Instance;
  readonly ledger: Ledger;
  readonly sources: readonly Source[];
  readonly accounts: Accounts;
  readonly gravity: GravityPlan;
  readonly galaxy: GalaxySection;
}

/** What editors look for to know the keys. */
export const modeline = 'yaml-language-server: $schema=galaxy-yml.schema.json';

export function makeGalaxyYml(input: GalaxyYmlInput): NewFile {
  const { instance, sources, ledger, accounts, gravity, galaxy } = input;
  const yaml = ledger.files.find(
    (one) => one.format === 'yaml' && /galaxy.*\.ya?ml$/.test(basename(one.path)),
  );
  const source = yaml && sources.find((one) => one.path === yaml.path);
  const root = source && parseYaml(source, () => undefined);
  if (source && root?.kind === 'map' && entry(root, 'galaxy')) {
    const text = editGalaxyYml(source, root as MapNode, gravity, galaxy);
    return { path: 'galaxy.yml', text, former: { shown: source.path, text: source.text } };
  }
  const head: Comments = [
    ` ${modeline}`,
    ` Made by gxgen from ${filesOf(instance, ledger).join(', ')}.`,
    undefined,
  ];
  const header = ledger.files.flatMap((file) =>
    file.lines
      .filter((one) => one.kind === 'header' && /^(?:app|application):\s*main\s*$/.test(one.section ?? ''))
      .flatMap((one) => accounts.comments(one.span)),
  );
  const rest = ledger.files.filter((one) => one.format === 'ini').flatMap((one) => accounts.rest(one.path));
  const foreign = ledger.files
    .filter((one) => one.format === 'supervisor')
    .flatMap((one) => accounts.rest(one.path));
  const text = writeYaml({
    kind: 'map',
    entries: [
      { key: 'gravity', before: head, value: gravity.section },
      {
        key: 'galaxy',
        before: tidied([undefined, ...header]),
        value: {
          ...galaxy.section,
          after: ended([...(galaxy.section.after ?? []), ...separated(rest), ...separated(foreign)]),
        },
      },
    ],
  });
  return { path: 'galaxy.yml', text };
}

/** Without empty lines at the end. */
function ended(comments: Comments): Comments {
  const list = [...tidied(comments)];
  while (list.length > 0 && list.at(-1) === undefined) list.pop();
  return list;
}

function separated(comments: Comments): Comments {
  return comments.length === 0 ? [] : [undefined, ...comments];
}

function filesOf({ legacy }: Instance, ledger: Ledger): string[] {
  const names = legacy?.files.map((one) => one.path) ?? ledger.files.map((one) => one.path);
  return [...new Set(names.map((one) => basename(one)))];
}
