// `--templates DIR`: a folder whose files take the place of gxgen's own templates, one by one.

import type { Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import { builtinTemplates, overriddenTemplates, type Templates } from '../schema/templates.ts';
import { UsageError } from './command.ts';

export function chooseTemplates(folder: string | undefined, host: Host, report: Report): Templates {
  const builtin = builtinTemplates();
  if (folder === undefined) return builtin;
  if (host.kind(folder) !== 'directory')
    throw new UsageError(`--templates ${folder}: there is no such directory`);
  return overriddenTemplates(
    builtin,
    (name) => {
      const result = host.read(join(folder, `${name}.hbs`));
      return result.ok ? new TextDecoder().decode(result.bytes) : undefined;
    },
    report,
    (name) => join(folder, `${name}.hbs`),
  );
}
