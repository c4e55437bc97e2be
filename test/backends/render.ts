// Renders for tests: the files, and the problems in a form that is easy to compare.

import type { Backend, OutputFile, TargetOptions } from '../../src/backends/backend.ts';
import { backends } from '../../src/backends/index.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Deployment } from '../../src/model/deployment.ts';
import { builtinTemplates } from '../../src/schema/templates.ts';
import { systemOptions } from './sample.ts';

export interface Rendered {
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** `severity CODE message`, in the order in which they were found. */
  readonly problems: readonly string[];
  /** The text of the file with that path. */
  text(path: string): string;
}

export function backendNamed(name: string): Backend {
  const found = backends.find((one) => one.name === name);
  if (!found) throw new Error(`no back end ${name}`);
  return found;
}

/** @param target `systemd`, or `systemd/template` for a layout */
export function render(
  target: string,
  deployment: Deployment,
  options: Partial<TargetOptions> = {},
): Rendered {
  const [name = '', layout] = target.split('/');
  const diagnostics: Diagnostic[] = [];
  const files = backendNamed(name).render(
    deployment,
    { ...systemOptions, ...(layout === undefined ? {} : { layout }), ...options },
    builtinTemplates(),
    (one) => diagnostics.push(one),
  );
  return {
    files,
    diagnostics,
    problems: diagnostics.map((one) => `${one.severity} ${one.code} ${one.message}`),
    text: (path) => {
      const file = files.find((one) => one.path === path);
      if (!file) throw new Error(`no ${path} among ${files.map((one) => one.path).join(', ')}`);
      return file.text;
    },
  };
}

/** The problems and all files in one text, for a comparison byte for byte. */
export function everything({ problems, files }: Rendered): string {
  const parts = files.map((one) => `==> ${one.path} (${one.mode.toString(8)}) <==\n${one.text}`);
  return `${problems.map((one) => `${one}\n`).join('')}\n${parts.join('\n')}`;
}
