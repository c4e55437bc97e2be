// A migration from beginning to end, in memory: old deployment and ledger in, new files and books out.

import { readsJobOptions } from '../frontends/legacy/index.ts';
import type { Instance } from '../model/deployment.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LegacyFacts, RunnerUrlUse } from '../model/legacy.ts';
import { dirname, join } from '../model/paths.ts';
import { isOlder } from '../model/release.ts';
import type { Source } from '../text/source.ts';
import { Accounts } from './accounts.ts';
import { bookSections } from './book.ts';
import { type FurtherOption, type GalaxySection, galaxySection } from './galaxy-section.ts';
import { makeGalaxyYml } from './galaxy-yml.ts';
import { gravityComments } from './gravity-comments.ts';
import { type GravityPlan, planGravity } from './gravity-section.ts';
import { type JobsPlan, planJobs } from './jobs.ts';
import { type LoggingPlan, planLogging } from './logging.ts';
import type { OptionContext } from './option.ts';
import type { OptionDefaults } from './option-data.ts';
import { chooseStrategy, type Question, type Strategy } from './strategy.ts';
import type { JobOptionsFate } from './tables/option-notes.ts';
import { planWeb, type WebPlan } from './web.ts';

export interface MigrationOptions {
  readonly keepPorts: boolean;
  readonly keepRelative: boolean;
  readonly separateHandlers: boolean;
  /** Undefined: as it is. */
  readonly jobFormat: 'xml' | 'yaml' | undefined;
  /** The release the old files are of; undefined: as old as they can be. */
  readonly from: string | undefined;
  /** The release it is migrated to; undefined: the newest. */
  readonly to: string | undefined;
}

export interface NewFile {
  /** Its name in the output directory. */
  readonly path: string;
  readonly text: string;
  /** What stood there before: the text of the file it takes the place of, with its name. */
  readonly former?: { readonly shown: string; readonly text: string };
}

export interface MigrationPlan {
  readonly instance: Instance;
  /** Where galaxy.yml belongs on the server. */
  readonly configDir: string;
  readonly strategy: Strategy;
  readonly web: WebPlan;
  readonly gravity: GravityPlan;
  readonly galaxy: GalaxySection;
  readonly jobs: JobsPlan;
  /** Addresses of runners, and the destinations in their place. */
  readonly urls: readonly RunnerUrlUse[];
  readonly files: readonly NewFile[];
  readonly accounts: Accounts;
  /** The release whose rules for relative paths held. */
  readonly pathsOf: string;
  readonly questions: readonly Question[];
  /** Options that the migration adds, with the reason. */
  readonly added: ReadonlyMap<string, string>;
}

export interface MigrationInput {
  readonly instance: Instance;
  readonly ledger: Ledger;
  readonly sources: readonly Source[];
  readonly defaults: OptionDefaults;
}

export function planMigration(
  { instance, ledger, sources, defaults }: MigrationInput,
  options: MigrationOptions,
): MigrationPlan {
  const { legacy } = instance;
  if (!legacy) throw new Error('no legacy deployment');
  const accounts = new Accounts(ledger);
  const strategy = chooseStrategy(instance, { separate: options.separateHandlers });
  const web = planWeb(instance, strategy, options.keepPorts);
  const jobs = planJobs(instance, strategy, sources, accounts, options.jobFormat);
  const from = options.from ?? legacy.era.until;
  const pathsOf = options.from ?? pathRelease(legacy);
  const jobOptions = jobOptionsOf(instance);
  const context: OptionContext = {
    from,
    pathsOf,
    to: options.to,
    root: instance.root.value,
    keepRelative: options.keepRelative,
    defaults,
    present: new Set(legacy.options.filter((one) => one.effective).map((one) => one.name)),
    jobOptions,
    suggestions: { count: 0 },
    jobFile: jobs.file?.path,
    workflowFile: jobs.workflowFile?.path,
    prefix: legacy.prefix?.value.value,
    webless: legacy.servers.some((one) => one.form === 'webless'),
  };
  const logging = planLogging(legacy.sections);
  const further = [...furtherOptions(instance, jobs, from), ...loggingOption(logging)];
  // Comments go with the gravity section first: what is left over belongs to the options.
  const comments = gravityComments(ledger, legacy, accounts);
  const gravity = planGravity(instance, strategy, web, comments);
  const galaxy = galaxySection(legacy, context, accounts, further);
  bookSections({ ledger, instance, legacy, accounts, strategy, web, jobOptions, logging });
  const galaxyYml = makeGalaxyYml({ instance, ledger, sources, accounts, gravity, galaxy });
  return {
    instance,
    configDir: configDirOf(instance),
    strategy,
    web,
    gravity,
    galaxy,
    jobs,
    urls: legacy.runnerUrls ?? [],
    files: [galaxyYml, ...(jobs.file ? [jobs.file] : []), ...(jobs.workflowFile ? [jobs.workflowFile] : [])],
    accounts,
    pathsOf,
    questions: [...gravity.questions, ...web.questions, ...strategy.questions, ...jobs.questions],
    added: new Map(further.map(({ key, comment }) => [key, comment.trim()])),
  };
}

function loggingOption(logging: LoggingPlan | undefined): FurtherOption[] {
  if (!logging?.ok) return [];
  const comment =
    ' From the sections [loggers], [handlers] and [formatters]; "log_level" has no effect beside it.';
  return [{ key: 'logging', value: logging.value, comment }];
}

function jobOptionsOf({ jobs, legacy, release }: Instance): JobOptionsFate {
  if (jobs.format === 'xml' || jobs.format === 'yaml') return 'beside';
  if (legacy?.runnerUrls) return 'converted';
  return legacy?.form === 'ini' && readsJobOptions(release?.value, legacy.era.from) ? 'converted' : 'late';
}

/** Beside the old file, or in `config` where that stood in Galaxy's root itself. */
function configDirOf({ configFile, root }: Instance): string {
  const folder = dirname(configFile.value);
  return folder === root.value ? join(root.value, 'config') : folder;
}

// Until 19.09 every path began at the root. An INI file is hardly ever younger, and says nothing of it.
const rootOnly = '19.09';

function pathRelease({ form, era }: LegacyFacts): string {
  const known = form === 'uwsgi-yml' && era.from !== undefined ? era.from : era.until;
  return isOlder(rootOnly, known) ? rootOnly : known;
}

function furtherOptions(instance: Instance, jobs: JobsPlan, release: string): FurtherOption[] {
  const { legacy, root } = instance;
  const prefix = legacy?.prefix?.value.value.replace(/\/+$/, '');
  const set = new Set(legacy?.options.filter((one) => one.effective).map((one) => one.name));
  const database = (name: string) => join(root.value, `database/${name}`);
  return [
    ...(prefix
      ? [
          {
            key: 'galaxy_url_prefix',
            value: prefix,
            comment: ` From the filter "${legacy?.prefix?.filter}".`,
          },
        ]
      : []),
    // Where data lies is written down once the release is sure: the defaults moved. Where it is not, Galaxy itself takes
    // the old folder as long as it is there, and a wrong one written down would hide the data.
    ...(isOlder(release, '20.05') && !set.has('file_path')
      ? [
          {
            key: 'file_path',
            value: database('files'),
            comment: ' The default of the old release; it is another one now.',
          },
        ]
      : []),
    ...(isOlder(release, '16.10') && !set.has('job_working_directory')
      ? [
          {
            key: 'job_working_directory',
            value: database('job_working_directory'),
            comment: ' The default of the old release; it is another one now.',
          },
        ]
      : []),
    ...(jobs.file
      ? [
          {
            key: 'job_config_file',
            value: jobs.file.path,
            comment: ' Written down, as its default changed with Galaxy 23.0.',
          },
        ]
      : []),
    ...(jobs.workflowFile
      ? [
          {
            key: 'workflow_schedulers_config_file',
            value: jobs.workflowFile.path,
            comment: ' Handlers schedule workflows.',
          },
        ]
      : []),
  ];
}
