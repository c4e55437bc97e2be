// Every place of the proxies' files where a text of the configuration can end up: a deployment with the text there.

import type { Deployment, Instance } from '../../src/model/deployment.ts';
import type { ProxySettings } from '../../src/model/proxy/settings.ts';
import { options, proxyOf, unix, webServer } from './proxy.ts';
import { here, sampleDeployment, sampleInstance } from './sample.ts';

/** A value nobody else has, and nothing has to escape. */
export const marker = 'MARKER';

/** The places whose values are no paths; in all others a value is what follows `/srv/`. */
export const bare: readonly string[] = [
  'host of gunicorn',
  'host of interactive tools',
  'header of the user',
  'secret of the proxy',
];

const site = proxyOf(`
server_name: galaxy.example.org
tls: {certificate: /etc/ssl/galaxy.pem, certificate_key: /etc/ssl/galaxy.key}
remote_user: {variable: remote_user}
`);

const base = {
  use_remote_user: true,
  nginx_x_accel_redirect_base: '/_x_accel_redirect',
  apache_xsendfile: true,
};

type Place = (value: string) => { proxy?: ProxySettings; instance?: Partial<Instance> };

const option =
  (name: string): Place =>
  (value) => ({ instance: { options: options({ ...base, [name]: value }) } });
const upload = { nginx_upload_store: '/srv/upload', nginx_upload_path: '/_upload' };

/** By name; a path of the configuration that the schema holds to a form is not here. */
export const positions: Readonly<Record<string, Place>> = {
  'socket of gunicorn': (value) => ({ instance: { services: [webServer('gunicorn', [unix(value)])] } }),
  'socket of uWSGI': (value) => ({ instance: { services: [webServer('uwsgi', [unix(value, 'uwsgi')])] } }),
  'host of gunicorn': (value) => ({
    instance: {
      services: [webServer('gunicorn', [{ kind: 'tcp', host: value, port: 8080, origin: here(value) }])],
    },
  }),
  'Galaxy root': (value) => ({ instance: { root: here(value) } }),
  'data directory': (value) => ({ instance: { dataDir: here(value) } }),
  'prefix of Galaxy': option('galaxy_url_prefix'),
  'name of the internal location': option('nginx_x_accel_redirect_base'),
  'directory of datasets': option('file_path'),
  'prefix of interactive tools': option('interactivetools_prefix'),
  'path of interactive tools': option('interactivetools_base_path'),
  'host of interactive tools': option('interactivetools_proxy_host'),
  'header of the user': option('remote_user_header'),
  'secret of the proxy': option('remote_user_secret'),
  'prefix of the reports': (value) => ({
    instance: {
      services: sampleInstance().services.map((one) =>
        one.kind === 'reports' ? { ...one, settings: { url_prefix: here(value) } } : one,
      ),
    },
  }),
  'directory of static files': (value) => ({
    proxy: { ...site, static: { ...site.static, root: here(value) } },
  }),
  'directory of plugins': (value) => ({
    proxy: { ...site, static: { ...site.static, pluginsRoot: here(value) } },
  }),
  'path of an override': (value) => ({
    proxy: {
      ...site,
      static: { ...site.static, overrides: [{ path: here(value), file: here('/srv/file') }] },
    },
  }),
  'file of an override': (value) => ({
    proxy: { ...site, static: { ...site.static, overrides: [{ path: here('/a'), file: here(value) }] } },
  }),
  'data directory of gxgen.yml': (value) => ({ proxy: { ...site, downloads: { roots: [here(value)] } } }),
  certificate: (value) => ({ proxy: { ...site, tls: { ...site.tls, certificate: here(value) } } }),
  'key of the certificate': (value) => ({
    proxy: { ...site, tls: { ...site.tls, certificateKey: here(value) } },
  }),
  'DH parameters': (value) => ({ proxy: { ...site, tls: { ...site.tls, dhparam: here(value) } } }),
  'ACME webroot': (value) => ({ proxy: { ...site, tls: { ...site.tls, acmeWebroot: here(value) } } }),
  'error page': (value) => ({ proxy: { ...site, errorPage: here(value) } }),
  'access log': (value) => ({ proxy: { ...site, accessLog: here(value) } }),
  'error log': (value) => ({ proxy: { ...site, errorLog: here(value) } }),
  'password file of the reports': (value) => ({
    proxy: { ...site, reports: { auth: here('basic'), passwordFile: here(value) } },
  }),
  'directory of the upload module': (value) => ({
    proxy: { ...site, uploads: { ...site.uploads, legacyModule: here(true) } },
    instance: { options: options({ ...base, ...upload, nginx_upload_store: value }) },
  }),
  'path of the upload module': (value) => ({
    proxy: { ...site, uploads: { ...site.uploads, legacyModule: here(true) } },
    instance: { options: options({ ...base, ...upload, nginx_upload_path: value }) },
  }),
};

/** A server with the value in that place. */
export function placed(place: Place, value: string): Deployment {
  const { proxy, instance } = place(value);
  return sampleDeployment({
    instance: { options: options(base), proxy: proxy ?? site, ...instance },
  });
}
