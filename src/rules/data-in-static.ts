import { isWritten, type Located, spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { join, normalize, within } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const dataInStatic: Rule = {
  code: 'GX645',
  name: 'data-in-static',
  severity: 'error',
  summary: "Files of users or logs are kept in the directory of Galaxy's static files.",
  why: 'The proxy hands out everything in there to anybody, without asking Galaxy.',
  source: 'Galaxy documentation: Proxying Galaxy with nginx, serving static content',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  file_path: /srv/galaxy/server/static/objects\n`) },
    at: 'galaxy.yml:7:14',
    good: { 'galaxy.yml': galaxyYml(``, `  file_path: /srv/galaxy/objects\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const root = instance.root.value;
      const statics = normalize(join(root, textOption(instance, 'static_dir')?.value ?? 'static'));
      const data = join(root, instance.dataDir.value);
      const found: [name: string, path: Located<string>, base: string][] = [
        ['log_dir', instance.logDir, root],
      ];
      for (const [name, base] of [
        ['data_dir', root],
        ['file_path', data],
        ['new_file_path', data],
        ['job_working_directory', data],
        ['tus_upload_store', root],
        ['nginx_upload_store', root],
      ] as const) {
        const path = textOption(instance, name);
        if (path) found.push([name, path, base]);
      }
      for (const [name, path, base] of found) {
        if (!isWritten(path) || within(statics, normalize(join(base, path.value))) === undefined) continue;
        report(
          finding(this, `"${name}" is in "${statics}", which the proxy serves to everybody`, spanOf(path), {
            help: 'move it to a directory outside of the code of Galaxy',
          }),
        );
      }
    }
  },
};
