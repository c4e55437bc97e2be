import { spanOf } from '../model/located.ts';
import { gigabytes } from '../model/memory.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const memorySum: Rule = {
  code: 'GX653',
  name: 'memory-sum',
  severity: 'warning',
  summary: 'The memory limits of all processes add up to more than the machine has.',
  why: 'The limits then protect nothing: before one of them is reached the kernel picks a victim itself, which may be the database.',
  source: 'systemd.resource-control(5): MemoryMax; gxgen.yml: limits.memory',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  gunicorn:\n    memory_limit: 24\n  celery:\n    memory_limit: 16\n`),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nlimits:\n  memory: 32\n',
    },
    at: 'gxgen.yml:4:11',
    good: {
      'galaxy.yml': galaxyYml(`  gunicorn:\n    memory_limit: 16\n  celery:\n    memory_limit: 8\n`),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nlimits:\n  memory: 32\n',
    },
  }),
  check(deployment, report) {
    const limit = deployment.limits.memory;
    if (!limit) return;
    let sum = 0;
    const parts: string[] = [];
    for (const { name, services } of deployment.instances) {
      for (const service of services) {
        // Beat has the limit of the worker, and needs next to nothing.
        if (service.kind === 'celery-beat') continue;
        const own = service.processes.reduce((total, one) => total + (one.memoryMax?.value ?? 0), 0);
        if (own === 0) continue;
        sum += own;
        parts.push(
          `${deployment.named ? `${service.name} of ${name.value}` : service.name} has ${gigabytes(own)} GB`,
        );
      }
    }
    if (sum <= limit.value) return;
    report(
      finding(
        this,
        `the processes may use ${gigabytes(sum)} GB of memory, and the machine has ${gigabytes(limit.value)} GB for them`,
        spanOf(limit),
        {
          values: parts.length > 12 ? [...parts.slice(0, 12), `and ${parts.length - 12} more`] : parts,
          help: 'lower memory_limit of the largest, or run fewer processes',
        },
      ),
    );
  },
};
