// One hostile string in one place: its configuration, and everything that the configuration names.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../src/rules/index.ts';
import { type Hostile, hostile } from './hostile.ts';
import { besides, configuration, galaxySection, type Place, type Spot } from './places.ts';
import { folder } from './scratch.ts';
import { standIn } from './witness.ts';
import { yamlText } from './yaml.ts';

export interface Trial {
  readonly string: Hostile;
  readonly spot: Spot;
  /** False when the value would have to name a file that cannot exist. */
  readonly exists: boolean;
}

// A configuration with one process is nothing to run Galaxy with, and the rules say so, each in its own tests. Here only
// what a target cannot carry may refuse a string.
const settings = {
  rules: Object.fromEntries(rules.map(({ code }) => [code, 'off'])),
  layouts: { commands: 'daemon' },
};

/** Writes the configurations of a place, and everything they name. */
export function layOut(place: Place): Trial[] {
  const base = folder('fidelity', place.key);
  const virtualenv = folder('fidelity', 'venv');
  const root = folder('fidelity', 'galaxy');
  const tusd = join(folder('fidelity', 'bin'), 'tusd');
  for (const program of [`${virtualenv}/bin/gunicorn`, `${virtualenv}/bin/python`, tusd]) standIn(program);
  return hostile.map((string) => {
    const number = String(string.index).padStart(3, '0');
    const own = join(base, number);
    mkdirSync(join(own, 'log'), { recursive: true });
    const spot: Spot = {
      ...{
        folder: own,
        instance: `${place.key}-${number}`,
        port: 20_000 + string.index,
        config: join(own, 'galaxy.yml'),
      },
      ...{ root, virtualenv, tusd },
    };
    const exists = place.prepare(string.value, spot);
    writeFileSync(spot.config, yamlText(configuration(place, string.value, spot)));
    const other = besides(place, string.value, spot);
    writeFileSync(join(own, 'gxgen.yml'), yamlText(settings));
    if (other !== undefined && exists) writeFileSync(other, yamlText(galaxySection(spot)));
    return { string, spot, exists };
  });
}
