// "~" and "$PATH" are words of shells, and no shell stands between these settings and the processes.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Located, spanOf } from '../../model/located.ts';
import { isAbsolute } from '../../model/paths.ts';

// Only what people mean as a variable of the machine: any other "$x" may be part of a password.
const variable = /\$(?:HOME|LD_LIBRARY_PATH|LOGNAME|PATH|PWD|PYTHONPATH|USER|VIRTUAL_ENV)\b|\$\{[A-Z_]+\}/;

/** Reports a path that begins with "~" or holds a variable (GX313). @param needed nothing starts without it */
export function reportHome(
  name: string,
  path: Located<string> | undefined,
  report: Report,
  needed = false,
): void {
  if (!path) return;
  const word = /^~[\w.-]*(?=\/|$)/.exec(path.value)?.[0] ?? variableIn(path.value);
  if (word === undefined) return;
  tell(`"${name}" holds ${word}, and nothing expands that`, path, report, {
    // A folder may be called "$HOME"; a path that begins with it leads nowhere.
    ...(needed && !isAbsolute(path.value) ? { severity: 'error' } : {}),
    help: 'write the whole path, beginning with "/"',
  });
}

/** Reports a value or arguments with a variable of the shell (GX313). @returns true when there is one */
export function reportVariable(name: string, text: Located<string>, report: Report): boolean {
  const word = variableIn(text.value);
  if (word !== undefined)
    tell(`"${name}" holds ${word}, and nothing expands that`, text, report, {
      help: 'write what it stands for',
    });
  return word !== undefined;
}

function variableIn(text: string): string | undefined {
  return text.includes('$') ? variable.exec(text)?.[0] : undefined;
}

function tell(
  message: string,
  where: Located<string>,
  report: Report,
  details: { readonly severity?: 'error'; readonly help: string },
): void {
  const place = spanOf(where);
  if (!place) return;
  const why = 'only shells know it: the process would get the characters as they are';
  report(problem('GX313', message, place, { ...details, why }));
}
