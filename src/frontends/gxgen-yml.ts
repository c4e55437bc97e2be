// gxgen.yml: what Galaxy's own files cannot say.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Deployment, Role } from '../model/deployment.ts';
import { byDefault, type Located, map } from '../model/located.ts';
import type { ProxySettings } from '../model/proxy/settings.ts';
import { checkSchema } from '../schema/check.ts';
import { readProxy } from '../schema/proxy-settings.ts';
import { readSection, type Section } from '../schema/section.ts';
import type { Node } from '../syntax/tree.ts';

export interface GxgenSettings {
  readonly release?: Located<string>;
  readonly gunicornVersion?: Located<string>;
  /** Path of the first configuration file on the server. */
  readonly deployedAs?: Located<string>;
  readonly galaxy: Located<'source' | 'installed'>;
  readonly elsewhere: readonly Located<Role>[];
  readonly limits: Deployment['limits'];
  readonly systemd: { readonly mode: Located<'system' | 'user'>; readonly directory: Located<string> };
  /** Severity by code or name of a finding, as written; `off` leaves it out. */
  readonly rules: readonly { readonly key: Located<string>; readonly value: Located<string> }[];
  /** Relative to the folder of gxgen.yml. */
  readonly baseline?: Located<string>;
  /** Absent where there is no `proxy:` section. */
  readonly proxy?: ProxySettings;
  /** Layout by target. */
  readonly layouts: ReadonlyMap<string, Located<string>>;
  readonly legacy: LegacyServerSettings;
}

/** What legacy files cannot say about their server. */
export interface LegacyServerSettings {
  readonly root?: Located<string>;
  readonly virtualenv?: Located<string>;
  readonly user?: Located<string>;
  readonly group?: Located<string>;
  readonly python?: Located<string>;
  readonly known: {
    readonly hostName?: string;
    /** Of supervisord. */
    readonly environment: ReadonlyMap<string, string>;
  };
}

/** @param root the tree of the file, or undefined where there is none: every setting has its default */
export function readGxgenYml(root: Node | undefined, report: Report, allowUnknown: boolean): GxgenSettings {
  if (root) checkSchema('gxgen', root, report, { allowUnknown });
  const section = readSection('gxgen', root);
  const systemd = section.section('systemd');
  const release = section.maybeStr('release');
  const gunicornVersion = section.maybeStr('gunicorn_version');
  const deployedAs = section.maybeStr('deployed_as');
  const baseline = section.maybeStr('baseline');
  const layouts = section.section('layouts');
  const mode = systemd.str('mode') as Located<'system' | 'user'>;
  const limits = section.section('limits');
  const dbConnections = limits.maybeInt('db_connections');
  const memory = limits.maybeNum('memory');
  if (section.has('hosts')) report(unused('hosts', section));
  return {
    ...(release ? { release } : {}),
    ...(gunicornVersion ? { gunicornVersion } : {}),
    ...(deployedAs ? { deployedAs } : {}),
    galaxy: section.str('galaxy') as Located<'source' | 'installed'>,
    elsewhere: section.strings('elsewhere') as readonly Located<Role>[],
    limits: {
      ...(dbConnections ? { dbConnections } : {}),
      ...(memory ? { memory: map(memory, (gigabytes) => Math.round(gigabytes * 2 ** 30)) } : {}),
    },
    rules: section.texts('rules'),
    ...(baseline ? { baseline } : {}),
    ...(section.has('proxy') ? { proxy: readProxy(section.section('proxy'), section.keySpan('proxy')) } : {}),
    systemd: {
      mode,
      // A user's units lie in the home folder, which only that user's systemd knows.
      directory:
        !systemd.has('directory') && mode.value === 'user'
          ? byDefault('~/.config/systemd/user')
          : systemd.str('directory'),
    },
    layouts: new Map(
      ['systemd', 'supervisor', 'commands', 'nginx', 'apache'].flatMap((target) => {
        const layout = layouts.maybeStr(target);
        return layout ? [[target, layout] as const] : [];
      }),
    ),
    legacy: legacySettings(section.section('legacy')),
  };
}

function legacySettings(section: Section): LegacyServerSettings {
  const root = section.maybeStr('galaxy_root');
  const virtualenv = section.maybeStr('virtualenv');
  const user = section.maybeStr('galaxy_user');
  const group = section.maybeStr('galaxy_group');
  const python = section.maybeStr('python');
  const hostName = section.maybeStr('host_name')?.value;
  return {
    ...(root ? { root } : {}),
    ...(virtualenv ? { virtualenv } : {}),
    ...(user ? { user } : {}),
    ...(group ? { group } : {}),
    ...(python ? { python } : {}),
    known: {
      ...(hostName === undefined ? {} : { hostName }),
      environment: new Map(section.texts('environment').map(({ key, value }) => [key.value, value.value])),
    },
  };
}

// Keys that are part of the format but have nothing behind them yet: said, so that nobody relies on them.
function unused(key: string, section: Section) {
  return problem('GX360', `this version of gxgen does nothing with "${key}"`, section.keySpan(key));
}
