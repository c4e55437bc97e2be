import type { Instance } from '../model/deployment.ts';
import { type Located, spanOf } from '../model/located.ts';
import { inEnvironment, textOption } from '../model/options.ts';
import { join, normalize } from '../model/paths.ts';
import { uploadDirectory } from '../model/tusd.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const tusDirectoryMismatch: Rule = {
  code: 'GX532',
  name: 'tus-directory-mismatch',
  severity: 'error',
  summary: 'tusd stores uploads in another directory than the one Galaxy looks in.',
  why: 'Uploads run to 100 percent, and Galaxy then finds no file.',
  source: 'Galaxy: tus_upload_store, which is new_file_path where it is not set; Gravity compares neither',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  tusd:\n    enable: true\n    upload_dir: /srv/galaxy/uploads\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/tmp/tus\n`,
      ),
    },
    at: 'galaxy.yml:7:17',
    good: {
      'galaxy.yml': galaxyYml(
        `  tusd:\n    enable: true\n    upload_dir: /srv/galaxy/uploads\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/uploads\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const stores = uploadStores(instance);
      if (stores === undefined) continue;
      for (const service of instance.services) {
        const uploads = service.kind === 'tusd' ? uploadDirectory(service) : undefined;
        if (uploads === undefined) continue;
        const path = normalize(join(instance.root.value, uploads.value));
        if (stores.some((one) => one.path === path)) continue;
        const [store] = stores;
        const label = spanOf(store?.written);
        report(
          finding(
            this,
            `"${service.name}" stores uploads in "${path}", and Galaxy looks in "${store?.path}"`,
            spanOf(uploads),
            {
              ...(label ? { labels: [{ span: label, text: 'Galaxy looks here' }] } : {}),
              help: `write tus_upload_store: ${path} in the galaxy section`,
            },
          ),
        );
      }
    }
  },
};

interface Store {
  readonly path: string;
  readonly written?: Located<string>;
}

// The store of people's uploads first, then that of Pulsar's. Undefined where the environment says more.
function uploadStores(instance: Instance): readonly Store[] | undefined {
  const names = ['tus_upload_store', 'tus_upload_store_job_files', 'new_file_path'];
  if (names.some((one) => inEnvironment(instance, one))) return undefined;
  const [user, jobs, temporary] = names.map((one) => textOption(instance, one));
  const data = join(instance.root.value, instance.dataDir.value);
  const stores: Store[] = [];
  if (user) stores.push({ path: normalize(join(instance.root.value, user.value)), written: user });
  else {
    const path = normalize(join(data, temporary?.value ?? 'tmp'));
    stores.push({ path, ...(temporary ? { written: temporary } : {}) });
  }
  if (jobs) stores.push({ path: normalize(join(instance.root.value, jobs.value)), written: jobs });
  return stores;
}
