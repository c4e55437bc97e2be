// Which of the files that were named are legacy.

import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { isUwsgiYaml } from '../frontends/legacy/uwsgi-file.ts';
import { isOlder } from '../model/release.ts';
import type { FileRef, Files } from '../syntax/files.ts';

/** By name, and by what a YAML file holds. Galaxy 22.01 has Gravity, which passes over `uwsgi:`. */
export function splitLegacy(
  given: readonly FileRef[],
  release: string | undefined,
  files: Files,
  report: Report,
): { readonly modern: FileRef[]; readonly legacy: FileRef[] } {
  const isLegacy = (file: FileRef): boolean => {
    if (/\.(?:ini|conf)$/.test(file.local)) return true;
    if (!/\.ya?ml$/.test(file.local) || (release !== undefined && !isOlder(release, '22.01'))) return false;
    const found: Diagnostic[] = [];
    const read = files.yaml(file, (one) => found.push(one));
    if (isUwsgiYaml(read?.root)) return true;
    for (const one of found) report(one);
    return false;
  };
  const legacy = given.filter(isLegacy);
  return { modern: given.filter((one) => !legacy.includes(one)), legacy };
}
