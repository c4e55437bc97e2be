// The back end supervisor: programs for the system's supervisord, or a supervisord of Galaxy's own.

import type { Backend } from '../backend.ts';
import { checkPrograms } from './check.ts';
import { confD } from './conf-d.ts';
import { readPrograms } from './read.ts';
import { selfContained } from './self-contained.ts';

export const supervisor: Backend = {
  name: 'supervisor',
  summary: 'programs for supervisord, grouped so that one name starts and stops them all',
  layouts: [
    { name: 'conf.d', summary: "one file for the system's supervisord (/etc/supervisor/conf.d)" },
    { name: 'self-contained', summary: "a supervisord of Galaxy's own, with Gravity's files and names" },
  ],
  render: (deployment, options, templates, report) =>
    (options.layout === 'self-contained' ? selfContained : confD)(deployment, templates, report),
  read: readPrograms,
  check: checkPrograms,
};
