import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { temporaryFolder } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const dataInTemporary: Rule = {
  code: 'GX644',
  name: 'data-in-temporary',
  severity: 'warning',
  summary: 'Data that must last is kept in a directory for temporary files.',
  why: 'The system empties it: at a boot, or file by file after some days. The database then names files that are gone.',
  source: 'systemd-tmpfiles(8), tmpfiles.d(5)',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  file_path: /tmp/galaxy/objects\n`) },
    at: 'galaxy.yml:7:14',
    good: { 'galaxy.yml': galaxyYml(``, `  file_path: /srv/galaxy/objects\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of [
        'data_dir',
        'file_path',
        'job_working_directory',
        'jobs_directory',
        'tool_dependency_dir',
        'shed_tools_dir',
      ]) {
        const path = textOption(instance, name);
        const folder = path && temporaryFolder(path.value);
        if (folder === undefined) continue;
        report(
          finding(this, `"${name}" is in "${folder}"`, spanOf(path), {
            help: 'use a directory of Galaxy on a disk that is kept',
          }),
        );
      }
    }
  },
};
