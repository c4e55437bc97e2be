// gxgen apply: installs what `diff` shows, in one step, after asking.

import type { OutputFile } from '../backends/backend.ts';
import { checkFiles } from '../deploy/check.ts';
import type { Content } from '../deploy/content.ts';
import { hashOf } from '../deploy/digest.ts';
import { unrecorded } from '../deploy/drift.ts';
import { leftBehind } from '../deploy/dropped.ts';
import { examine } from '../deploy/examine.ts';
import { gravityBeside } from '../deploy/gravity-set.ts';
import type { Installation } from '../deploy/install.ts';
import { type Manifest, readManifest } from '../deploy/manifest.ts';
import { type Held, openSession } from '../deploy/session.ts';
import { snapshotOf, toRecord } from '../deploy/snapshot.ts';
import { installedDiff } from '../deploy/target-diff.ts';
import { readTodo } from '../deploy/todo.ts';
import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Compilation } from '../pipeline.ts';
import { findAdoption } from './adopting.ts';
import { carryOut, type Prepared, serious } from './applying.ts';
import { yesOption } from './asking.ts';
import { type Command, exits, inputOptions, reportOptions } from './command.ts';
import { compileArguments, type Rendered, renderParts, targetOptions, writeReport } from './compiling.ts';
import { type InstalledPart, installedOption, installedParts } from './installed.ts';
import { judge } from './judging.ts';
import { chooseTemplates } from './templates.ts';

export const apply: Command = {
  name: 'apply',
  words: '[FILE]...',
  summary: 'install what runs Galaxy, in one step, after showing what changes',
  options: {
    ...inputOptions,
    ...installedOption,
    layout: { type: 'string', value: 'NAME', describe: 'form of the output, as for render' },
    instance: {
      type: 'string',
      value: 'NAME',
      describe: 'only this instance, which then has the directory to itself',
    },
    templates: { type: 'string', value: 'DIR', describe: 'take templates from here where it has them' },
    ...yesOption,
    run: { type: 'boolean', describe: 'also give the commands that restart what has to be restarted' },
    adopt: { type: 'boolean', describe: 'take over files that others wrote or edited' },
    'allow-orphans': {
      type: 'boolean',
      describe: 'go on although jobs would be left behind, or an instance goes',
    },
    ...reportOptions,
  },
  run(args, host) {
    const compilation = compileArguments(args, host);
    const parts = installedParts(args, host.cwd, compilation.deployment);
    const diagnostics: Diagnostic[] = [...compilation.diagnostics];
    const report: Report = (one) => diagnostics.push(one);
    const rendered = renderParts(
      parts.map(({ part }) => part),
      args.text('layout'),
      compilation,
      chooseTemplates(args.text('templates'), host, report),
      report,
    );
    const judged = judge({ ...compilation, diagnostics }, host, { complete: false });
    const code = writeReport(judged.diagnostics, judged, host.stderr, 'text', args, host);
    if (code !== exits.clean) return code;

    const found: Diagnostic[] = [];
    const session = openSession(
      host,
      parts.map(({ directory }) => directory),
      true,
      (one) => found.push(one),
    );
    for (const one of session.news) host.stderr.write(`gxgen: ${one}\n`);
    try {
      const prepared = session.held.flatMap((held, index) => {
        const [part, files] = [parts[index], rendered[index]];
        return part && files
          ? [prepare(host, { held, part, rendered: files, compilation, adopt: args.on('adopt') }, found)]
          : [];
      });
      for (const { diff } of prepared) found.push(...leftBehind(diff, args.on('allow-orphans')));
      const blocked = serious(found);
      if (!blocked)
        for (const [index, { held, news }] of prepared.entries()) {
          const [part, files] = [parts[index], rendered[index]];
          if (part && files && news) check(host, held, part, files, compilation, found);
        }
      return carryOut(prepared, found, { command: 'apply', secrets: judged.secrets }, args, host);
    } finally {
      session.close();
    }
  },
};

interface Input {
  readonly held: Held;
  readonly part: InstalledPart;
  readonly rendered: Rendered;
  readonly compilation: Compilation;
  readonly adopt: boolean;
}

function prepare(host: Host, input: Input, found: Diagnostic[]): Prepared {
  const { held, part, rendered, compilation, adopt } = input;
  const report: Report = (one) => found.push(one);
  const { backend, deployment } = part.part;
  const manifest = readManifest(host, held.directory);
  const systemd = targetOptions(compilation.settings, rendered.layout).systemd;
  const adoption =
    adopt && !manifest ? findAdoption(host, held, backend, deployment, rendered.files) : undefined;
  const paths = [...rendered.files, ...(manifest?.files ?? [])].map(({ path }) => path);
  const taken = adoption?.taken ?? (adopt ? gravityBeside(host, held.directory, paths) : []);
  const diff = installedDiff(
    host,
    { backend, deployment, files: rendered.files, directory: held.shown, systemd, taken },
    // What cannot be read is reported when what stands there is examined.
    (one) => one.code !== 'GX800' && report(one),
  );
  const owner = ownerIn(host, held);
  const wanted = rendered.files.map(({ path, text, mode }) => ({
    path,
    content: { bytes: new TextEncoder().encode(text), mode, ...owner },
  }));
  const elsewhere = environmentElsewhere(rendered.files, systemd.directory, held);
  if (backend.name === 'systemd' && elsewhere) report(elsewhere);
  const examination = examine(
    host,
    {
      directory: held.directory,
      shown: held.shown,
      owned: manifest?.files ?? [],
      wanted,
      taken,
      unrecorded: manifest || adopt ? [] : unrecorded(host, held.directory, rendered.files),
      adopt,
    },
    report,
  );
  const model = toRecord(snapshotOf(deployment, hashOf));
  const installation: Installation = {
    held,
    about: {
      target: backend.name,
      ...(rendered.layout === undefined ? {} : { layout: rendered.layout }),
      ...(backend.name === 'systemd' ? { mode: systemd.mode } : {}),
      command: 'apply',
      from: [...new Set(deployment.instances.map((one) => one.place.source.path))].join(', '),
      sources: compilation.sources.map(({ path, text }) => ({
        path,
        hash: hashOf(new TextEncoder().encode(text)),
      })),
      model,
    },
    files: new Map(
      wanted.map(({ path, content }) => {
        const standing = examination.found.get(path);
        const changes = examination.changes.some((one) => one.path === path);
        return [path, changes || !standing ? content : standing];
      }),
    ),
    secret: new Set(rendered.files.filter(isSecret).map(({ path }) => path)),
    examination,
  };
  return {
    held,
    diff,
    installation,
    news: hasNews(manifest, installation),
    left: manifest ? readTodo(host, held.directory, manifest.generation) : [],
    secretNames: secretNames(deployment),
    ...(adoption ? { adoption } : {}),
  };
}

/**
 * Whose new files are: those that root installs in a directory of another account are for that account, which could not
 * read its secret ones otherwise.
 */
function ownerIn(host: Host, { directory }: Held): Pick<Content, 'user' | 'group'> {
  const entry = host.entry(directory);
  return host.user === 0 && entry !== undefined && entry.user !== 0
    ? { user: entry.user, group: entry.group }
    : { user: host.user, group: host.group };
}

// The name of an environment file is written into its unit when that is rendered.
function environmentElsewhere(
  files: readonly OutputFile[],
  directory: string,
  { directory: real, shown }: Held,
): Diagnostic | undefined {
  const first = files.find((one) => isSecret(one) && one.path.endsWith('.env'));
  if (!first || directory === real) return undefined;
  return problem('GX860', `units read "${directory}/${first.path}", and are installed in "${shown}"`, shown, {
    why: 'where they do not find their environment file, they do not start',
    help: `state where they will stand: "systemd: {directory: ${real}}" in gxgen.yml`,
  });
}

/** Of variables whose values only the owner of a file may read. */
function secretNames({ instances }: Deployment): string[] {
  const names = instances
    .flatMap(({ services }) => services.flatMap((one) => one.processes))
    .flatMap(({ env }) => env.filter((one) => one.secret).map((one) => one.name));
  return [...new Set(names)].sort();
}

function isSecret({ masked }: OutputFile): boolean {
  return masked !== undefined;
}

/** True when there is something to install or to record. */
function hasNews(manifest: Manifest | undefined, { examination, files, about }: Installation): boolean {
  return (
    examination.changes.length > 0 ||
    manifest === undefined ||
    manifest.files.length !== files.size ||
    manifest.files.some(({ path }) => !files.has(path)) ||
    JSON.stringify(manifest.model) !== JSON.stringify(about.model)
  );
}

function check(
  host: Host,
  held: Held,
  { part }: InstalledPart,
  { files, layout }: Rendered,
  { settings }: Compilation,
  found: Diagnostic[],
): void {
  checkFiles(host, { held, backend: part.backend, options: targetOptions(settings, layout) }, files, (one) =>
    found.push(one),
  );
}
