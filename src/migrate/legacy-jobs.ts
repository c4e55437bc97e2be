// Job options of galaxy.ini as a job configuration: what Galaxy before 18.01 did where no job_conf.xml stood beside it.

import type { Instance } from '../model/deployment.ts';
import type { LegacyFacts, LegacyOption } from '../model/legacy.ts';
import { derived, type Located, map, spanOf } from '../model/located.ts';
import { isOlder } from '../model/release.ts';
import type {
  Destination,
  JobConfig,
  Limit,
  Param,
  Runner,
  StaticHandler,
  ToolMapping,
} from '../model/routing.ts';
import type { Span } from '../text/source.ts';
import { readRunnerUrl } from './runner-url.ts';

export interface LegacyJobs {
  readonly jobs: JobConfig;
  /** Which destination takes the place of which address. */
  readonly urls: readonly { readonly url: string; readonly id: string; readonly note?: string }[];
}

/** Undefined where the options of the file do not count. */
export function legacyJobs({ legacy, jobs }: Instance): LegacyJobs | undefined {
  if (!legacy || jobs.format !== 'none' || legacy.form !== 'ini') return undefined;
  // Since then they are not read at all, and must not come back to life.
  if (legacy.era.from !== undefined && !isOlder(legacy.era.from, '18.01')) return undefined;
  const reader = new Reader(legacy);
  return reader.any ? reader.read() : undefined;
}

const classes: Readonly<Record<string, string>> = {
  local: 'local:LocalJobRunner',
  tasks: 'tasks:TaskedJobRunner',
  drmaa: 'drmaa:DRMAAJobRunner',
  pbs: 'pbs:PBSJobRunner',
  slurm: 'slurm:SlurmJobRunner',
  condor: 'condor:CondorJobRunner',
  cli: 'cli:ShellJobRunner',
  lwr: 'pulsar:PulsarLegacyJobRunner',
  pulsar: 'pulsar:PulsarLegacyJobRunner',
};

class Reader {
  readonly #legacy: LegacyFacts;
  readonly #place: Span;
  readonly #destinations = new Map<string, Destination>();
  readonly #urls: { url: string; id: string; note?: string }[] = [];

  constructor(legacy: LegacyFacts) {
    this.#legacy = legacy;
    this.#place = legacy.files[0]?.place ?? (legacy.options[0] as LegacyOption).place;
  }

  get any(): boolean {
    const names = [
      'start_job_runners',
      'default_cluster_job_runner',
      'local_job_queue_workers',
      'cluster_job_queue_workers',
      'job_walltime',
      'registered_user_job_limit',
      'anonymous_user_job_limit',
      'user_job_limit',
      'job_handlers',
      'default_job_handlers',
    ];
    return (
      names.some((one) => this.#option(one) !== undefined) ||
      this.#section('tool_runners').length > 0 ||
      this.#section('tool_handlers').length > 0
    );
  }

  read(): LegacyJobs {
    const fallback = this.#option('default_cluster_job_runner');
    const first = this.#destination(fallback ?? this.#default('local:///'));
    const tools = this.#tools();
    const runners = this.#runners();
    return {
      urls: this.#urls,
      jobs: {
        format: 'none',
        inline: false,
        handling: { handlers: this.#handlers() },
        runners,
        destinations: [...this.#destinations.values()],
        defaultDestination: map(fallback ?? this.#default(''), () => first),
        tools,
        limits: this.#limits(),
        resourceGroups: [],
      },
    };
  }

  /** The value of an option, where it is set and says something. */
  #option(name: string): Located<string> | undefined {
    const found = this.#legacy.options.findLast(
      (one) => one.name === name && (one.effective || one.through === undefined),
    )?.value;
    return found === undefined || found.value === '' || found.value === 'None' ? undefined : found;
  }

  #section(name: string): readonly LegacyOption[] {
    return this.#legacy.sections.filter((one) => one.name === `galaxy:${name}`).flatMap((one) => one.options);
  }

  #default<T>(value: T): Located<T> {
    return derived(value, 'the default of the old release', this.#place);
  }

  /** The id of the destination for an address. */
  #destination(url: Located<string>): string {
    const known = this.#urls.find((one) => one.url === url.value);
    if (known) return known.id;
    const read = readRunnerUrl(url.value) ?? {
      runner: 'local',
      params: [],
      note: 'this is no address of a runner',
    };
    const same = [...this.#destinations.keys()];
    let id = read.runner;
    for (let number = 1; same.includes(id); number++) id = `${read.runner}_${number}`;
    const located = <T>(value: T) => map(url, () => value);
    this.#destinations.set(id, {
      span: spanOf(url) ?? this.#place,
      id: located(id),
      runner: located(read.runner),
      tags: [],
      params: read.params.map(([name, value]): Param => ({ name: located(name), value: located(value) })),
      env: [],
      resubmit: [],
    });
    this.#urls.push({ url: url.value, id, ...(read.note === undefined ? {} : { note: read.note }) });
    return id;
  }

  #runners(): Runner[] {
    const [started, local, cluster] = [
      this.#option('start_job_runners'),
      this.#option('local_job_queue_workers'),
      this.#option('cluster_job_queue_workers'),
    ];
    const names = (started?.value ?? '')
      .split(',')
      .map((one) => one.trim().split(':')[0] ?? '')
      .map((one) => (one === 'sge' ? 'drmaa' : one));
    const used = [...this.#destinations.values()].map((one) => String(one.runner?.value));
    const all = [...new Set(['local', ...names, ...used])].filter((one) => one !== '' && one !== 'dynamic');
    return all.map((id): Runner => {
      const workers = id === 'local' ? (local ?? this.#default('5')) : (cluster ?? this.#default('3'));
      const at = started ?? workers;
      return {
        span: spanOf(at) ?? this.#place,
        id: map(at, () => id),
        load: map(at, () => `galaxy.jobs.runners.${Object.hasOwn(classes, id) ? classes[id] : id}`),
        workers: map(workers, (text) => (/^\d{1,6}$/.test(text) ? Number(text) : 4)),
        params: [],
      };
    });
  }

  #tools(): ToolMapping[] {
    const runners = this.#section('tool_runners').map((one) =>
      this.#tool(one, { destination: map(one.value, () => this.#destination(one.value)) }),
    );
    const handlers = this.#section('tool_handlers').map((one) => this.#tool(one, { handler: one.value }));
    return [...runners, ...handlers];
  }

  /** `tool[source@trackster]`: the part in brackets names parameters of the job. */
  #tool({ name, value, place }: LegacyOption, target: Partial<ToolMapping>): ToolMapping {
    const [, id = name, inner = ''] = /^([^[]*)(?:\[(.*)\])?$/s.exec(name) ?? [];
    const params = inner
      .split(',')
      .filter((one) => one.includes('@'))
      .map((one): Param => {
        const at = one.indexOf('@');
        return {
          name: map(value, () => one.slice(0, at).trim()),
          value: map(value, () => one.slice(at + 1).trim()),
        };
      });
    return { span: place, id: map(value, () => id.trim()), params, ...target };
  }

  #limits(): Limit[] {
    const limit = (type: string, ...names: string[]): Limit[] => {
      const value = names.map((one) => this.#option(one)).find((one) => one !== undefined);
      return value && value.value !== '0'
        ? [{ span: spanOf(value) ?? this.#place, type: map(value, () => type), value }]
        : [];
    };
    return [
      ...limit('registered_user_concurrent_jobs', 'registered_user_job_limit', 'user_job_limit'),
      ...limit('anonymous_user_concurrent_jobs', 'anonymous_user_job_limit', 'user_job_limit'),
      ...limit('walltime', 'job_walltime'),
      ...limit('output_size', 'output_size_limit'),
    ];
  }

  /** Handlers outside of the default pool had only the tools that name them. */
  #handlers(): StaticHandler[] {
    const list = (option: Located<string> | undefined) =>
      (option?.value ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
    const [all, general] = [this.#option('job_handlers'), this.#option('default_job_handlers')];
    if (!all) return [];
    const usual = new Set(general ? list(general) : list(all));
    return list(all).map(
      (id): StaticHandler => ({
        span: spanOf(all) ?? this.#place,
        id: map(all, () => id),
        ...(usual.has(id) ? {} : { tags: [map(all, () => `${id}_only`)] }),
        environment: [],
      }),
    );
  }
}
