// What Gravity takes and gxgen refuses on purpose: each with the code of the refusal and its reason.

import type { Case } from './case.ts';
import { one } from './cases.ts';
import { jobConfYml } from './job-conf.ts';
import { raw } from './yaml-text.ts';

export interface Refusal {
  readonly one: Case;
  readonly code: string;
  readonly reason: string;
}

const jobs = { 'galaxy/config/job_conf.yml': jobConfYml([], 'db-skip-locked') };

export const refusals: readonly Refusal[] = [
  {
    one: one('no memory for a service', { memory_limit: 4, gunicorn: { memory_limit: 0 } }),
    code: 'GX203',
    reason:
      'Gravity takes 0 for absent and so applies the limit of the top level, which it was meant to lift',
  },
  {
    one: one('no memory for a handler', { handlers: { h1: { memory_high: raw('0.0') } } }, { files: jobs }),
    code: 'GX203',
    reason: 'as above',
  },
  {
    one: one('dynamic handlers without a job configuration', { handlers: { handler: { processes: 2 } } }),
    code: 'GX462',
    reason: 'no job would ever reach these handlers; Gravity only warns',
  },
  {
    one: one('a handler in no pool', { handlers: { h1: { pools: [] } } }, { files: jobs }),
    code: 'GX461',
    reason: 'no job would ever reach it; Gravity cannot know',
  },
];
