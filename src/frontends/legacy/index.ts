// Legacy configurations: galaxy.ini and universe_wsgi.ini, [uwsgi], `uwsgi:` in galaxy.yml, and hand-written supervisor
// files, to one instance.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { GalaxyOption } from '../../model/deployment.ts';
import type { LegacyEra, LegacyFacts, LegacyOption, UwsgiFacts } from '../../model/legacy.ts';
import { type Located, map, spanOf, written } from '../../model/located.ts';
import { isSecretOption } from '../../schema/galaxy-options.ts';
import type { IniText } from '../../syntax/decode-ini.ts';
import type { FileRef, Files } from '../../syntax/files.ts';
import { toPlain } from '../../syntax/plain.ts';
import { type Source, type Span, span } from '../../text/source.ts';
import { applicationOf, prefixOf } from './application.ts';
import { eraOf } from './era.ts';
import { reportDefaults, reportUnusedSets } from './findings-paste.ts';
import { folderOf, logDirOf, rootOf, virtualenvOf } from './ground.ts';
import { openIniFile, type PythonReader } from './ini-file.ts';
import { readMules } from './mules.ts';
import { includer, type Opened, openLegacy, yamlEntries } from './open.ts';
import { type AppOfFile, mergeOptions, otherSections } from './options.ts';
import { loaderOf, type PasteApp, type PasteServer, pasteApp, pasteServers } from './paste.ts';
import { common, type Ground } from './processes.ts';
import type { Known } from './supervisor-names.ts';
import { type ReadProgram, readPrograms } from './supervisor-programs.ts';
import { evaluateUwsgi } from './uwsgi-options.ts';

export { readsJobOptions } from './era.ts';
export { readIniJobs } from './ini-jobs.ts';
export { finishLegacy } from './instance.ts';
export { ledgerOf } from './ledger.ts';

/** What gxgen.yml says about a legacy server. */
export interface LegacySettings {
  readonly root?: Located<string>;
  readonly virtualenv?: Located<string>;
  readonly user?: Located<string>;
  readonly group?: Located<string>;
  readonly known: Known;
}

export interface LegacyInput {
  readonly files: Files;
  readonly reader: PythonReader;
  readonly settings: LegacySettings;
  readonly report: Report;
}

export interface ServerSection {
  readonly server: PasteServer;
  readonly file: FileRef;
  readonly runsJobs?: boolean;
}

/** What is known before the job configuration is read. */
export interface LegacyDraft {
  readonly opened: Opened;
  readonly place: Span;
  readonly ground: Ground;
  readonly main: FileRef;
  readonly servers: readonly ServerSection[];
  readonly programs: readonly ReadProgram[];
  readonly options: readonly GalaxyOption[];
  readonly facts: Omit<LegacyFacts, 'servers' | 'started'>;
  readonly era: LegacyEra;
  /** As gxgen.yml has it. */
  readonly hostName?: string;
  /** Files that \`use = config:\` names. */
  readonly included: readonly Source[];
  /** Headers of applications that do not say what they are. */
  readonly nameless: readonly Span[];
  option(name: string): Located<string> | undefined;
}

// More than anybody runs: each is a process of Galaxy, with its own memory.
const mostServers = 1_000;

/** @returns undefined when the files are refused or hold nothing, which has been reported */
export function readLegacy(
  given: readonly FileRef[],
  supervisor: readonly FileRef[],
  input: LegacyInput,
): LegacyDraft | undefined {
  const { files, report, settings } = input;
  const opened = openLegacy(given, input);
  if (!opened) return undefined;
  const programs = [...supervisor, ...opened.supervisor].flatMap((file) => {
    const ini = files.ini(file, report);
    return ini ? readPrograms(ini, file, settings.known, report) : [];
  });
  const main = opened.inis[0]?.file ?? opened.yaml?.file ?? opened.uwsgi?.file ?? opened.supervisor[0];
  if (!main) return undefined;

  const included: { path: string; text: IniText }[] = [];
  const known = (path: string) => [...opened.files, ...included].some((one) => one.path === path);
  const apps = opened.inis.map((file): AppOfFile => {
    const open = (path: string, from: Span) => {
      const other = files.at(path);
      const text = files.legacyIni(other, report, from);
      if (text && !known(other.shown)) included.push({ path: other.shown, text });
      return text && openIniFile(other, text, input.reader, other.server, report);
    };
    const app = pasteApp(file, open, report);
    reportDefaults(file, app, report);
    reportUnusedSets(app, report);
    return { file, app };
  });
  const fromIni = mergeOptions(apps, report);
  const legacyOptions = opened.yaml ? yamlOptions(opened) : fromIni;
  const options: GalaxyOption[] = opened.yaml
    ? yamlEntries(opened.yaml.galaxy).map(({ name, node }) => ({
        name,
        value: written(toPlain(node), node.span),
        secret: isSecretOption(name),
      }))
    : fromIni
        .filter((one) => one.effective && !/^(?:use|filter-with|require|paste\.\w+_factory)$/.test(one.name))
        .map(({ name, value }) => ({ name, value, secret: isSecretOption(name) }));
  const option = (name: string) => {
    const found = options.findLast((one) => one.name === name)?.value;
    return found && typeof found.value !== 'object' && found.value !== '' ? map(found, String) : undefined;
  };

  const cwd = folderOf(main, programs, settings);
  const uwsgi = readUwsgi(opened, programs, cwd, input);
  const place = opened.files[0]?.place ?? firstPlace(programs);
  const root = rootOf(main, programs, uwsgi, settings, input);
  const virtualenv = virtualenvOf(root, programs, uwsgi, settings, files);
  const galaxy = programs.filter((one) => one.program.role !== 'other');
  const user = settings.user ?? common(galaxy.map((one) => located(one, 'user')));
  const sections = apps.flatMap(({ file, app }) => {
    const runs = app?.options.find((one) => one.name === 'enable_job_running' && one.effective)?.value.value;
    return pasteServers(file).map((server) => ({
      server,
      file: file.file,
      ...(runs === undefined ? {} : { runsJobs: /^(?:true|yes|on)$/i.test(runs) }),
    }));
  });
  const servers = sections.slice(0, mostServers);
  const first = sections[mostServers];
  if (first)
    report(
      problem('GX913', `${sections.length} servers are more than gxgen reads`, first.server.header, {
        help: `gxgen reads up to ${mostServers}`,
      }),
    );
  const app = apps.find((one) => one.app)?.app;
  const application = applicationOf(app, uwsgi?.options ?? []);
  const prefix = prefixOf(app, uwsgi?.options ?? []);
  const processes = programs.flatMap((one) => one.processes);
  const webless = processes.find((one) => one.facts.role === 'webless')?.serverName;
  const pooled = processes.find((one) => one.pools.length > 0)?.pools[0];
  const era = eraOf({
    paths: opened.files.map((one) => one.path),
    form: opened.yaml ? 'uwsgi-yml' : 'ini',
    options: legacyOptions,
    mules: uwsgi?.mules ?? [],
    ...(webless ? { webless } : {}),
    ...(pooled ? { pooled } : {}),
  });
  return {
    opened,
    place,
    main,
    ground: {
      root,
      logDir: logDirOf(root, programs, uwsgi),
      ...(virtualenv ? { virtualenv } : {}),
      ...(user ? { user } : {}),
      ...(settings.group ? { group: settings.group } : {}),
      report,
    },
    servers,
    programs,
    options,
    option,
    era,
    ...(settings.known.hostName === undefined ? {} : { hostName: settings.known.hostName }),
    included: included.map((one) => one.text.source),
    nameless: apps.flatMap(({ app }) => (app && isNameless(app) ? [app.header] : [])),
    facts: {
      form: opened.yaml ? 'uwsgi-yml' : 'ini',
      files: [
        ...opened.files,
        ...included.map(({ path, text }) => ({
          path,
          role: 'included' as const,
          reader: input.reader,
          place: span(text.source, 0),
        })),
        ...[...supervisor, ...opened.supervisor].flatMap((file) => {
          const source = files.sources.find((one) => one.path === file.shown);
          return source
            ? [
                {
                  path: file.shown,
                  role: 'supervisor' as const,
                  reader: 'supervisor' as const,
                  place: span(source, 0),
                },
              ]
            : [];
        }),
      ],
      application,
      options: legacyOptions,
      sections: otherSections(apps),
      ...(uwsgi ? { uwsgi } : {}),
      programs: programs.map((one) => one.program),
      ...(prefix ? { prefix } : {}),
      era,
    },
  };
}

function isNameless({ section, factory, options }: PasteApp): boolean {
  return /^app(?:lication)?:/.test(section) && factory === undefined && !loaderOf(options);
}

function yamlOptions(opened: Opened): LegacyOption[] {
  return yamlEntries(opened.yaml?.galaxy).map(({ name, node, key }) => {
    const text = node.kind === 'scalar' ? node.text : JSON.stringify(toPlain(node));
    const start = spanOf(key)?.start ?? node.span.start;
    const place = span(node.span.source, start, node.span.end);
    return {
      name,
      value: written(text, node.span),
      raw: text,
      section: 'galaxy',
      place,
      effective: true,
      secret: isSecretOption(name),
    };
  });
}

function readUwsgi(
  opened: Opened,
  programs: readonly ReadProgram[],
  cwd: string,
  input: LegacyInput,
): UwsgiFacts | undefined {
  const part = opened.uwsgi;
  if (!part) return undefined;
  const environment = new Map(input.settings.known.environment);
  for (const { processes } of programs)
    for (const { facts, env } of processes)
      if (facts.role === 'uwsgi' || facts.role === 'zergling')
        for (const { name, value } of env) environment.set(name, value.value);
  const { report, files } = input;
  const options = evaluateUwsgi(part.entries, {
    environment,
    include: includer(part.file, cwd, { files, report }),
    report,
  });
  return { place: part.place, options, ...readMules(options, report) };
}

/** A key of a program's section as it is written. */
function located({ program }: ReadProgram, key: string): Located<string> | undefined {
  return program.settings.find((one) => one.key === key)?.value;
}

function firstPlace(programs: readonly ReadProgram[]): Span {
  return spanOf(programs[0]?.program.name) ?? span({ path: '', text: '' }, 0);
}
