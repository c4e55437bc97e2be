// Sections of a galaxy.ini besides the application, its servers and uWSGI: what becomes of each.

import { type LoggingPlan, loggingSection } from '../logging.ts';
import { dropped, moved, type Outcome, replaced, undecided } from '../outcome.ts';
import { inertJobOptions, type JobOptionsFate } from './option-notes.ts';

export interface SectionFacts {
  /** The filter that really puts a prefix before Galaxy. */
  readonly prefixFilter: string | undefined;
  /** Every filter that really stood around Galaxy. */
  readonly usedFilters: ReadonlySet<string>;
  /** Whether Galaxy really stood under a prefix. */
  readonly hasPrefix: boolean;
  /** Whether the job options of the file count at all. */
  readonly jobOptions: JobOptionsFate;
  readonly logging: LoggingPlan | undefined;
  /** Whether the section keeps the logging from being translated. */
  readonly obstructs: boolean;
  /** Whether the section holds any option. */
  readonly empty: boolean;
}

const gone = 'it configured PasteDeploy, which is gone';

/** The fate of a section as a whole; each of its lines shares it. */
export function sectionOutcome(
  name: string,
  option: { key: string; value: string } | undefined,
  facts: SectionFacts,
): Outcome {
  const [kind = '', rest = ''] = split(name);
  if (kind === 'filter') return filterOutcome(rest, option, facts);
  if (kind === 'composite' || kind === 'composit' || kind === 'pipeline' || kind === 'filter-app')
    return facts.hasPrefix && option && /^\//.test(option.key) && option.key !== '/'
      ? moved('galaxy.galaxy_url_prefix', 'the path it was mounted at')
      : dropped(gone);
  if (kind === 'app' || kind === 'application')
    return undecided('it configures another application', [
      'leave it out',
      'start it by its own service, as gravity.reports',
    ]);
  if (name === 'DEFAULT') return dropped('Paste keeps options of [DEFAULT] from Galaxy');
  if (name === 'galaxy_amqp' || name === 'galaxy:amqp')
    return dropped('the queue of sample tracking is gone', option !== undefined && option.value !== '');
  if (/^galaxy:(?:tool_handlers|tool_runners)$/.test(name)) return jobs('job_conf: tools', facts);
  if (name === 'galaxy:job_limits')
    return facts.jobOptions !== 'converted'
      ? jobs('job_conf: limits', facts)
      : undecided(
          'limits were set by patterns of addresses of runners',
          ['no limit of that kind', 'a limit for each destination'],
          'job_conf: limits',
        );
  if (name === 'galaxy:server') return moved('gravity', 'the section of an early Gravity');
  if (loggingSection.test(name)) return loggingOutcome(facts);
  if (name === 'uwsgi') return moved('gravity.gunicorn');
  if (kind === 'galaxy')
    return undecided('no Galaxy reads it; code of your own may', [
      'leave it out',
      'a file of its own for that code',
    ]);
  return undecided('it is no section that Galaxy or uWSGI reads', [
    'leave it out',
    'a file of its own for what reads it',
  ]);
}

function split(name: string): [string, string] {
  const at = name.indexOf(':');
  return at < 0 ? [name.trim(), ''] : [name.slice(0, at).trim(), name.slice(at + 1).trim()];
}

function loggingOutcome({ logging, obstructs }: SectionFacts): Outcome {
  if (!logging) return dropped('without a section [loggers] Python does not read it', true);
  if (logging.ok) return moved('galaxy.logging');
  return obstructs
    ? undecided(`the logging is not carried over: ${logging.why}`, [
        'the logging of Galaxy itself',
        'write what the sections say as "logging" in "galaxy", in the form of logging.config.dictConfig',
      ])
    : dropped('the logging as a whole is to be decided');
}

function jobs(to: string, { jobOptions }: SectionFacts): Outcome {
  return jobOptions === 'converted' ? moved(to) : dropped(inertJobOptions[jobOptions]);
}

function filterOutcome(
  name: string,
  option: { key: string; value: string } | undefined,
  { prefixFilter, usedFilters }: SectionFacts,
): Outcome {
  if (name === prefixFilter)
    return option === undefined || option.key === 'prefix'
      ? moved('galaxy.galaxy_url_prefix')
      : option.key === 'use'
        ? replaced('galaxy.galaxy_url_prefix', 'Galaxy mounts itself under its prefix')
        : /^(?:scheme|force_port)$/.test(option.key)
          ? replaced('the proxy', 'it tells Galaxy by X-Forwarded-Proto and Host what people see', true)
          : dropped(gone);
  if (option?.key === 'use' && /gzip/i.test(option.value))
    return replaced('the proxy', 'compression is done by the proxy', true);
  if (usedFilters.has(name)) return usedOutcome(option);
  return option === undefined
    ? dropped('no application uses the filter')
    : dropped('it belongs to a filter that no application uses');
}

// It may be code of the site that keeps people out, so it does not go by itself.
function usedOutcome(option: { key: string; value: string } | undefined): Outcome {
  if (option?.key === 'use' && /#translogger$/i.test(option.value))
    return replaced('the proxy', 'it has a log of requests of its own');
  if (option && /^(?:use|paste\.filter_\w+)$/.test(option.key) && !/^egg:Paste/i.test(option.value))
    return undecided('the filter stood around Galaxy, and nothing takes its place', [
      'go without it',
      'let the proxy do its work',
    ]);
  return dropped(gone);
}
