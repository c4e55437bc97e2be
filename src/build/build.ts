// `npm run build`: templates and schemas to code, one bundle, and its V8 code cache.

import { compileTemplates } from './templates.ts';

compileTemplates('templates', 'src/schema/templates.gen.js');
