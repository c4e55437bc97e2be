import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const certificateHalf: Rule = {
  code: 'GX567',
  name: 'certificate-half',
  severity: 'error',
  summary: 'A certificate is named without its key, or a key without its certificate.',
  why: 'A web server needs both, and the other half would come from somewhere else or not at all.',
  source: 'nginx: ssl_certificate_key; Apache: SSLCertificateKeyFile',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  tls: {certificate: /etc/ssl/galaxy.pem}\n`) },
    at: 'gxgen.yml:4:22',
    good: {
      'galaxy.yml': galaxyYml(),
      'gxgen.yml': proxyYml(
        `  tls: {certificate: /etc/ssl/galaxy.pem, certificate_key: /etc/ssl/galaxy.key}\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      for (const { certificate, certificateKey } of proxy ? [proxy.tls, proxy.interactiveTools] : []) {
        const lone = certificate ?? certificateKey;
        if (!lone || (certificate && certificateKey)) continue;
        const [has, lacks] = certificate
          ? ['certificate', 'certificate_key']
          : ['certificate_key', 'certificate'];
        report(
          finding(this, `"${has}" is set, and "${lacks}" is not`, spanOf(lone), {
            help: `write ${lacks}: with the path of the other file`,
          }),
        );
      }
    }
  },
};
