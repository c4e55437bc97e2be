// Which of the files that were named are legacy.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import { isUwsgiYaml } from '../frontends/legacy/uwsgi-file.ts';
import { isOlder } from '../model/release.ts';
import type { FileRef, Files } from '../syntax/files.ts';
import { type Entry, entry } from '../syntax/tree.ts';

/** By name, and by what a YAML file holds. Galaxy 22.01 has Gravity, which passes over `uwsgi:`. */
export function splitLegacy(
  given: readonly FileRef[],
  release: string | undefined,
  files: Files,
  report: Report,
): { readonly modern: FileRef[]; readonly legacy: FileRef[] } {
  const isLegacy = (file: FileRef): boolean => {
    if (/\.(?:ini|conf)$/.test(file.local)) return true;
    if (!/\.ya?ml$/.test(file.local)) return false;
    const found: Diagnostic[] = [];
    const root = files.yaml(file, (one) => found.push(one))?.root;
    if (isUwsgiYaml(root) && (release === undefined || isOlder(release, '22.01'))) return true;
    const uwsgi = root?.kind === 'map' ? entry(root, 'uwsgi') : undefined;
    if (uwsgi) reportLeftOver(uwsgi, report);
    for (const one of found) if (!uwsgi || !isOfUwsgi(one, uwsgi)) report(one);
    return false;
  };
  const old = given.filter(isLegacy);
  // A file for uWSGI alone: what Galaxy itself is told stands in another one, which may be YAML.
  const pair =
    old.some((file) => isUwsgiAlone(file, files, report)) &&
    !old.some((file) => hasApplication(file, files, report));
  const legacy = pair ? given.filter((one) => old.includes(one) || isPlainYaml(one, files, report)) : old;
  return { modern: given.filter((one) => !legacy.includes(one)), legacy };
}

function reportLeftOver({ key }: Entry, report: Report): void {
  report(
    problem('GX916', 'the section "uwsgi" has no effect: what starts Galaxy does not read it', key.span, {
      why: 'its processes, mules and addresses are gone since Galaxy runs under Gunicorn',
      help: 'remove it; gxgen migrate, given a copy without "gravity", tells what each line becomes',
    }),
  );
}

// How PyYAML takes what it is not asked for: an option may stand several times, and 027 is 027.
function isOfUwsgi({ code, span }: Diagnostic, { value }: Entry): boolean {
  return (
    (code === 'GX120' || code === 'GX121') &&
    span !== undefined &&
    span.start >= value.span.start &&
    span.end <= value.span.end
  );
}

function isUwsgiAlone(file: FileRef, files: Files, report: Report): boolean {
  return /^\[uwsgi\]/m.test(textOf(file, files, report));
}

function hasApplication(file: FileRef, files: Files, report: Report): boolean {
  return /^\[(?:app|application|composite|composit|pipeline|filter-app):/m.test(textOf(file, files, report));
}

function textOf(file: FileRef, files: Files, report: Report): string {
  return /\.ini$/.test(file.local) ? (files.legacyIni(file, report)?.source.text ?? '') : '';
}

function isPlainYaml(file: FileRef, files: Files, report: Report): boolean {
  const root = /\.ya?ml$/.test(file.local) ? files.yaml(file, report)?.root : undefined;
  return root?.kind === 'map' && entry(root, 'galaxy') !== undefined && entry(root, 'gravity') === undefined;
}
