// Job options of galaxy.ini as a job configuration: what Galaxy before 18.01 did where no job_conf.xml stood beside it.
// Source: JobConfiguration.__parse_job_conf_legacy of Galaxy 13.04 to 17.09.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { LegacyOption, LegacySection, RunnerUrlUse } from '../../model/legacy.ts';
import { derived, type Located, map, spanOf } from '../../model/located.ts';
import type {
  Destination,
  JobConfig,
  Limit,
  Param,
  Runner,
  StaticHandler,
  ToolMapping,
} from '../../model/routing.ts';
import { looksSecret } from '../../model/secrets.ts';
import { type Span, span } from '../../text/source.ts';
import { readRunnerUrl } from './runner-url.ts';

export interface IniJobs {
  readonly jobs: JobConfig;
  readonly urls: readonly RunnerUrlUse[];
}

export interface IniJobsInput {
  /** Of the application. */
  readonly options: readonly LegacyOption[];
  readonly sections: readonly LegacySection[];
  /** The beginning of the file. */
  readonly place: Span;
  readonly report: Report;
}

/** Undefined where the file says nothing about jobs. */
export function readIniJobs(input: IniJobsInput): IniJobs | undefined {
  const reader = new Reader(input);
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
  readonly #input: IniJobsInput;
  readonly #place: Span;
  readonly #destinations = new Map<string, Destination>();
  readonly #urls: RunnerUrlUse[] = [];

  constructor(input: IniJobsInput) {
    this.#input = input;
    this.#place = input.place;
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

  read(): IniJobs {
    const fallback = this.#option('default_cluster_job_runner');
    const first = this.#destination(fallback ?? this.#default('local:///'));
    const tools = this.#tools();
    const runners = this.#runners();
    return {
      urls: this.#urls,
      jobs: {
        format: 'ini',
        file: this.#place.source.path,
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
    const found = this.#input.options.findLast(
      (one) => one.name === name && (one.effective || one.through === undefined),
    )?.value;
    return found === undefined || found.value === '' || found.value === 'None' ? undefined : found;
  }

  #section(name: string): readonly LegacyOption[] {
    return this.#input.sections.filter((one) => one.name === `galaxy:${name}`).flatMap((one) => one.options);
  }

  #default<T>(value: T): Located<T> {
    return derived(value, 'the default of the old release', this.#place);
  }

  /** The id of the destination for an address. */
  #destination(url: Located<string>): string {
    const known = this.#urls.find((one) => one.value.value === url.value);
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
    const secret = read.params.some(([name]) => name === 'private_token') || looksSecret('', url.value);
    this.#urls.push({ value: url, id, ...(read.note === undefined ? {} : { note: read.note }), secret });
    return id;
  }

  // Only "local", tasks where they are on, and what is listed: an address alone loads no runner.
  #runners(): Runner[] {
    const listed = listOf(this.#option('start_job_runners')).map((one) =>
      map(one, (text) => {
        const name = text.split(':')[0] ?? '';
        return name === 'sge' ? 'drmaa' : name;
      }),
    );
    const tasks = this.#option('use_tasked_jobs');
    const first: (readonly [Located<string>, string])[] = [
      [this.#default('local'), 'local_job_queue_workers'],
      ...(tasks && /^(?:true|yes|on|1)$/i.test(tasks.value)
        ? [[map(tasks, () => 'tasks'), 'local_task_queue_workers'] as const]
        : []),
      ...listed.map((one) => [one, 'cluster_job_queue_workers'] as const),
    ];
    const seen = new Set<string>();
    return first.flatMap(([id, option]): Runner[] => {
      if (id.value === '' || seen.has(id.value)) return [];
      seen.add(id.value);
      const load = Object.hasOwn(classes, id.value) ? classes[id.value] : id.value;
      return [
        {
          span: spanOf(id) ?? this.#place,
          id,
          load: map(id, () => `galaxy.jobs.runners.${load}`),
          workers: this.#workers(option),
          params: [],
        },
      ];
    });
  }

  #workers(name: string): Located<number> {
    const usual = name === 'local_job_queue_workers' ? 5 : name === 'local_task_queue_workers' ? 2 : 3;
    const option = this.#option(name);
    if (option === undefined) return this.#default(usual);
    if (/^\d{1,6}$/.test(option.value)) return map(option, Number);
    this.#input.report(
      problem('GX914', `"${option.value}" is no number of threads for "${name}"`, spanOf(option), {
        why: 'Galaxy stops when it reads it',
        help: `write a number, for example ${usual}`,
      }),
    );
    return map(option, () => usual);
  }

  // An address of a tool joins the handler that it has for the same parameters.
  #tools(): ToolMapping[] {
    const tools = this.#section('tool_handlers').map((one) => this.#tool(one, { handler: one.value }));
    for (const one of this.#section('tool_runners')) {
      const destination = map(one.value, () => this.#destination(one.value));
      const made = this.#tool(one, { destination });
      const same = tools.findIndex((tool) => tool.destination === undefined && sameTool(tool, made));
      const found = tools[same];
      if (found) tools[same] = { ...found, destination };
      else tools.push(made);
    }
    return tools;
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
    const [listed, general] = [this.#option('job_handlers'), this.#option('default_job_handlers')].map(
      listOf,
    );
    const all = new Map([...(listed ?? []), ...(general ?? [])].map((one) => [one.value, one] as const));
    const usual = new Set(general?.length ? general.map((one) => one.value) : all.keys());
    return [...all.values()].map(
      (id): StaticHandler => ({
        span: spanOf(id) ?? this.#place,
        id,
        ...(usual.has(id.value) ? {} : { tags: [map(id, (name) => `${name}_only`)] }),
        environment: [],
      }),
    );
  }
}

function sameTool(one: ToolMapping, other: ToolMapping): boolean {
  const key = ({ id, params }: ToolMapping) =>
    JSON.stringify([
      id?.value.toLowerCase(),
      params.map(({ name, value }) => [name.value, value.value]).sort(),
    ]);
  return key(one) === key(other);
}

/** The names of a list between commas, each with its own place. */
function listOf(option: Located<string> | undefined): Located<string>[] {
  if (option === undefined) return [];
  const whole = spanOf(option);
  let from = 0;
  return option.value.split(',').flatMap((piece) => {
    const name = piece.trim();
    const offset = from + piece.indexOf(name);
    from += piece.length + 1;
    if (name === '') return [];
    const start = (whole?.start ?? 0) + offset;
    // Only where nothing was expanded or joined before it does the text stand where it is counted.
    const exact = whole?.source.text.startsWith(name, start);
    const own = whole && exact ? span(whole.source, start, start + name.length) : whole;
    return [own ? { value: name, origin: { kind: 'source', span: own } } : { ...option, value: name }];
  });
}
