import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const nginxUploadLegacy: Rule = {
  code: 'GX534',
  name: 'nginx-upload-legacy',
  severity: 'info',
  summary: "The upload module of nginx is set up, which Galaxy's pages use no more.",
  why: 'Since 22.01 the browser uploads through tus; the old way is a module that stock nginx does not have, kept open for nobody.',
  source: 'Galaxy 22.01 release notes; Galaxy documentation: Proxying Galaxy with nginx, tusd',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  nginx_upload_store: /srv/galaxy/upload_store\n  nginx_upload_path: /_upload\n`,
      ),
    },
    at: 'galaxy.yml:7:23',
    good: { 'galaxy.yml': galaxyYml(``, `  tus_upload_store: /srv/galaxy/tus\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['nginx_upload_store', 'nginx_upload_path']) {
        const old = textOption(instance, name);
        if (!old) continue;
        report(
          finding(
            this,
            `"${name}" is for the upload module of nginx, which Galaxy's pages do not use`,
            spanOf(old),
            {
              help: 'remove it with its location in nginx; enable tusd in the gravity section for fast uploads',
            },
          ),
        );
      }
    }
  },
};
