// The two sides of a comparison: compiled, rendered, and put together target by target.

import type { OutputFile } from '../backends/backend.ts';
import { backends } from '../backends/index.ts';
import { readManifest } from '../deploy/manifest.ts';
import { installedDiff, sourcesDiff, type TargetDiff } from '../deploy/target-diff.ts';
import { leftProblem, readTodo } from '../deploy/todo.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { atRevision } from '../host/revision.ts';
import type { Deployment } from '../model/deployment.ts';
import { dirname, isAbsolute, join } from '../model/paths.ts';
import { type Compilation, usualPlaces } from '../pipeline.ts';
import type { Templates } from '../schema/templates.ts';
import { type Arguments, UsageError } from './command.ts';
import { compileArguments, renderParts, type TargetPart, targetParts } from './compiling.ts';
import { installedParts } from './installed.ts';
import { type Judged, judge } from './judging.ts';
import { chooseTemplates } from './templates.ts';

/** What a comparison found, and what is wrong with its sides. */
export interface Diffed extends Pick<Judged, 'secrets' | 'unreadable' | 'hidden'> {
  readonly targets: readonly TargetDiff[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A source against the directories that its output is installed in. */
export function diffInstalled(args: Arguments, host: Host): Diffed {
  const side = compileSide(args, host);
  const report = (one: Diagnostic) => side.diagnostics.push(one);
  const placed = installedParts(args, host.cwd, side.compilation.deployment);
  for (const { directory } of placed) {
    const manifest = readManifest(host, directory);
    const left = manifest ? readTodo(host, host.realpath(directory), manifest.generation) : [];
    if (left.length > 0) report(leftProblem(directory, left));
  }
  const targets = placed.map(({ part, directory }) =>
    installedDiff(
      host,
      {
        ...part,
        directory,
        files: side.render(part),
        systemd: systemdOf(side),
      },
      report,
    ),
  );
  return { ...judged(side, host), targets };
}

/**
 * Two sources, for every target that either of them has.
 * @param range a revision of git for the old side, or two with `..` between
 */
export function diffSources(
  args: Arguments,
  host: Host,
  before: readonly string[],
  after: readonly string[],
  range?: string,
): Diffed {
  const [oldName, newName] = range?.split('..') ?? [];
  if (range !== undefined && (oldName === '' || newName === '' || range.split('..').length > 2))
    throw new UsageError(`--from-git cannot be "${range}"; write a revision, or two as REV1..REV2`);
  const problems: Diagnostic[] = [];
  const folder = dirname(
    absolute(host, after[0] ?? usualPlaces.find((path) => host.kind(path) === 'file') ?? '.'),
  );
  const [oldHost, newHost] = [oldName, newName].map((name) =>
    name === undefined ? host : revisionHost(host, folder, name, problems),
  );
  if (!oldHost || !newHost)
    return { targets: [], diagnostics: problems, secrets: () => [], unreadable: false };
  // An old copy under another name is of the same server.
  const place = absolute(host, after[0] ?? '');
  const old = compileSide(args, oldHost, before, range === undefined ? place : undefined);
  const fresh = compileSide(args, newHost, after);
  const targets = pairs(args, old.compilation.deployment, fresh.compilation.deployment).map(([a, b]) =>
    sourcesDiff(
      {
        ...b,
        files: fresh.render(b),
        directory: '',
        systemd: systemdOf(fresh),
      },
      { deployment: a.deployment, files: old.render(a) },
      (one) => fresh.diagnostics.push(one),
    ),
  );
  const [left, right] = [judged(old, host), judged(fresh, host)];
  return {
    targets,
    diagnostics: [...problems, ...left.diagnostics.filter(isInTheWay), ...right.diagnostics],
    secrets: () => [...left.secrets(), ...right.secrets()],
    unreadable: left.unreadable || right.unreadable,
    ...(right.hidden ? { hidden: right.hidden } : {}),
  };
}

/**
 * What was wrong with the old side is past, unless it keeps gxgen from reading it (GX0xx, GX1xx, a file that is not
 * there) or from rendering it.
 */
function isInTheWay({ severity, code, name }: Diagnostic): boolean {
  return severity === 'error' && (/^GX[017]/.test(code) || name.endsWith('-not-found'));
}

interface Side {
  readonly compilation: Compilation;
  /** Of compiling and rendering. */
  readonly diagnostics: Diagnostic[];
  readonly render: (part: TargetPart) => OutputFile[];
}

function compileSide(args: Arguments, host: Host, files?: readonly string[], standsAt?: string): Side {
  const own: Arguments =
    files === undefined
      ? args
      : { ...args, words: files, texts: (name) => (name === 'config' ? [] : args.texts(name)) };
  const compilation = compileArguments(own, host, false, standsAt);
  const diagnostics: Diagnostic[] = [...compilation.diagnostics];
  const report = (one: Diagnostic) => diagnostics.push(one);
  let templates: Templates | undefined;
  return {
    compilation,
    diagnostics,
    render: (part) => {
      templates ??= chooseTemplates(args.text('templates'), host, report);
      const [rendered] = renderParts([part], args.text('layout'), compilation, templates, report);
      return [...(rendered?.files ?? [])];
    },
  };
}

function systemdOf({ compilation }: Side) {
  const { mode, directory } = compilation.settings.systemd;
  return { mode: mode.value, directory: directory.value };
}

function judged({ compilation, diagnostics }: Side, host: Host): Judged {
  return judge({ ...compilation, diagnostics }, host, { complete: false });
}

/** The parts of both sides by target, in the order of the targets. */
function pairs(args: Arguments, before: Deployment, after: Deployment): [TargetPart, TargetPart][] {
  const names = args.texts('target');
  const [old, fresh] = [targetParts(before, names), targetParts(after, names)];
  return backends.flatMap((backend): [TargetPart, TargetPart][] => {
    const [a, b] = [old, fresh].map((parts) => parts.find((one) => one.backend.name === backend.name));
    const none = (deployment: Deployment) => ({ backend, deployment: { ...deployment, instances: [] } });
    return a || b ? [[a ?? none(before), b ?? none(after)]] : [];
  });
}

function revisionHost(host: Host, folder: string, name: string, problems: Diagnostic[]): Host | undefined {
  const found = atRevision(host, folder, name);
  if (found.ok) return found.revision.host;
  const unknown = found.reason === 'revision';
  problems.push(
    problem(unknown ? 'GX806' : 'GX805', found.message, undefined, {
      help:
        found.reason === 'git'
          ? 'install git, or save the old file under another name: gxgen diff OLD NEW'
          : unknown
            ? 'git log --oneline -- FILE lists the revisions of a file'
            : 'call gxgen for files in a repository of git',
    }),
  );
  return undefined;
}

function absolute(host: Host, path: string): string {
  return isAbsolute(path) ? path : join(host.cwd, path);
}
