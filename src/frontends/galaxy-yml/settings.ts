// `gravity:` (with what it needs of `galaxy:`) to the settings of each service.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { byDefault, derived, type Located, map, spanOf } from '../../model/located.ts';
import { dirname, join } from '../../model/paths.ts';
import type {
  GunicornSettings,
  GxItProxySettings,
  HandlerDefinition,
  Listed,
  ReportsSettings,
  ServiceSettings,
  TusdSettings,
} from '../../model/settings.ts';
import { readSection, type Section } from '../../schema/section.ts';
import type { FileRef, Files } from '../../syntax/files.ts';
import { get, type MapNode } from '../../syntax/tree.ts';
import { commonSettings, extraArguments, nonEmpty } from './common.ts';
import { isOn, textOption, writtenOption } from './options.ts';
import { reportHome } from './unexpanded.ts';

export interface SettingsContext {
  readonly gravity: Section;
  readonly galaxy: MapNode | undefined;
  readonly galaxyFile: FileRef;
  readonly files: Files;
  readonly report: Report;
}

export function serviceSettings(context: SettingsContext): ServiceSettings {
  const { gravity, report } = context;
  const celery = gravity.section('celery');
  const gxItProxy = gravity.section('gx_it_proxy');
  const reports = gravity.section('reports');
  return {
    gunicorn: enabled(gravity, 'gunicorn', (section) => gunicornSettings(section, context)),
    celery: {
      ...commonSettings(celery, gravity, report),
      enable: celery.bool('enable'),
      enableBeat: celery.bool('enable_beat'),
      concurrency: celery.int('concurrency'),
      loglevel: celery.str('loglevel'),
      pool: celery.str('pool'),
      queues: celery.str('queues'),
      extraArgs: celery.str('extra_args'),
    },
    tusd: enabled(gravity, 'tusd', (section) => tusdSettings(section, context)),
    ...(gxItProxy.bool('enable').value ? { gxItProxy: gxItProxySettings(gxItProxy, context) } : {}),
    ...(reports.bool('enable').value ? { reports: reportsSettings(reports, context) } : {}),
    handlers: gravity.entries('handlers').map(({ key, section }) => handlerDefinition(key, section, context)),
    // An entry nobody wrote: every setting of a handler at its default.
    staticHandlers: commonSettings(
      readSection('gravity', undefined).section('handlers').section(''),
      gravity,
      report,
    ),
  };
}

// A mapping is one service; the entries of a list keep their place in it.
function enabled<T>(gravity: Section, key: string, read: (section: Section) => T): Listed<T>[] {
  const isList = get(gravity.node, key)?.kind === 'seq';
  return gravity
    .sections(key)
    .flatMap((section, index) =>
      section.bool('enable').value ? [{ settings: read(section), ...(isList ? { index } : {}) }] : [],
    );
}

function gunicornSettings(section: Section, { gravity, report }: SettingsContext): GunicornSettings {
  return {
    ...commonSettings(section, gravity, report),
    bind: section.str('bind'),
    workers: section.int('workers'),
    timeout: section.int('timeout'),
    extraArgs: extraArguments(section, report),
    preload: section.bool('preload'),
    restartTimeout: section.int('restart_timeout'),
  };
}

function tusdSettings(section: Section, context: SettingsContext): TusdSettings {
  const uploadDir = section.str('upload_dir');
  const tusdPath = section.str('tusd_path');
  reportHome('upload_dir', uploadDir, context.report);
  reportHome('tusd_path', tusdPath, context.report, true);
  return {
    ...commonSettings(section, context.gravity, context.report),
    uploadDir,
    tusdPath,
    host: section.str('host'),
    port: section.int('port'),
    hooksHttp: hooksAddress(section.str('hooks_http'), section, context),
    hooksEnabledEvents: section.str('hooks_enabled_events'),
    extraArgs: extraArguments(section, context.report),
  };
}

// A path stands for a path of Galaxy itself, which only its public address makes a whole URL.
function hooksAddress(
  hooks: Located<string>,
  section: Section,
  { galaxy, report }: SettingsContext,
): Located<string> {
  if (!hooks.value.startsWith('/')) return hooks;
  const base = textOption(galaxy, 'galaxy_infrastructure_url');
  if (base)
    return derived(base.value.replace(/\/+$/, '') + hooks.value, 'galaxy_infrastructure_url', spanOf(base));
  report(
    problem(
      'GX320',
      '"tusd" is enabled, but "galaxy_infrastructure_url" is not set',
      section.keySpan('enable') ?? section.node?.span,
      {
        why: 'tusd has to call Galaxy for each upload, and does not know under which address',
        help: 'set galaxy_infrastructure_url in the galaxy section, or hooks_http to a whole URL',
      },
    ),
  );
  return hooks;
}

function gxItProxySettings(section: Section, context: SettingsContext): GxItProxySettings {
  const { gravity, galaxy, report } = context;
  if (!isOn(galaxy, 'interactivetools_enable')) {
    report(
      problem(
        'GX321',
        '"gx_it_proxy" is enabled, but "interactivetools_enable" is not set',
        section.keySpan('enable'),
        {
          why: 'Galaxy would never start an interactive tool, and Gravity refuses the file',
          help: 'set interactivetools_enable: true in the galaxy section, or disable gx_it_proxy',
        },
      ),
    );
  }
  const forwardIp = nonEmpty(section.maybeStr('forward_ip'));
  const forwardPort = section.maybeInt('forward_port');
  return {
    ...commonSettings(section, gravity, report),
    version: section.str('version'),
    ip: section.str('ip'),
    port: section.int('port'),
    sessions: sessionMap(section.str('sessions'), galaxy, report),
    verbose: section.bool('verbose'),
    ...(forwardIp ? { forwardIp } : {}),
    ...(forwardPort && forwardPort.value !== 0 ? { forwardPort } : {}),
    reverseProxy: section.bool('reverse_proxy'),
    pathPrefix: pathPrefix(galaxy),
  };
}

/** What Galaxy writes its sessions to, in Galaxy's own order of precedence. */
function sessionMap(own: Located<string>, galaxy: MapNode | undefined, report: Report): Located<string> {
  const proxy = textOption(galaxy, 'interactivetoolsproxy_map');
  const option = proxy ?? textOption(galaxy, 'interactivetools_map');
  if (!option) return own;
  const place = spanOf(own);
  const label = spanOf(option);
  if (place && own.value !== option.value) {
    report(
      problem(
        'GX323',
        `"sessions" has no effect beside "interactivetools${proxy ? 'proxy' : ''}_map"`,
        place,
        {
          labels: label ? [{ span: label, text: 'gx-it-proxy reads this one' }] : [],
          help: 'remove it',
        },
      ),
    );
  }
  return option;
}

function pathPrefix(galaxy: MapNode | undefined): Located<string> {
  const base = textOption(galaxy, 'interactivetools_base_path');
  const prefix = writtenOption(galaxy, 'interactivetools_prefix');
  const folder = (base?.value ?? '/').replace(/^\/+|\/+$/g, '');
  const text = `${folder === '' ? '' : `/${folder}`}/${prefix?.value ?? 'interactivetool'}/ep`;
  if (!base && !prefix) return byDefault(text);
  return derived(
    text,
    prefix ? 'interactivetools_prefix' : 'interactivetools_base_path',
    spanOf(prefix ?? base),
  );
}

function reportsSettings(section: Section, context: SettingsContext): ReportsSettings {
  const { galaxyFile, files, gravity, report } = context;
  const config = section.str('config_file');
  reportHome('config_file', config, report);
  const configFile = map(config, (path) => join(dirname(galaxyFile.server), path));
  const folder = files.at(dirname(configFile.value));
  // Only where the folder is at hand can the file be missing from it.
  if (files.kind(folder) === 'directory' && files.kind(files.at(configFile.value)) === undefined) {
    report(
      problem(
        'GX322',
        `the configuration of reports, "${files.at(configFile.value).shown}", does not exist`,
        spanOf(config) ?? section.keySpan('enable'),
        {
          why: 'reports would not start',
          help: 'create it, or name another file in "config_file" (relative to the Galaxy configuration)',
        },
      ),
    );
  }
  const urlPrefix = nonEmpty(section.maybeStr('url_prefix'));
  return {
    ...commonSettings(section, gravity, report),
    configFile,
    bind: section.str('bind'),
    workers: section.int('workers'),
    timeout: section.int('timeout'),
    ...(urlPrefix ? { urlPrefix } : {}),
    extraArgs: extraArguments(section, report),
  };
}

function handlerDefinition(
  name: Located<string>,
  section: Section,
  { gravity, report }: SettingsContext,
): HandlerDefinition {
  const nameTemplate = nonEmpty(section.maybeStr('name_template'));
  return {
    ...commonSettings(section, gravity, report),
    name,
    processes: section.int('processes'),
    ...(nameTemplate ? { nameTemplate } : {}),
    pools: section.strings('pools'),
  };
}
