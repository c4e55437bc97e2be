import { spanOf } from '../model/located.ts';
import { numberOption } from '../model/options.ts';
import { sizeInBytes } from '../model/proxy/sizes.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const bodyLimitSmall: Rule = {
  code: 'GX518',
  name: 'body-limit-small',
  severity: 'error',
  summary: 'The proxy refuses requests as large as the pieces in which Galaxy takes uploads.',
  why: 'Uploads fail with "413 Request Entity Too Large" before Galaxy sees them.',
  source: 'Galaxy: chunk_upload_size, 10 MB where it is not set; nginx: client_max_body_size',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  uploads: {max_body: 1m}\n`) },
    at: 'gxgen.yml:4:23',
    good: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  uploads: {max_body: 50g}\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const limit = instance.proxy?.uploads.maxBody;
      if (!limit || limit.value === '0') continue;
      const piece = numberOption(instance, 'chunk_upload_size')?.value ?? 10_485_760;
      if (sizeInBytes(limit.value) >= piece) continue;
      report(
        finding(
          this,
          `requests may have ${limit.value}, and an upload comes in pieces of ${piece} bytes`,
          spanOf(limit),
          {
            help: 'write a limit well above it, for example max_body: 10g',
          },
        ),
      );
    }
  },
};
