// Job options of a galaxy.ini that do nothing: a job configuration stands beside them, or Galaxy is past them.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { LegacyFacts } from '../../model/legacy.ts';
import type { JobConfig } from '../../model/routing.ts';
import type { Span } from '../../text/source.ts';
import { readsJobOptions } from './era.ts';

/** @param release of Galaxy, where something states it */
export function reportInertJobs(
  { form, options, sections, era }: Omit<LegacyFacts, 'servers' | 'started'>,
  jobs: JobConfig,
  release: string | undefined,
  report: Report,
): void {
  if (form !== 'ini' || jobs.format === 'ini') return;
  const inert: { name: string; place: Span }[] = [
    ...options.filter((one) => one.effective && inertOptions.has(one.name)),
    ...sections.flatMap(({ name, header, options: own }) =>
      inertSections.test(name) && own.length > 0 ? [{ name: `[${name}]`, place: header }] : [],
    ),
  ];
  const [first, ...others] = inert;
  if (!first) return;
  const name = first.name.startsWith('[') ? first.name : `"${first.name}"`;
  if (jobs.format === 'none' && readsJobOptions(release, era.from)) return;
  report(
    problem(
      'GX911',
      jobs.format === 'none'
        ? `${name} has no effect: Galaxy has not read it since 18.01`
        : `${name} has no effect beside "${jobs.file}"`,
      first.place,
      {
        ...(jobs.format === 'none'
          ? { why: 'without a job configuration every job runs on the host of Galaxy itself' }
          : {}),
        ...(others.length > 0
          ? { values: [`the same holds for ${others.map((one) => one.name).join(', ')}`] }
          : {}),
        help:
          jobs.format === 'none'
            ? 'write what it says into a job_conf.xml; of a Galaxy before 18.01, state the release'
            : others.length > 0
              ? 'remove them'
              : 'remove it',
      },
    ),
  );
}

const inertSections = /^galaxy:(?:tool_handlers|tool_runners|job_limits)$/;

const inertOptions = new Set([
  ...[
    'start_job_runners',
    'default_cluster_job_runner',
    'job_manager',
    'job_handlers',
    'default_job_handlers',
  ],
  ...['local_job_queue_workers', 'cluster_job_queue_workers', 'job_walltime', 'user_job_limit'],
  ...['registered_user_job_limit', 'anonymous_user_job_limit', 'output_size_limit'],
]);
