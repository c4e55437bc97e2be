// Which routes the configuration of an instance calls for.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance } from '../deployment.ts';
import { byDefault, derived, type Located, map, spanOf } from '../located.ts';
import { isOn, numberOption, switchedOn, textOption } from '../options.ts';
import { join, trimSlashes } from '../paths.ts';
import { isOlder } from '../release.ts';
import { dataRoots } from './data-roots.ts';
import type { Route } from './routes.ts';
import type { ProxySettings } from './settings.ts';
import { tusRoutes } from './tus-routes.ts';
import { companions, type Era, type Upstream } from './upstream.ts';

/** Which web server is planned for. */
export type Server = 'nginx' | 'Apache';

export interface RouteInput {
  readonly server: Server;
  readonly instance: Instance;
  readonly settings: ProxySettings;
  readonly name: string;
  readonly era: Era;
  readonly prefix: Located<string>;
  readonly tools: Upstream | undefined;
  readonly report: Report;
}

/** Most specific first, so that a server in which the first match wins needs no other order. */
export function planRoutes(input: RouteInput): Route[] {
  const { prefix } = input;
  return [
    ...(prefix.value === ''
      ? []
      : [{ kind: 'redirect', from: prefix.value, to: `${prefix.value}/` } as const]),
    ...staticRoutes(input),
    ...downloadRoutes(input),
    ...tusRoutes(input),
    ...uploadModule(input),
    ...toolRoutes(input),
    ...reportRoutes(input),
    ...appRoutes(input),
  ];
}

function staticRoutes({ instance, settings, prefix, era }: RouteInput): Route[] {
  const { serve, overrides } = settings.static;
  const own = overrides.map<Route>(({ path, file }) => ({
    kind: 'file',
    path: `${prefix.value}${path.value}`,
    file,
  }));
  if (!serve.value) return own;
  const root = settings.static.root ?? inCheckout(instance, 'static');
  const plugins = settings.static.pluginsRoot ?? inCheckout(instance, 'config/plugins');
  const overridden = new Set(own.map((one) => ('path' in one ? one.path : '')));
  const files: Route[] = root
    ? ['favicon.ico', 'robots.txt']
        .map(
          (file): Route => ({
            kind: 'file',
            path: `${prefix.value}/${file}`,
            file: map(root, (folder) => `${folder}/${file}`),
          }),
        )
        .filter((one) => 'path' in one && !overridden.has(one.path))
    : [];
  return [
    ...own,
    ...files,
    ...styleRoutes(instance, root, prefix, era),
    ...(root ? [{ kind: 'folder', path: `${prefix.value}/static/`, folder: root } as const] : []),
    // Paste's Galaxy knows visualization plugins since 13.01, but serves them under static.
    ...(plugins && era !== 'paste'
      ? [{ kind: 'plugins', path: `${prefix.value}/plugins/`, folder: plugins } as const]
      : []),
  ];
}

// Before 19.01 the styles were those of a theme, in a folder of its own.
function styleRoutes(
  instance: Instance,
  root: Located<string> | undefined,
  prefix: Located<string>,
  era: Era,
): Route[] {
  const themed = era === 'paste' || isOlder(instance.release?.value, '19.01');
  if (!root || !themed) return [];
  const own = textOption(instance, 'static_style_dir');
  const folder = own
    ? map(own, (path) => join(instance.root.value, path))
    : map(root, (path) => `${path}/style/blue`);
  return [{ kind: 'folder', path: `${prefix.value}/static/style/`, folder }];
}

// Where Galaxy is an installed package, its files lie somewhere below site-packages.
function inCheckout(instance: Instance, folder: string): Located<string> | undefined {
  if (instance.layout === 'installed') return undefined;
  return derived(join(instance.root.value, folder), 'galaxy_root', spanOf(instance.root));
}

function downloadRoutes({ instance, settings, server, report }: RouteInput): Route[] {
  const accel = server === 'nginx' ? textOption(instance, 'nginx_x_accel_redirect_base') : undefined;
  const zip = server === 'nginx' ? switchedOn(instance, 'upstream_mod_zip') : undefined;
  const own = server === 'Apache' ? switchedOn(instance, 'apache_xsendfile') : accel;
  if (!own && !zip) return [];
  const roots = dataRoots(instance, settings, report);
  const plain = byDefault('');
  if (zip) report(needsModule(zip, 'archives are to be packed by nginx', 'mod_zip'));
  return [
    ...(own ? [{ kind: 'internal', base: accel ?? plain, roots } as const] : []),
    // mod_zip asks for the files by their paths.
    ...(zip ? [{ kind: 'internal', base: plain, roots } as const] : []),
  ];
}

// Galaxy's pages used the module up to 22.01.
function uploadModule({ instance, settings, prefix, server, report }: RouteInput): Route[] {
  const kinds = [
    ['nginx_upload_path', 'nginx_upload_store', '/api/tools', false],
    ['nginx_upload_job_files_path', 'nginx_upload_job_files_store', '/api/jobs', true],
  ] as const;
  return kinds.flatMap(([pathName, storeName, done, jobs]): Route[] => {
    const path = textOption(instance, pathName);
    const store = textOption(instance, storeName);
    if (!path || !store) return [];
    if (server === 'Apache' || !settings.uploads.legacyModule.value) {
      report(needsModule(path, 'uploads are to be stored by nginx', 'the upload module'));
      return [];
    }
    const at = `${prefix.value}/${trimSlashes(path.value)}`;
    return [{ kind: 'upload-module', path: at, store, done: `${prefix.value}${done}`, jobs }];
  });
}

function needsModule(option: Located<unknown>, what: string, module: string) {
  return problem('GX749', `${what}, which takes ${module}`, spanOf(option), {
    help: `remove the option, or build nginx with ${module} and, for uploads, write legacy_module: true under "uploads" in "proxy" of gxgen.yml`,
  });
}

function toolRoutes({ instance, name, prefix: own, tools }: RouteInput): Route[] {
  if (!tools) return environmentRoutes(instance, name, own);
  const base = trimSlashes(textOption(instance, 'interactivetools_base_path')?.value ?? '');
  const prefix = trimSlashes(textOption(instance, 'interactivetools_prefix')?.value ?? 'interactivetool');
  return [{ kind: 'tools', path: `/${[base, prefix, 'ep'].filter(Boolean).join('/')}/`, upstream: tools }];
}

// Before 19.09, a proxy of its own led to notebooks; an external one was somebody else's to start.
function environmentRoutes(instance: Instance, name: string, prefix: Located<string>): Route[] {
  const external = switchedOn(instance, 'dynamic_proxy_external_proxy');
  if (!external) return [];
  const port = numberOption(instance, 'dynamic_proxy_bind_port')?.value ?? 8800;
  const path = trimSlashes(textOption(instance, 'dynamic_proxy_prefix')?.value ?? 'gie_proxy');
  const member = { kind: 'tcp', host: '127.0.0.1', port, origin: external } as const;
  const upstream = { name: `${name}_environments`, protocol: 'http', members: [member] } as const;
  return [{ kind: 'tools', path: `${prefix.value}/${path}/`, upstream }];
}

function reportRoutes({ instance, name, report }: RouteInput): Route[] {
  const services = instance.services.filter((one) => one.kind === 'reports');
  const [service] = services;
  if (!service) return [];
  const prefix = service.settings.url_prefix as Located<string> | undefined;
  const path = trimSlashes(prefix?.value ?? '');
  const upstream = companions(`${name}_reports`, services, report);
  if (path === '') {
    report(
      problem(
        'GX742',
        'the reports have no "url_prefix", so the proxy does not show them',
        spanOf(service.processes[0]?.listens[0]?.origin) ?? instance.place,
        {
          why: 'without it they take every address of the site for theirs, where Galaxy is',
          help: 'write url_prefix: /reports under "reports" in the gravity section',
        },
      ),
    );
    return [];
  }
  return upstream ? [{ kind: 'reports', path: `/${path}/`, upstream }] : [];
}

function appRoutes({ instance, settings, server, era, prefix, report }: RouteInput): Route[] {
  const api = `${prefix.value}/api`;
  const pulsar = instance.jobs.runners.some((one) => /pulsar/i.test(one.load?.value ?? ''));
  const routes: Route[] = [];
  if (era === 'gunicorn' && isOn(instance, 'enable_sse_updates'))
    routes.push({ kind: 'app', match: { kind: 'exact', path: `${api}/events/stream` }, purpose: 'events' });
  if (era !== 'paste')
    routes.push({
      kind: 'app',
      match: { kind: 'around', before: `${api}/dataset_collections/`, after: '/download', open: false },
      purpose: 'archive',
    });
  if (pulsar)
    routes.push({
      kind: 'app',
      match: { kind: 'around', before: `${api}/jobs/`, after: '/files', open: true },
      purpose: 'job-files',
    });
  const limit = settings.rateLimit;
  if (limit.value !== 'off' && server === 'nginx')
    routes.push({ kind: 'app', match: { kind: 'under', path: `${api}/` }, purpose: 'api' });
  if (limit.value !== 'off' && server === 'Apache')
    report(
      problem('GX750', 'Apache has no limit for the rate of requests', spanOf(limit), {
        help: 'remove "rate_limit", or use nginx',
      }),
    );
  routes.push({ kind: 'app', match: { kind: 'under', path: `${prefix.value}/` }, purpose: 'main' });
  return routes;
}
