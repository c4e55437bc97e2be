// One reviewable change, and the way back.

import { unifiedDiff } from '../text/patch.ts';
import type { NewFile } from './plan.ts';

/** What the migration changes, as a patch. Not masked. */
export function changeOf(files: readonly NewFile[]): string {
  return files
    .map(({ path, text, former }) =>
      unifiedDiff({ name: former?.shown ?? path, text: former?.text }, { name: path, text }),
    )
    .join('');
}

/**
 * A patch (`patch -p1`) that takes the new files back out of the folder they were copied to: what had the name of a new
 * file before has its text again, and what is new is gone.
 */
export function undoOf(files: readonly NewFile[]): string {
  return files
    .map(({ path, text, former }) => {
      const sameName = former !== undefined && former.shown.split('/').at(-1) === path;
      return unifiedDiff(
        { name: `a/${path}`, text },
        { name: `b/${path}`, text: sameName ? former.text : undefined },
      );
    })
    .join('');
}
