import { spanOf } from '../model/located.ts';
import { handsDownloads, textOption } from '../model/options.ts';
import { join, normalize } from '../model/paths.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const dataDirectoryUncovered: Rule = {
  code: 'GX558',
  name: 'data-directory-uncovered',
  severity: 'warning',
  summary: 'The proxy may not send files from the directory in which Galaxy keeps its datasets.',
  why: 'Downloads from there fail with "404 Not Found".',
  source: 'Galaxy: file_path; nginx: X-Accel-Redirect; mod_xsendfile: XSendFilePath',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  file_path: /srv/data/files\n  nginx_x_accel_redirect_base: /_x_accel_redirect\n`,
      ),
      'gxgen.yml': proxyYml(`  downloads: {roots: [/srv/galaxy/data]}\n`),
    },
    at: 'gxgen.yml:4:23',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  file_path: /srv/data/files\n  nginx_x_accel_redirect_base: /_x_accel_redirect\n`,
      ),
      'gxgen.yml': proxyYml(`  downloads: {roots: [/srv/data]}\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const roots = instance.proxy?.downloads.roots ?? [];
      const [first] = roots;
      const path = textOption(instance, 'file_path');
      if (!first || !path || !handsDownloads(instance)) continue;
      const whole = normalize(join(join(instance.root.value, instance.dataDir.value), path.value));
      const covered = roots.some(({ value }) =>
        `${whole}/`.startsWith(`${normalize(value)}/`.replace(/^\/\/$/, '/')),
      );
      if (covered) continue;
      const label = spanOf(path);
      report(
        finding(this, `none of the data directories holds ${whole}`, spanOf(first), {
          ...(label ? { labels: [{ span: label, text: 'datasets lie here' }] } : {}),
          help: `add ${whole} to "roots", or remove them: gxgen then takes what galaxy.yml names`,
        }),
      );
    }
  },
};
