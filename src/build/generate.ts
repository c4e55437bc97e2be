// `npm run generate`: everything committed that is printed from something else; with `--check` nothing is written and
// a difference is an error.

import { readFileSync, writeFileSync } from 'node:fs';
import { galaxySchema } from './galaxy-schema.ts';
import { fillReadme } from './readme.ts';

const generated: readonly { readonly path: string; readonly make: (now: string) => string }[] = [
  { path: 'README.md', make: fillReadme },
  { path: 'schemas/galaxy.schema.json', make: galaxySchema },
];

const check = process.argv.includes('--check');
for (const { path, make } of generated) {
  const now = readFileSync(path, 'utf8');
  const wanted = make(now);
  if (now === wanted) continue;
  if (check) {
    process.stderr.write(`${path} is not what the code says; run npm run generate\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, wanted);
    process.stderr.write(`${path} written\n`);
  }
}
