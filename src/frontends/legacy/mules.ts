// The mules of uWSGI and their farms: `farm = job-handlers:1,2`. Mules are numbered from 1 in the order of their keys.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { UwsgiFacts, UwsgiOption } from '../../model/legacy.ts';
import { map, spanOf } from '../../model/located.ts';
import { uwsgiValue, uwsgiValues } from './uwsgi-options.ts';

const mostMules = 1_000;

export function readMules(
  options: readonly UwsgiOption[],
  report: Report,
): Pick<UwsgiFacts, 'mules' | 'farms'> {
  const count = uwsgiValue(options, 'mules')?.value;
  const bare = count
    ? Array.from({ length: Math.min(Number(count.value) || 0, mostMules) }, () => map(count, () => ''))
    : [];
  const mules = [...bare, ...uwsgiValues(options, 'mule').map((one) => one.value)].slice(0, mostMules);
  const owners = new Map<number, string>();
  const farms = uwsgiValues(options, 'farm').map(({ value }) => {
    const at = value.value.indexOf(':');
    const name = at < 0 ? value.value : value.value.slice(0, at);
    const numbers = (at < 0 ? '' : value.value.slice(at + 1)).split(',', mostMules).map((one) => one.trim());
    const kept: number[] = [];
    for (const text of numbers) {
      const number = text === '' ? 0 : Number(text);
      const owner = owners.get(number);
      if (!Number.isInteger(number) || number < 1 || number > mules.length)
        report(
          problem('GX909', `farm "${name}" has a mule "${text}" that there is not`, spanOf(value), {
            help: `there ${mules.length === 1 ? 'is 1 mule' : `are ${mules.length} mules`}, numbered from 1`,
          }),
        );
      else if (owner !== undefined)
        report(
          problem('GX909', `mule ${number} is in farm "${owner}" already`, spanOf(value), {
            help: 'give each farm mules of its own',
          }),
        );
      else {
        owners.set(number, name);
        kept.push(number);
      }
    }
    return { name: map(value, () => name), mules: kept };
  });
  for (const [index, mule] of mules.entries()) {
    const isGalaxy = /galaxy\/main\.py$|^galaxy\.main$/.test(mule.value);
    if (isGalaxy && !owners.has(index + 1))
      report(
        problem('GX909', `mule ${index + 1} is in no farm`, spanOf(mule), {
          help: `add it to a farm: farm = job-handlers:${index + 1}`,
        }),
      );
  }
  return { mules, farms };
}
