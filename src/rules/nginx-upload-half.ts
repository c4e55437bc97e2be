import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const nginxUploadHalf: Rule = {
  code: 'GX562',
  name: 'nginx-upload-half',
  severity: 'error',
  summary: 'The upload module of nginx has a directory and no address, or an address and no directory.',
  why: 'Galaxy sends uploads to nginx and never finds them, or never sends any.',
  source:
    'Galaxy: nginx_upload_store, nginx_upload_path, nginx_upload_job_files_store, nginx_upload_job_files_path',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  nginx_upload_job_files_path: /_job_files\n`) },
    at: 'galaxy.yml:7:32',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  nginx_upload_job_files_path: /_job_files\n  nginx_upload_job_files_store: /srv/galaxy/upload\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const kind of ['nginx_upload', 'nginx_upload_job_files']) {
        const names = [`${kind}_store`, `${kind}_path`] as const;
        const [store, path] = names.map((one) => textOption(instance, one));
        const lone = store ?? path;
        if (!lone || (store && path)) continue;
        const [has, lacks] = store ? names : [names[1], names[0]];
        report(
          finding(this, `"${has}" is set, and "${lacks}" is not`, spanOf(lone), {
            help: `set "${lacks}" too, or remove "${has}"`,
          }),
        );
      }
    }
  },
};
