import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const umaskWorldWritable: Rule = {
  code: 'GX650',
  name: 'umask-world-writable',
  severity: 'warning',
  summary: 'Every user of the machine may change the files that a process makes.',
  why: 'Datasets, job scripts and logs are open to anybody with an account, and what stands in a job script is run as Galaxy.',
  source: 'umask(2)',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  umask: "000"\n`) },
    at: 'galaxy.yml:5:10',
    good: { 'galaxy.yml': galaxyYml(`  umask: "027"\n`) },
  }),
  check(deployment, report) {
    const seen = new Set<string>();
    for (const { name, services } of deployment.instances) {
      for (const process of services.flatMap((one) => one.processes)) {
        const { umask } = process;
        const place = spanOf(umask);
        const key = `${name.value} ${place?.start ?? ''} ${umask.value}`;
        if ((Number.parseInt(umask.value, 8) & 0o002) !== 0 || seen.has(key)) continue;
        seen.add(key);
        report(
          finding(
            this,
            `with the mask ${umask.value} everybody may change the files of "${process.name}"`,
            place,
            {
              help: 'write umask: "027", or "022" if others may read',
            },
          ),
        );
      }
    }
  },
};
