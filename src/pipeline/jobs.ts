// The job configuration of one instance, whatever its format.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import { findJobConfig, type InstanceDraft, type JobSource } from '../frontends/galaxy-yml/index.ts';
import { readJobConfXml } from '../frontends/job-conf-xml.ts';
import { readJobConfYml } from '../frontends/job-conf-yml.ts';
import { dirname, join } from '../model/paths.ts';
import { type JobConfig, noJobConfig } from '../model/routing.ts';
import type { FileRef, Files } from '../syntax/files.ts';
import type { XmlElement } from '../syntax/xml-tree.ts';
import type { Span } from '../text/source.ts';
import type { FinishInput } from './instance.ts';

/** What Galaxy would read; its built-in default where there is none, or where it cannot be read (reported). */
export function readJobs(draft: InstanceDraft, input: FinishInput): JobConfig {
  let missing = false;
  const source = findJobConfig(draft, input.files, (one) => {
    missing ||= one.severity === 'error';
    input.report(one);
  });
  // Nothing is said of what would be in a file that is not there.
  if (!source && missing) return { ...noJobConfig, partial: true };
  return readJobSource(source, input);
}

/** @param source undefined where there is none */
export function readJobSource(
  source: JobSource | undefined,
  input: Omit<FinishInput, 'settings'>,
): JobConfig {
  if (!source) return noJobConfig;
  let partial = false;
  const report: Report = (one) => {
    partial ||= losesEntries(one);
    input.report(one);
  };
  const jobs = readFrom(source, { ...input, report });
  return partial ? { ...jobs, partial } : jobs;
}

// Findings after which entries may be missing: the file or a macro cannot be read, an element is not known, lacks what
// it needs or stands twice, a key has a value of another kind.
function losesEntries({ code, severity }: Diagnostic): boolean {
  if (severity !== 'error') return code === 'GX400';
  return /^GX(?:0|1|20[1568]|40[234]|412|41[89]|43)/.test(code);
}

function readFrom(
  source: JobSource,
  { files, allowUnknown, report }: Omit<FinishInput, 'settings'>,
): JobConfig {
  const { file } = source;
  const options = { allowUnknown };
  if (source.kind === 'inline') {
    return readJobConfYml(source.node, file.shown, report, { ...options, inline: true, key: source.key });
  }
  if (source.kind === 'yaml') {
    let broken = false;
    const read = files.yaml(file, (one) => {
      broken ||= one.severity === 'error';
      report(one);
    });
    if (read?.root) return readJobConfYml(read.root, file.shown, report, options);
    if (read && !broken)
      report(problem('GX418', `the job configuration "${file.shown}" is empty`, file.shown));
    return noJobConfig;
  }
  const root = files.xml(file, report, source.from)?.root;
  if (!root) return noJobConfig;
  const folder = dirname(file.server);
  return readJobConfXml(root, file.shown, report, {
    ...options,
    read: (path: string, from: Span) => readImport(files.at(join(folder, path)), from, files, report),
  });
}

function readImport(file: FileRef, from: Span, files: Files, report: Report): XmlElement | undefined {
  if (files.kind(file) === 'file') return files.xml(file, report, from)?.root;
  report(
    problem('GX419', `the imported file "${file.shown}" does not exist`, from, {
      help: 'correct the path, which is relative to the importing file, or remove the import',
    }),
  );
  return undefined;
}
