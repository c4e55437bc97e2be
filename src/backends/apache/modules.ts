// Which modules the files need: `apache2ctl configtest` does not miss all of them, and then the server does not start.

/** By directive or word, the module of Apache that knows it. */
const needs: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ProxyPass|<Proxy /, ['proxy']],
  [/"http:|\|http:/, ['proxy_http']],
  [/uwsgi:/, ['proxy_uwsgi']],
  [/balancer:/, ['proxy_balancer', 'slotmem_shm']],
  [/lbmethod=byrequests/, ['lbmethod_byrequests']],
  [/lbmethod=bybusyness/, ['lbmethod_bybusyness']],
  [/Header/, ['headers']],
  [/Alias|Redirect/, ['alias']],
  [/Expires/, ['expires']],
  [/Rewrite/, ['rewrite']],
  [/XSendFile/, ['xsendfile']],
  [/SSLEngine/, ['ssl', 'socache_shmcb']],
  [/Protocols h2/, ['http2']],
  [/AddOutputFilterByType|SetOutputFilter/, ['deflate', 'filter']],
  [/RemoteIP/, ['remoteip']],
  [/AddType/, ['mime']],
  [/AuthType Basic/, ['auth_basic', 'authn_file', 'authz_user']],
];

/** Names as `a2enmod` takes them, sorted. */
export function modulesOf(text: string): string[] {
  return needs.flatMap(([sign, modules]) => (sign.test(text) ? modules : [])).sort();
}
