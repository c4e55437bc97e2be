import { spanOf } from '../model/located.ts';
import { switchedOff, textOption } from '../model/options.ts';
import { join, temporaryFolder } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const help = 'write new_file_path with a directory of Galaxy on a large disk that all nodes see';

export const temporaryShared: Rule = {
  code: 'GX643',
  name: 'temporary-shared',
  severity: 'info',
  summary: "Galaxy's temporary files are in the system's directory for them.",
  why: 'The directory is emptied by the system while jobs still need their files, is often small, and is not the same one on the nodes of a cluster.',
  source: 'Galaxy: new_file_path, override_tempdir; Building Scalable Galaxy: set TEMP',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  new_file_path: /tmp\n`) },
    at: 'galaxy.yml:7:18',
    good: { 'galaxy.yml': galaxyYml(``, `  new_file_path: /srv/galaxy/tmp\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const path = textOption(instance, 'new_file_path');
      if (path && temporaryFolder(join(instance.dataDir.value, path.value)) !== undefined) {
        report(finding(this, `temporary files of Galaxy go to "${path.value}"`, spanOf(path), { help }));
      }
      const off = switchedOff(instance, 'override_tempdir');
      const own = instance.services.some(
        ({ kind, processes }) =>
          kind === 'gunicorn' &&
          processes.some(({ env }) => env.some(({ name }) => ['TMPDIR', 'TEMP', 'TMP'].includes(name))),
      );
      if (!off || own) continue;
      report(
        finding(this, 'Galaxy does not use a temporary directory of its own', spanOf(off), {
          help: 'remove the line, or set TMPDIR in the environment of gunicorn and the handlers',
        }),
      );
    }
  },
};
