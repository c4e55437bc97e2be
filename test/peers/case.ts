// One configuration of the corpus: its files, and how they are laid out on the disk beside a stub of Galaxy.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Target } from './effective.ts';
import { type Value, yamlText } from './yaml-text.ts';

export type Section = { [key: string]: Value };

export interface Case {
  readonly name: string;
  readonly targets: readonly Target[];
  /** The files to compile, relative to the case's folder. */
  readonly configs: readonly string[];
  /** Text, or a YAML document. `@here@` stands for the case's folder and `@target@` for the target's name. */
  readonly files: Readonly<Record<string, string | Section>>;
  /** Line for gunicorn in Galaxy's `requirements.txt`; null: no such file. */
  readonly gunicorn: string | null;
  readonly virtualenv: string | null;
  /** What it is about, for the count of what the corpus covers. */
  readonly about: readonly string[];
}

/** Writes the case into an empty folder. */
export function layOut(one: Case, target: Target, folder: string): void {
  const files: Record<string, string> = {
    'galaxy/lib/galaxy/version.py':
      'VERSION_MAJOR = "25.0"\nVERSION_MINOR = "1"\nVERSION = VERSION_MAJOR + "." + VERSION_MINOR\n',
    'galaxy/scripts/galaxy-main': '#!/usr/bin/env python\n',
  };
  if (one.gunicorn !== null)
    files['galaxy/requirements.txt'] = `fastapi==0.115.0\n${one.gunicorn}\nuvicorn==0.34.0\n`;
  for (const [path, content] of Object.entries(one.files)) files[path] = textOf(content, target, folder);
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A file of the case as it stands on the disk. */
export function textOf(content: string | Section, target: Target, folder: string): string {
  const text = typeof content === 'string' ? content : yamlText(content);
  return text.replaceAll('@here@', folder).replaceAll('@target@', target);
}

/** The gravity sections of a case: one a file, or several in list form. */
export function gravitySections(one: Case): Section[] {
  return one.configs.flatMap((config) => {
    const file = one.files[config];
    const gravity = typeof file === 'object' ? file.gravity : undefined;
    const entries = Array.isArray(gravity) ? gravity : [gravity];
    return entries.filter((entry): entry is Section => isSection(entry));
  });
}

/** Every document that has a `galaxy` section. */
export function galaxySections(one: Case): Section[] {
  return Object.values(one.files).flatMap((file) => {
    const galaxy = typeof file === 'object' ? file.galaxy : undefined;
    return isSection(galaxy) ? [galaxy] : [];
  });
}

export function isSection(value: Value | undefined): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
