import { databaseProcesses, galaxyServices } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const logFileShared: Rule = {
  code: 'GX648',
  name: 'log-file-shared',
  severity: 'warning',
  summary: 'Several processes of Galaxy write into the same log file, and each of them rotates it.',
  why: 'One moves the file away while the others go on writing: lines get lost, and the newest ones stand in the oldest file.',
  source:
    'Python documentation: Logging to a single file from multiple processes; Galaxy: log_destination, log_rotate_size',
  since: '22.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    workers: 4\n`,
        `  log_destination: /srv/galaxy/log/galaxy.log\n  log_rotate_size: 10 MB\n  log_rotate_count: 5\n`,
      ),
    },
    at: 'galaxy.yml:9:20',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    workers: 4\n`, `  log_destination: stdout\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const file = textOption(instance, 'log_destination');
      if (!file || ['stdout', 'stderr'].includes(file.value)) continue;
      const processes = galaxyServices(instance).reduce((sum, one) => sum + databaseProcesses(one), 0);
      const size = textOption(instance, 'log_rotate_size');
      const rotates = size !== undefined && !/^\s*0/.test(size.value);
      if (processes < 2) continue;
      const label = rotates ? spanOf(size) : undefined;
      report(
        finding(
          this,
          `${processes} processes write to "${file.value}"${rotates ? ', and each of them rotates it' : ''}`,
          spanOf(file),
          {
            ...(rotates
              ? {}
              : { severity: 'info', why: 'their lines mix, and none tells which process wrote it' }),
            ...(label ? { labels: [{ span: label, text: 'rotates' }] } : {}),
            help: 'remove log_destination: the process manager keeps the output of each process apart, and rotates it',
          },
        ),
      );
    }
  },
};
