// The options that Galaxy gets from one INI file, or from a pair of files for web servers and handlers.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { LegacyOption, LegacySection } from '../../model/legacy.ts';
import { spanOf } from '../../model/located.ts';
import type { IniFile } from './ini-file.ts';
import { defaultOptions, ownOptions, type PasteApp } from './paste.ts';

export interface AppOfFile {
  readonly file: IniFile;
  readonly app: PasteApp | undefined;
}

// Where web servers and handlers have to agree, or lose data.
const shared = ['database_connection', 'file_path', 'id_secret', 'database_file', 'object_store_config_file'];

/** Options of both files: equal ones once, those of one file as they are, conflicts reported and taken from the first. */
export function mergeOptions(files: readonly AppOfFile[], report: Report): LegacyOption[] {
  const all: LegacyOption[] = [];
  const taken = new Map<string, LegacyOption>();
  for (const { app } of files) {
    for (const option of app?.options ?? []) {
      const other = option.effective ? taken.get(option.name) : undefined;
      if (!other || other.place.source === option.place.source) {
        all.push(option);
        if (option.effective) taken.set(option.name, option);
        continue;
      }
      all.push({ ...option, effective: false });
      if (other.value.value !== option.value.value && !rolesOnly.has(option.name))
        conflict(option, other, report);
    }
  }
  return all;
}

// Different on purpose: they are what the two files are split by.
const rolesOnly = new Set(['enable_job_running', 'track_jobs_in_database', 'job_manager', 'job_handlers']);

function conflict(option: LegacyOption, other: LegacyOption, report: Report): void {
  const first = spanOf(other.value);
  report(
    problem(
      'GX907',
      `"${option.name}" has another value here than in "${other.place.source.path}"`,
      spanOf(option.value),
      {
        severity: shared.includes(option.name) ? 'error' : 'warning',
        labels: first ? [{ span: first, text: 'the value of the other file' }] : [],
        help: 'decide for one value, and write it in both files',
      },
    ),
  );
}

/** Every section that is neither the application, nor a server, nor `[uwsgi]`. */
export function otherSections(files: readonly AppOfFile[]): LegacySection[] {
  return files.flatMap(({ file, app }) => [
    ...(file.defaults.length > 0
      ? [{ name: 'DEFAULT', header: file.header('DEFAULT'), options: defaultOptions(file) }]
      : []),
    ...file.names
      .filter((one) => one !== app?.section && one !== 'uwsgi' && !/^server(?::|$)/.test(one))
      .map((name) => ({ name, header: file.header(name), options: ownOptions(file, name) })),
  ]);
}
