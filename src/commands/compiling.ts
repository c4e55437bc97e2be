// What the commands that compile have in common: arguments to a compilation, its targets, its report.

import type { Backend, OutputFile, TargetOptions } from '../backends/backend.ts';
import { backends } from '../backends/index.ts';
import { sortDiagnostics } from '../diagnostics/collect.ts';
import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host, Output } from '../host/host.ts';
import type { Deployment, ProcessManager } from '../model/deployment.ts';
import { type Located, spanOf } from '../model/located.ts';
import { type Compilation, compile } from '../pipeline.ts';
import { type ColourChoice, palette, wantsColour } from '../report/colour.ts';
import { reporters } from '../report/index.ts';
import { allPages } from '../report/pages.ts';
import type { Templates } from '../schema/templates.ts';
import { suggest } from '../text/suggest.ts';
import { version } from '../version.ts';
import { type Arguments, exits, UsageError } from './command.ts';
import type { Judged } from './judging.ts';

/**
 * @param advice also find what is only advice
 * @param standsAt see `CompileOptions`
 */
export function compileArguments(
  args: Arguments,
  host: Host,
  advice = false,
  standsAt?: string,
): Compilation {
  const galaxyVersion = args.text('galaxy-version');
  if (galaxyVersion !== undefined && !/^\d\d\.\d{1,2}$/.test(galaxyVersion)) {
    throw new UsageError(`"${galaxyVersion}" is no Galaxy release; write it as 23.1 or 24.0`);
  }
  const jobConf = args.text('job-conf');
  const deployedAs = args.text('deployed-as');
  if (deployedAs !== undefined && !deployedAs.startsWith('/'))
    throw new UsageError('--deployed-as needs an absolute path');
  const compilation = compile(
    {
      files: [...args.words, ...args.texts('config')],
      supervisor: args.texts('supervisor'),
      ...(galaxyVersion === undefined ? {} : { galaxyVersion }),
      ...(jobConf === undefined ? {} : { jobConf }),
      ...(deployedAs === undefined ? {} : { deployedAs }),
      ...(standsAt === undefined ? {} : { standsAt }),
      python3: args.on('python3'),
      allowUnknown: args.on('allow-unknown'),
      advice,
    },
    host,
  );
  const instance = args.text('instance');
  return instance === undefined
    ? compilation
    : { ...compilation, deployment: onlyInstance(compilation.deployment, instance) };
}

/** The part of the deployment that one target runs. */
export interface TargetPart {
  readonly backend: Backend;
  readonly deployment: Deployment;
}

const targetOf: Record<ProcessManager, string> = {
  systemd: 'systemd',
  supervisor: 'supervisor',
  multiprocessing: 'commands',
};

/** @param names targets by name; none: each instance goes to the target of its `process_manager` */
export function targetParts(deployment: Deployment, names: readonly string[]): TargetPart[] {
  if (names.length > 0)
    return [...new Set(names)].map((name) => ({ backend: backendNamed(name), deployment }));
  return backends.flatMap((backend) => {
    const instances = deployment.instances.filter(
      (one) => targetOf[one.processManager.value] === backend.name,
    );
    return instances.length > 0 ? [{ backend, deployment: { ...deployment, instances } }] : [];
  });
}

export interface Rendered {
  readonly target: string;
  readonly files: readonly OutputFile[];
  /** Absent for the first one of the target. */
  readonly layout?: string;
}

/** @param layout from the command line; it must be one of every target */
export function renderParts(
  parts: readonly TargetPart[],
  layout: string | undefined,
  { settings }: Compilation,
  templates: Templates,
  report: Report,
): Rendered[] {
  return parts.map(({ backend, deployment }) => {
    if (sizeOf(deployment) > mostWritten) {
      report(
        problem('GX345', `the processes for ${backend.name} have too many arguments and variables to write`),
      );
      return { target: backend.name, files: [] };
    }
    const written = settings.layouts.get(backend.name);
    const wanted = layout ?? written?.value;
    if (wanted !== undefined && !backend.layouts.some((one) => one.name === wanted)) {
      const known = backend.layouts.map((one) => one.name);
      if (layout !== undefined)
        throw new UsageError(`target ${backend.name} has no layout "${wanted}"; it has ${known.join(', ')}`);
      report(unknownLayout(backend.name, wanted, known, written));
      return { target: backend.name, files: [] };
    }
    const options = targetOptions(settings, wanted);
    return {
      target: backend.name,
      files: backend.render(deployment, options, templates, report),
      ...(wanted === undefined ? {} : { layout: wanted }),
    };
  });
}

function unknownLayout(
  target: string,
  wanted: string,
  known: readonly string[],
  written: Located<string> | undefined,
): Diagnostic {
  const near = suggest(wanted, known);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return problem('GX202', `target ${target} has no layout "${wanted}"${hint}`, spanOf(written), {
    help: `it has ${known.join(', ')}`,
  });
}

/** @param layout undefined for the first one of the target */
export function targetOptions(
  { systemd }: Compilation['settings'],
  layout: string | undefined,
): TargetOptions {
  return {
    ...(layout === undefined ? {} : { layout }),
    systemd: { mode: systemd.mode.value, directory: systemd.directory.value },
  };
}

// Of arguments and variables, in characters: a large environment and many processes multiply.
const mostWritten = 100_000_000;

function sizeOf({ instances }: Deployment): number {
  let size = 0;
  for (const { services } of instances) {
    for (const { processes } of services) {
      for (const { argv, env } of processes) {
        for (const { value } of argv) size += value.length;
        for (const { name, value } of env) size += name.length + value.value.length;
        if (size > mostWritten) return size;
      }
    }
  }
  return size;
}

/** Writes a report in the format; returns the exit code that its problems ask for. */
export function writeReport(
  diagnostics: readonly Diagnostic[],
  { secrets, unreadable, hidden }: Pick<Judged, 'secrets' | 'unreadable' | 'hidden'>,
  stream: Output,
  format: string,
  args: Arguments,
  host: Host,
): number {
  const reporter = reporters.find((one) => one.name === format);
  if (!reporter)
    throw new UsageError(`no format "${format}"; there are ${reporters.map((one) => one.name).join(', ')}`);
  const sorted = sortDiagnostics(diagnostics);
  // Whether the stream is a terminal is only asked where there is something to colour: the question takes time.
  const coloured =
    sorted.length > 0 && wantsColour((args.text('color') ?? 'auto') as ColourChoice, host.env, stream.isTTY);
  const masked = sorted.length > 0 ? secrets() : [];
  stream.write(
    reporter.render(sorted, {
      tool: { name: 'gxgen', version },
      secrets: masked,
      paint: palette(coloured),
      strict: args.on('strict'),
      pages: allPages,
    }),
  );
  if (hidden) {
    const { count, baseline } = hidden;
    host.stderr.write(
      `gxgen: ${count} ${count === 1 ? 'finding is' : 'findings are'} hidden by ${baseline}\n`,
    );
  }
  if (unreadable) return exits.usage;
  const serious = sorted.some(
    (one) => one.severity === 'error' || (one.severity === 'warning' && args.on('strict')),
  );
  return serious ? exits.problems : exits.clean;
}

function backendNamed(name: string): Backend {
  const found = backends.find((one) => one.name === name);
  if (found) return found;
  throw new UsageError(`no target "${name}"; there are ${backends.map((one) => one.name).join(', ')}`);
}

function onlyInstance(deployment: Deployment, name: string): Deployment {
  const instances = deployment.instances.filter((one) => one.name.value === name);
  if (instances.length > 0 || deployment.instances.length === 0) return { ...deployment, instances };
  const known = deployment.instances.map((one) => one.name.value).join(', ');
  throw new UsageError(`no instance "${name}"; there are ${known}`);
}
