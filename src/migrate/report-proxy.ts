// What has to change in the proxy, in words: addresses, protocol, prefix, static files, uploads.

import type { MigrationPlan } from './plan.ts';
import type { ReportTable } from './report.ts';
import { canonicalUwsgi } from './tables/uwsgi-keys.ts';

export function proxyTable({ web, instance, galaxy }: MigrationPlan): ReportTable {
  const rows: string[][] = [];
  for (const { address, from } of web.changed)
    if (from === 'uwsgi')
      rows.push(
        [
          address,
          `uwsgi_pass ${address}`,
          `proxy_pass http://${upstream(web.entries.map((one) => one.bind))}`,
        ],
        [
          'headers',
          'include uwsgi_params; uwsgi_param UWSGI_SCHEME $scheme',
          'proxy_set_header Host, X-Forwarded-For, X-Forwarded-Proto $scheme',
        ],
        ['time limit', 'uwsgi_read_timeout', 'proxy_read_timeout'],
      );
  if (web.list && web.changed.length > 0)
    rows.push([
      'upstream',
      'one address',
      `both addresses: ${web.entries.map((one) => one.bind).join(', ')}`,
    ]);
  for (const address of web.closed)
    rows.push([address, `server ${address} in upstream`, 'take it out: nothing listens there']);
  const { legacy } = instance;
  if (legacy?.prefix)
    rows.push([
      'prefix',
      `${legacy.prefix.value.value}, perhaps stripped`,
      'pass it through as it is, and redirect it without its slash',
    ]);
  const statics = (legacy?.uwsgi?.options ?? [])
    .filter((one) => canonicalUwsgi(one.key) === 'static-map')
    .map((one) => one.raw);
  if (statics.length > 0)
    rows.push([
      'static files',
      `uWSGI served them: ${statics.join(', ')}`,
      'locations for /static in the proxy',
    ]);
  if (galaxy.rows.some((one) => one.name === 'static_enabled' && one.outcome.fate === 'replaced'))
    rows.push([
      'static files',
      'static_enabled = False: the proxy serves them',
      'see that it does, then write static_enabled: false',
    ]);
  if (galaxy.rows.some((one) => /^nginx_upload_/.test(one.name)))
    rows.push(['uploads', 'the upload module of nginx', 'a location for tus: /api/upload/resumable_upload']);
  if (galaxy.rows.some((one) => one.name === 'use_remote_user' && one.after === true))
    rows.push([
      'users',
      'uwsgi_param REMOTE_USER, or a header',
      'proxy_set_header REMOTE_USER, and GX_SECRET with remote_user_secret',
    ]);
  return { id: 'proxy', title: 'Proxy', columns: ['what', 'was', 'has to be'], rows };
}

function upstream(binds: readonly string[]): string {
  return binds.length > 1 ? 'galaxy (an upstream with both addresses)' : (binds[0] ?? '');
}
