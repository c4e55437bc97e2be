import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { join, normalize } from '../model/paths.ts';
import { uploadDirectory } from '../model/tusd.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const tusHooksOff: Rule = {
  code: 'GX533',
  name: 'tus-hooks-off',
  severity: 'warning',
  summary: 'tusd does not ask Galaxy before it takes an upload.',
  why: 'Without the hook pre-create anybody can fill the disk, logged in or not.',
  source: 'Gravity: hooks_enabled_events; Galaxy answers the hook under /api/upload/hooks',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  tusd:\n    enable: true\n    upload_dir: /srv/galaxy/uploads\n    hooks_enabled_events: post-finish\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/uploads\n`,
      ),
    },
    at: 'galaxy.yml:8:27',
    good: {
      'galaxy.yml': galaxyYml(
        `  tusd:\n    enable: true\n    upload_dir: /srv/galaxy/uploads\n    hooks_enabled_events: pre-create\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/uploads\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const jobs = textOption(instance, 'tus_upload_store_job_files');
      for (const service of instance.services) {
        const { kind, name, settings } = service;
        const events = settings.hooks_enabled_events;
        if (
          kind !== 'tusd' ||
          !events ||
          String(events.value)
            .split(',')
            .map((one) => one.trim())
            .includes('pre-create')
        )
          continue;
        // The files of Pulsar's jobs come with a key of their own.
        const folder = normalize(join(instance.root.value, uploadDirectory(service)?.value ?? ''));
        if (jobs && normalize(join(instance.root.value, jobs.value)) === folder) continue;
        report(
          finding(this, `"${name}" takes uploads without asking Galaxy`, spanOf(events), {
            help: 'write hooks_enabled_events: pre-create',
          }),
        );
      }
    }
  },
};
