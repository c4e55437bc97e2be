import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const listenSamePort: Rule = {
  code: 'GX566',
  name: 'listen-same-port',
  severity: 'error',
  summary: 'The site is to speak TLS and plain HTTP on the same port.',
  why: 'A port speaks one of them: the web server does not start, or answers half of the requests with an error.',
  source: 'nginx: listen; Apache: SSLEngine',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  listen: {http: 8443, https: 8443}\n`) },
    at: 'gxgen.yml:4:31',
    good: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  listen: {http: 8080, https: 8443}\n`) },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      if (proxy?.tls.mode.value !== 'terminate') continue;
      const { http, https } = proxy.listen;
      if (http.value !== https.value) continue;
      report(
        finding(this, `port ${https.value} is for HTTP and for TLS`, spanOf(https) ?? spanOf(http), {
          help: 'give "http" another port, or 0 for none',
        }),
      );
    }
  },
};
