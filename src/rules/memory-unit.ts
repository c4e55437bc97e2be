import { spanOf } from '../model/located.ts';
import { gigabytes } from '../model/memory.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const memoryUnit: Rule = {
  code: 'GX654',
  name: 'memory-unit',
  severity: 'warning',
  summary: 'A memory limit is larger than the memory of nearly any machine.',
  why: 'The number is in gigabytes: with megabytes in its place nothing is ever limited.',
  source: 'Gravity: memory_limit, memory_high',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    memory_limit: 16384\n`) },
    at: 'galaxy.yml:6:19',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    memory_limit: 16\n`) },
  }),
  check(deployment, report) {
    const seen = new Set<number>();
    for (const process of deployment.instances.flatMap(({ services }) =>
      services.flatMap((one) => one.processes),
    )) {
      for (const memory of [process.memoryHigh, process.memoryMax]) {
        if (!memory || memory.value < 4096 * 2 ** 30) continue;
        const place = spanOf(memory);
        if (place && seen.has(place.start)) continue;
        if (place) seen.add(place.start);
        report(
          finding(this, `the memory limit of "${process.name}" is ${gigabytes(memory.value)} GB`, place, {
            help: `write gigabytes: ${gigabytes(memory.value / 1024)} if megabytes were meant`,
          }),
        );
      }
    }
  },
};
