// `--templates DIR`: a folder whose files take the place of gxgen's own templates, one by one.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import { builtinTemplates, overriddenTemplates, type Templates, templateNames } from '../schema/templates.ts';
import { suggest } from '../text/suggest.ts';
import { UsageError } from './command.ts';

export function chooseTemplates(folder: string | undefined, host: Host, report: Report): Templates {
  const builtin = builtinTemplates();
  if (folder === undefined) return builtin;
  if (host.kind(folder) !== 'directory')
    throw new UsageError(`--templates ${folder}: there is no such directory`);
  const pathOf = (name: string) => join(folder, `${name}.hbs`);
  reportUnused(folder, host, report);
  return overriddenTemplates(
    builtin,
    (name) => {
      const path = pathOf(name);
      const result = host.read(path);
      if (result.ok) return new TextDecoder().decode(result.bytes);
      if (result.reason !== 'missing')
        report(
          problem('GX730', `the template cannot be read: ${words[result.reason] ?? result.message}`, path),
        );
      return undefined;
    },
    report,
    pathOf,
  );
}

const words: Readonly<Record<string, string>> = {
  denied: 'permission denied',
  directory: 'it is a directory',
};

/** Files that look like templates and are none of gxgen's: a name with a slip, or not in the folder of its target. */
function reportUnused(folder: string, host: Host, report: Report): void {
  const names = templateNames();
  // The program of every day does not have those of all targets, and so says nothing of folders it does not know.
  const folders = new Set(names.map((name) => name.slice(0, name.lastIndexOf('/'))));
  for (const prefix of ['', ...[...folders].map((one) => `${one}/`)]) {
    for (const file of host.list(join(folder, prefix))) {
      if (!file.endsWith('.hbs')) continue;
      const name = prefix + file.slice(0, -'.hbs'.length);
      if (names.includes(name)) continue;
      const near = suggest(name, names) ?? names.find((one) => one.endsWith(`/${name}`));
      report(
        problem('GX732', `no template of gxgen is called "${name}"`, join(folder, prefix + file), {
          help: near === undefined ? `templates are called ${names[0]} and so on` : `call it ${near}.hbs`,
        }),
      );
    }
  }
}
