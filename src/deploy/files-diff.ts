// The bytes that would change, as a unified diff in which no secret is shown.

import type { Backend, OutputFile } from '../backends/backend.ts';
import { join } from '../model/paths.ts';
import { unifiedDiff } from '../text/patch.ts';
import { type FileComparison, type InstalledComparison, octal } from './drift.ts';
import { maskText } from './masking.ts';

/** One patch for all files, under the names that they have below the directory as it was named. */
export function filesDiff({ files }: InstalledComparison, directory: string, backend: Backend): string {
  return files.map((file) => fileDiff(file, shownPath(directory, file.path), backend)).join('');
}

/** The diff of one file; empty where nothing changes. */
export function fileDiff(file: FileComparison, shown: string, backend: Backend): string {
  const { state, before, after } = file;
  if (state === 'same') return '';
  const modes =
    before && after && before.mode !== after.mode ? modeLines(shown, before.mode, after.mode) : '';
  if (state === 'mode') return modes;
  if (state === 'blocked') {
    const [first] = file.drift;
    return `Not compared: ${visible(shown)} ${visible(first?.words ?? 'is no file')}\n`;
  }
  const old = before && decode(before.bytes);
  if (before && old === undefined) return `${modes}Binary files ${visible(shown)} differ\n`;
  const left = old && maskText(backend, file.path, old, file.secret);
  const right = after && maskedOutput(after, backend);
  if ((old && left === undefined) || (after?.text && right === undefined))
    return `${modes}The text of ${visible(shown)} holds secrets and is not shown\n`;
  if (before && after && left === right) return `${modes}Only secret values in ${visible(shown)} differ\n`;
  return (
    modes +
    unifiedDiff(
      { name: name(`a/${relative(shown)}`), text: before && clean(left ?? '') },
      { name: name(`b/${relative(shown)}`), text: after && clean(right ?? '') },
    )
  );
}

/** Masked as the other side is, so that equal lines stay equal; else as the back end did it. */
function maskedOutput({ path, text, masked }: OutputFile, backend: Backend): string | undefined {
  return maskText(backend, path, text, masked !== undefined) ?? masked;
}

/** As people see it; two sources have no directory. */
export function shownPath(directory: string, path: string): string {
  return directory === '' ? path : join(directory, path);
}

function modeLines(shown: string, before: number, after: number): string {
  return `old mode ${octal(before)} ${visible(shown)}\nnew mode ${octal(after)} ${visible(shown)}\n`;
}

/** `patch -p1` in the root of the file system takes it. */
function relative(path: string): string {
  return path.replace(/^\/+/, '');
}

function name(path: string): string {
  return visible(path);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without what a terminal would act on: an installed file may hold anything. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
