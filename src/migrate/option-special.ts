// Options that need more than their row in a table: jobs, static files, the database, the prefix, the names of files.

import { join, normalize } from '../model/paths.ts';
import type { OptionContext, OptionInput, OptionResult } from './option.ts';
import { dropped, kept, moved, replaced, undecided } from './outcome.ts';
import { inertJobOptions, jobOptionHomes, jobOptions, reasons } from './tables/option-notes.ts';

type Special = (text: string, context: OptionContext, option: OptionInput) => OptionResult | undefined;

/** The result for an option that is treated by itself; undefined for every other. */
export function specialOption(option: OptionInput, context: OptionContext): OptionResult | undefined {
  const { name, value } = option;
  if (jobOptions.has(name)) return jobOption(name, String(value), context);
  if (/^dynamic_proxy/.test(name)) return { outcome: dropped(reasons.dynamic_proxy ?? '') };
  const special = Object.hasOwn(specials, name) ? specials[name] : undefined;
  return special?.(typeof value === 'string' ? value : String(value), context, option);
}

const truth = (text: string) => /^(?:true|yes|on|1)$/i.test(text);

const specials: Readonly<Record<string, Special>> = {
  use: () => ({ outcome: dropped(reasons.use ?? '') }),
  'paste.app_factory': () => ({ outcome: dropped(reasons['paste.app_factory'] ?? '') }),
  require: () => ({ outcome: dropped('there are no eggs any more') }),
  'filter-with': (_, { prefix }) => ({
    outcome:
      prefix === undefined
        ? dropped('there are no filters of Paste any more')
        : moved('galaxy.galaxy_url_prefix', 'Galaxy mounts itself under its prefix'),
  }),
  job_config_file: (_, { jobFile }) =>
    jobFile === undefined
      ? { outcome: dropped('Galaxy finds no job configuration there, and none is needed') }
      : {
          outcome: moved('galaxy.job_config_file', `it is ${jobFile} beside galaxy.yml`),
          key: 'job_config_file',
          value: jobFile,
        },
  workflow_schedulers_config_file: (_, { workflowFile }) =>
    workflowFile === undefined
      ? undefined
      : {
          outcome: moved('galaxy.workflow_schedulers_config_file', `it is ${workflowFile} beside galaxy.yml`),
          key: 'workflow_schedulers_config_file',
          value: workflowFile,
        },
  static_enabled: (text) =>
    truth(text)
      ? undefined
      : {
          outcome: replaced(
            'galaxy.static_enabled',
            'Galaxy serves static files until the proxy is known to do it; then write false',
            true,
          ),
          key: 'static_enabled',
          value: true,
        },
  debug: (text) =>
    truth(text)
      ? {
          outcome: undecided(
            'it keeps whole responses in memory, and shows errors to users',
            ['true, as it was', 'false, for a server in use'],
            'galaxy.debug',
          ),
          key: 'debug',
          value: true,
        }
      : undefined,
  // Text that is no path breaks every download, so no server in use has it.
  nginx_x_accel_redirect_base: (text) =>
    text === '' || text.startsWith('/')
      ? undefined
      : {
          outcome: undecided(`"${text}" is no path: Galaxy took it for one all the same`, [
            'leave it unset',
            'the path of the location in nginx, with a slash in front',
          ]),
        },
  server_name: () => ({
    outcome: dropped('it would override the names that processes are started with', true),
  }),
  cookie_path: (text, { prefix }) =>
    text === prefix || text === '/' ? { outcome: dropped('it is set from the prefix by itself') } : undefined,
  database_connection: (text) => databaseOption('database_connection', text),
  install_database_connection: (text) => databaseOption('install_database_connection', text),
  database_file: (text, { root }) => ({
    outcome: {
      fate: 'renamed',
      to: 'galaxy.database_connection',
      why: 'the file of SQLite is part of the address',
    },
    key: 'database_connection',
    value: `sqlite:///${normalize(join(root, text))}?isolation_level=IMMEDIATE`,
  }),
  galaxy_infrastructure_url: (text) =>
    text.includes('UWSGI_PORT')
      ? {
          outcome: replaced(
            'galaxy.galaxy_infrastructure_url',
            'Galaxy does not start with UWSGI_PORT in it',
            true,
          ),
          key: 'galaxy_infrastructure_url',
          value: text.replace(/\$\{?UWSGI_PORT\}?/g, '$GALAXY_WEB_PORT'),
        }
      : undefined,
};

function databaseOption(key: string, text: string): OptionResult | undefined {
  const to = `galaxy.${key}`;
  if (/^postgres:/.test(text))
    return {
      outcome: replaced(to, 'the scheme is called "postgresql" now; the rest is as it was'),
      key,
      value: text.replace(/^postgres:/, 'postgresql:'),
    };
  if (/^mysql/.test(text))
    return {
      outcome: undecided(
        'Galaxy no longer supports MySQL',
        ['as it was', 'move the data to PostgreSQL first'],
        to,
      ),
      key,
      value: text,
    };
  return undefined;
}

function jobOption(name: string, text: string, { jobOptions: fate }: OptionContext): OptionResult {
  if (name === 'track_jobs_in_database')
    return truth(text) || text === '' || /^none$/i.test(text)
      ? { outcome: dropped('jobs are always tracked in the database') }
      : {
          outcome: undecided('jobs were kept in the memory of one process', [
            'track them in the database, as several processes need',
            'assign them with mem-self, for one process alone',
          ]),
        };
  if (name === 'enable_job_running')
    return { outcome: dropped('which process runs jobs is said by the job configuration') };
  if (name === 'job_manager') return { outcome: dropped(reasons.job_manager ?? '') };
  if (fate !== 'converted') return { outcome: dropped(inertJobOptions[fate]) };
  const home = Object.hasOwn(jobOptionHomes, name) ? jobOptionHomes[name] : undefined;
  return { outcome: home === undefined ? kept() : moved(home) };
}
