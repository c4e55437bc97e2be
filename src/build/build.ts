// `npm run build`: templates and schemas to code, then one bundle and its V8 code cache. `--generate` stops before
// the bundle: enough for tests that run from the sources.

import { bundle } from './bundle.ts';
import { compileGalaxyTable } from './galaxy-table.ts';
import { compileSchemas } from './schemas.ts';
import { compileTemplates } from './templates.ts';

compileTemplates('templates', 'src/schema/templates.gen.js');
compileGalaxyTable('schemas/galaxy-options.json', 'src/schema/galaxy-options.gen.js');
await compileSchemas('schemas', 'src/schema/validators.gen.js');
if (!process.argv.includes('--generate')) await bundle('dist');
