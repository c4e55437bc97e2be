// Which application a legacy configuration is of, and under which prefix it is served.

import type { LegacyFacts, UwsgiOption } from '../../model/legacy.ts';
import type { Located } from '../../model/located.ts';
import type { PasteApp } from './paste.ts';
import { uwsgiValue, uwsgiValues } from './uwsgi-options.ts';

export function applicationOf(
  app: PasteApp | undefined,
  uwsgi: readonly UwsgiOption[],
): LegacyFacts['application'] {
  const mount = uwsgiValue(uwsgi, 'mount')?.value;
  const module =
    uwsgiValue(uwsgi, 'module')?.value ?? (mount && { ...mount, value: mount.value.replace(/^[^=]*=/, '') });
  const factory = app?.factory ?? module;
  if (!factory) return { kind: 'unknown' };
  const { value } = factory;
  if (/webapps\.reports/.test(value)) return { kind: 'reports', factory };
  if (/webapps\.(?:tool_shed|community)/.test(value)) return { kind: 'tool-shed', factory };
  return {
    kind: /^(?:egg:)?galaxy\b|galaxy\.web(?:apps\.galaxy)?\.buildapp/.test(value) ? 'galaxy' : 'unknown',
    factory,
  };
}

/** Only a filter that is applied counts: nearly every file defines the one of the sample and never uses it. */
export function prefixOf(app: PasteApp | undefined, uwsgi: readonly UwsgiOption[]): LegacyFacts['prefix'] {
  for (const { name, use, options } of app?.filters ?? []) {
    if (!/^egg:PasteDeploy#prefix$/.test(use) && !/paste\.deploy\.config:make_prefix_middleware/.test(use))
      continue;
    const value = options.find((one) => one.name === 'prefix' && one.value.value !== '')?.value;
    if (value && trimmed(value).value !== '') return { value: trimmed(value), filter: name };
  }
  if (app?.mount) return { value: trimmed(app.mount), filter: app.section };
  const mounts = uwsgiValues(uwsgi, 'mount').map((one) => one.value);
  const [mount] = mounts;
  if (!mount || mounts.length > 1) return undefined;
  const path = { value: mount.value.replace(/=.*$/s, ''), origin: mount.origin };
  return path.value.startsWith('/') && trimmed(path).value !== ''
    ? { value: trimmed(path), filter: 'mount' }
    : undefined;
}

function trimmed(value: Located<string>): Located<string> {
  const path = value.value.trim().replace(/\/+$/, '');
  return { value: path === '' || path.startsWith('/') ? path : `/${path}`, origin: value.origin };
}
