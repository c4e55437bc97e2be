// galaxy.yml: from files to drafts of instances.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { spanOf } from '../../model/located.ts';
import type { FileRef } from '../../syntax/files.ts';
import { type DraftInput, draftInstance, type InstanceDraft } from './instance.ts';
import { findSections } from './layout.ts';

export type { InstanceDraft } from './instance.ts';
export { findJobConfig, findWorkflowSchedulers, type JobSource } from './jobs.ts';
export { readObjectStores, reportUnreadStore } from './object-store.ts';

/** The instances of several files, in order; of two with one name the second is reported and left out. */
export function readGalaxyFiles(given: readonly FileRef[], input: DraftInput): InstanceDraft[] {
  const drafts: InstanceDraft[] = [];
  for (const file of given) {
    for (const sections of findSections(file, input.files, input.report)) {
      const draft = draftInstance(sections, input);
      const twin = drafts.find((one) => one.instance.name.value === draft.instance.name.value);
      if (twin) reportTwin(draft, twin, input.report);
      else drafts.push(draft);
    }
  }
  return drafts;
}

function reportTwin(draft: InstanceDraft, twin: InstanceDraft, report: Report): void {
  const name = draft.instance.name.value;
  const first = spanOf(twin.instance.name);
  report(
    problem(
      'GX305',
      `two instances are called "${name}"`,
      spanOf(draft.instance.name) ?? draft.sections.place,
      {
        ...(first ? { labels: [{ span: first, text: 'the first one' }] } : {}),
        values: first ? [] : [`instance_name is ${name} (default) in ${twin.sections.gravityFile.shown}`],
        why: 'their units would have the same names, and only one of the two could run',
        help: 'give each a name of its own in "instance_name"',
      },
    ),
  );
}
