// `rules:` of gxgen.yml: another severity for a finding, or none.

import { type Diagnostic, problem, type Report, type Severity } from '../diagnostics/diagnostic.ts';
import { type Located, spanOf } from '../model/located.ts';
import { type Known, mayOverrule, nearCode } from './known.ts';

export type Level = Severity | 'off';

/** An entry as it is written: a code or a name, and a level that its schema has checked. */
export interface LevelEntry {
  readonly key: Located<string>;
  readonly value: Located<string>;
}

/** The levels by code; entries that cannot be followed are reported. */
export function readLevels(
  entries: readonly LevelEntry[],
  known: () => ReadonlyMap<string, Known>,
  report: Report,
): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>();
  for (const { key, value } of entries) {
    const place = spanOf(key);
    const found = known().get(key.value);
    if (!found) {
      const shown = key.value.slice(0, 80);
      report(
        problem('GX034', `there is no finding "${shown}"${nearCode(shown, known())}`, place, {
          help: 'gxgen explain --list shows all codes and names',
        }),
      );
    } else if (levels.has(found.code)) {
      report(
        problem(
          'GX035',
          `"${key.value}" has a level already: ${found.code} and "${found.name}" are the same`,
          place,
          {
            help: 'remove one of the two',
          },
        ),
      );
    } else if (!mayOverrule(found) && value.value !== found.severity) {
      report(
        problem(
          'GX035',
          `${found.code} "${found.name}" is always ${article(found.severity)}`,
          spanOf(value),
          {
            help: 'remove the line',
          },
        ),
      );
    } else levels.set(found.code, value.value as Level);
  }
  return levels;
}

/** The diagnostics with their levels, without those that are off. */
export function applyLevels(
  diagnostics: readonly Diagnostic[],
  levels: ReadonlyMap<string, Level>,
): readonly Diagnostic[] {
  if (levels.size === 0) return diagnostics;
  return diagnostics.flatMap((one) => {
    const level = levels.get(one.code);
    if (level === undefined || !mayOverrule(one)) return [one];
    return level === 'off' ? [] : [{ ...one, severity: level }];
  });
}

function article(severity: Severity): string {
  return severity === 'error' ? 'an error' : severity === 'warning' ? 'a warning' : 'information';
}
