import { spanOf } from '../model/located.ts';
import { gigabytes } from '../model/memory.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const memoryOrder: Rule = {
  code: 'GX652',
  name: 'memory-order',
  severity: 'warning',
  summary: 'The threshold where memory is reclaimed lies above the limit where the process is killed.',
  why: 'The limit comes first, so the process is killed without the slowing down that was meant to come before.',
  source: 'systemd.resource-control(5): MemoryHigh, MemoryMax',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    memory_high: 16\n    memory_limit: 12\n`) },
    at: 'galaxy.yml:6:18',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    memory_high: 12\n    memory_limit: 16\n`) },
  }),
  check(deployment, report) {
    const seen = new Set<number>();
    for (const process of deployment.instances.flatMap(({ services }) =>
      services.flatMap((one) => one.processes),
    )) {
      const { memoryHigh, memoryMax } = process;
      if (!memoryHigh || !memoryMax || memoryHigh.value <= memoryMax.value) continue;
      const place = spanOf(memoryHigh);
      // Settings of the whole section, and of a group of processes, are one mistake.
      if (place && seen.has(place.start)) continue;
      if (place) seen.add(place.start);
      const label = spanOf(memoryMax);
      report(
        finding(
          this,
          `"memory_high" of "${process.name}" is ${gigabytes(memoryHigh.value)} GB, above its "memory_limit" of ${gigabytes(memoryMax.value)} GB`,
          place,
          {
            ...(label ? { labels: [{ span: label, text: 'the limit' }] } : {}),
            help: 'write a memory_high below memory_limit, or remove it',
          },
        ),
      );
    }
  },
};
