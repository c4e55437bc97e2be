import { type Located, spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { join, normalize } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const directoriesSame: Rule = {
  code: 'GX646',
  name: 'directories-same',
  severity: 'warning',
  summary: 'Two kinds of files that are cleaned up differently share a directory.',
  why: 'Whatever empties temporary files or the remains of jobs then deletes datasets, too.',
  source: 'Galaxy: file_path, new_file_path, job_working_directory',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  file_path: /srv/galaxy/files\n  new_file_path: /srv/galaxy/files\n`),
    },
    at: 'galaxy.yml:8:18',
    good: {
      'galaxy.yml': galaxyYml(``, `  file_path: /srv/galaxy/files\n  new_file_path: /srv/galaxy/tmp\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const seen = new Map<string, { name: string; path: Located<string> }>();
      for (const name of ['file_path', 'job_working_directory', 'new_file_path']) {
        const path = textOption(instance, name);
        if (!path) continue;
        const whole = normalize(join(join(instance.root.value, instance.dataDir.value), path.value));
        const other = seen.get(whole);
        if (!other) {
          seen.set(whole, { name, path });
          continue;
        }
        const label = spanOf(other.path);
        report(
          finding(this, `"${name}" and "${other.name}" are the same directory`, spanOf(path), {
            ...(label ? { labels: [{ span: label, text: `"${other.name}"` }] } : {}),
            help: `give "${name}" a directory of its own`,
          }),
        );
      }
    }
  },
};
