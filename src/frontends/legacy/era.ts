// From which releases of Galaxy a legacy configuration can be: stated, with what tells it.

import type { LegacyEra, LegacyOption } from '../../model/legacy.ts';
import type { Located } from '../../model/located.ts';
import { spanOf } from '../../model/located.ts';
import { isOlder } from '../../model/release.ts';
import type { Span } from '../../text/source.ts';

export interface EraClues {
  /** Names of the files. */
  readonly paths: readonly string[];
  readonly form: 'ini' | 'uwsgi-yml';
  readonly options: readonly LegacyOption[];
  readonly uwsgi?: Span;
  readonly mules: readonly Located<string>[];
  readonly webless?: Located<string>;
  readonly pooled?: Located<string>;
  readonly factory?: Located<string>;
}

// Nothing serves it any more: 22.05 has no Paste and no uWSGI.
const last = '21.09';

/**
 * Whether Galaxy reads the job options of an INI, as it did before 18.01.
 * @param stated the release that something says; a newer one than can serve an INI is the one it is to move to
 */
export function readsJobOptions(stated: string | undefined, from: string | undefined): boolean {
  const known = stated !== undefined && isOlder(last, stated) ? from : (stated ?? from);
  return known === undefined || isOlder(known, '18.01');
}

export function eraOf(clues: EraClues): LegacyEra {
  const evidence: { text: string; place?: Span }[] = [];
  let from: string | undefined;
  let until = last;
  const since = (release: string, text: string, place?: Span) => {
    evidence.push({ text: `${text}: ${release} or later`, ...(place ? { place } : {}) });
    if (from === undefined || isOlder(from, release)) from = release;
  };
  const before = (release: string, text: string, place?: Span) => {
    evidence.push({ text: `${text}: ${release} or earlier`, ...(place ? { place } : {}) });
    if (isOlder(release, until)) until = release;
  };
  before(last, clues.form === 'ini' ? 'Paste and uWSGI serve the web' : 'uWSGI serves the web');
  if (clues.form === 'uwsgi-yml') since('18.01', 'the configuration of Galaxy is YAML');
  for (const path of clues.paths)
    if (/galaxy\.ini$/.test(path)) since('14.10', 'the file is called galaxy.ini');
    else if (/universe_wsgi/.test(path))
      evidence.push({ text: 'the file is called universe_wsgi: 14.08 or earlier, or kept from then' });
  const written = (name: string) => clues.options.find((one) => one.name === name);
  const runner = written('enable_job_running');
  if (runner) before('13.02', '"enable_job_running" splits the roles', runner.place);
  const jobs = ['start_job_runners', 'default_cluster_job_runner', 'job_manager', 'job_handlers'].flatMap(
    (name) => written(name) ?? [],
  );
  if (jobs[0])
    evidence.push({
      text: `"${jobs[0].name}" configures jobs in the INI: before 18.01, or a leftover`,
      place: jobs[0].place,
    });
  const { webless, pooled, mules } = clues;
  if (webless) since('16.01', 'handlers are started without a web server', spanOf(webless));
  if (mules[0]) since('18.01', 'mules of uWSGI handle jobs', spanOf(mules[0]));
  if (pooled) since('19.01', 'handlers are attached to pools', spanOf(pooled));
  return {
    ...(from === undefined ? {} : { from }),
    until: from !== undefined && isOlder(until, from) ? last : until,
    evidence,
  };
}
