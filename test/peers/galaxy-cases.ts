// Random servers for the comparison with Galaxy itself: job configurations in each format, with the collisions and
// half-sound values that people write, handlers in pools, workflow schedulers.

import fc from 'fast-check';

/** A server's files, by name in its configuration folder. */
export type ServerFiles = Readonly<Record<string, string>>;

interface Handler {
  readonly id: string;
  readonly tags: readonly string[] | undefined;
  readonly plugins: readonly string[];
}
interface Handling {
  readonly assign: readonly string[] | undefined;
  readonly default: string | undefined;
  readonly maxGrab: number | undefined;
  readonly window: number | undefined;
  readonly handlers: readonly Handler[];
}
interface Destination {
  readonly id: string;
  readonly runner: string;
  readonly tags: readonly string[];
  readonly enabled: string | undefined;
}
interface Tool {
  readonly key: 'id' | 'class';
  readonly name: string;
  readonly handler: string | undefined;
  readonly destination: string | undefined;
}
interface Runner {
  readonly id: string;
  readonly workers: number | undefined;
  readonly enabled: string | undefined;
}
interface JobConf {
  readonly handling: Handling;
  readonly runners: readonly Runner[];
  readonly destinations: readonly Destination[];
  readonly defaultDestination: string | undefined;
  readonly tools: readonly Tool[];
  readonly limits: readonly { readonly type: string; readonly value: number; readonly id: string }[];
}

const often = <T>(value: fc.Arbitrary<T>, freq = 4) => fc.option(value, { nil: undefined, freq });

const tag = fc.constantFrom('t1', 't1', 't2', 't2', 't3', 'special', 'h1', '_default_', '_default_');
const method = fc.constantFrom(
  ...[
    'db-skip-locked',
    'db-skip-locked',
    'db-preassign',
    'db-self',
    'mem-self',
    'db-transaction-isolation',
    'DB-Skip-Locked',
  ],
);
const handling: fc.Arbitrary<Handling> = fc.record({
  assign: often(fc.array(method, { minLength: 1, maxLength: 3 }), 3),
  default: often(fc.constantFrom('t1', 't2', 'h0', 'nobody', '_default_'), 1),
  maxGrab: often(fc.integer({ min: 1, max: 9 }), 1),
  window: often(fc.integer({ min: 1, max: 300 }), 1),
  handlers: fc.array(
    fc.record({
      id: fc.constantFrom('h0', 'h0', 'h1', 'h2', 'h2', 'h3', 'h3', 't3', 'special'),
      tags: often(fc.array(tag, { minLength: 1, maxLength: 3 })),
      plugins: fc.oneof(
        { weight: 5, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.constant(['local']) },
      ),
    }),
    { maxLength: 4 },
  ),
});
const enabled = often(fc.constantFrom('true', 'false', 'yes', 'no', '1'), 1);
const jobConf: fc.Arbitrary<JobConf> = fc.record({
  handling,
  runners: fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom('slurm', 'pulsar', 'dynamic'),
        workers: often(fc.integer({ min: 1, max: 8 }), 1),
        enabled,
      }),
      {
        maxLength: 2,
        selector: (one) => one.id,
      },
    )
    .map((others) => [{ id: 'local', workers: undefined, enabled: undefined }, ...others]),
  destinations: fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom('d1', 'd2', 'd3', 'fast'),
        runner: fc.constantFrom('local', 'local', 'slurm'),
        tags: fc.uniqueArray(fc.constantFrom('fast', 'slow', 'all'), { maxLength: 2 }),
        enabled,
      }),
      { maxLength: 3, selector: (one) => one.id },
    )
    .map((others) => [{ id: 'd0', runner: 'local', tags: [], enabled: undefined }, ...others]),
  defaultDestination: often(fc.constantFrom('d0', 'd0', 'd0', 'd0', 'd0', 'd1', 'slow'), 30),
  tools: fc.array(
    fc.oneof(
      fc.record({
        key: fc.constant('id' as const),
        name: fc.constantFrom('bwa', 'BWA', 'cat1', 'toolshed/repos/o/r/bwa/1.0'),
        handler: often(fc.constantFrom('t1', 'h0', 'special', 'nobody'), 2),
        destination: often(fc.constantFrom('d0', 'slow', 'd1'), 1),
      }),
      fc.record({
        key: fc.constant('class' as const),
        name: fc.constantFrom('local', 'requires_galaxy'),
        handler: often(tag, 2),
        destination: fc.constant('d0'),
      }),
    ),
    { maxLength: 4 },
  ),
  limits: fc.array(
    fc.record({
      type: fc.constantFrom(
        'registered_user_concurrent_jobs',
        'anonymous_user_concurrent_jobs',
        'destination_user_concurrent_jobs',
        'destination_total_concurrent_jobs',
      ),
      value: fc.integer({ min: 1, max: 20 }),
      id: fc.constantFrom('d0', 'slow'),
    }),
    { maxLength: 3 },
  ),
});

const pool = fc.constantFrom(
  'job-handlers',
  'job-handlers',
  'workflow-schedulers',
  'job-handlers.special',
  'job-handlers.t1',
  'workflow-schedulers.t1',
);
const dynamic = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('handler', 'special', 'wf', 'h1'),
    processes: fc.integer({ min: 1, max: 2 }),
    pools: fc.uniqueArray(pool, { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 3, selector: (one) => one.name },
);

/** Servers of a release of Galaxy; paths begin with @here@. */
export const servers = (release: string): fc.Arbitrary<ServerFiles> =>
  fc
    .record({
      conf: often(jobConf, 12),
      format: fc.constantFrom('xml', 'xml', 'yml', 'yml', 'inline'),
      dynamic,
      workflow: often(fc.record({ handling: often(handling, 2) }), 1),
      trackJobs: often(fc.constantFrom('true', 'false'), 1),
      parallel: fc.oneof(
        { weight: 9, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    })
    .map(({ conf, format, dynamic: entries, workflow, trackJobs, parallel }) => {
      const lines = [
        'gravity:',
        '  galaxy_root: @here@/root',
        '  virtualenv: @here@/venv',
        ...(entries.length > 0 ? ['  handlers:'] : []),
        ...entries.flatMap((one) => [
          `    ${one.name}:`,
          `      processes: ${one.processes}`,
          `      pools: ${JSON.stringify(one.pools)}`,
        ]),
        'galaxy:',
        '  id_secret: 4c1b9f1e5d6a4f0e8b7a',
        ...(trackJobs ? [`  track_jobs_in_database: ${trackJobs}`] : []),
        ...(parallel ? ['  parallelize_workflow_scheduling_within_histories: true'] : []),
        ...(conf && format !== 'inline' ? [`  job_config_file: @here@/config/job_conf.${format}`] : []),
        ...(conf && format === 'inline' ? [`  job_config: ${JSON.stringify(asYaml(conf))}`] : []),
        ...(workflow
          ? ['  workflow_schedulers_config_file: @here@/config/workflow_schedulers_conf.xml']
          : []),
      ];
      return {
        'galaxy.yml': `${lines.join('\n')}\n`,
        'gxgen.yml': `release: "${release}"\ngunicorn_version: 23.0.0\n`,
        ...(conf && format === 'xml' ? { 'job_conf.xml': asXml(conf) } : {}),
        ...(conf && format === 'yml' ? { 'job_conf.yml': `${JSON.stringify(asYaml(conf), null, 2)}\n` } : {}),
        ...(workflow
          ? {
              'workflow_schedulers_conf.xml': `<workflow_schedulers default="core">\n<core id="core"/>\n${workflow.handling ? handlersXml(workflow.handling) : ''}</workflow_schedulers>\n`,
            }
          : {}),
      };
    });

function asYaml({
  handling: own,
  runners,
  destinations,
  defaultDestination,
  tools,
  limits,
}: JobConf): object {
  return {
    runners: record(runners, ({ id, workers, enabled: on }) => ({
      load: `galaxy.jobs.runners.${id}`,
      ...(workers === undefined ? {} : { workers }),
      ...(on === undefined ? {} : { enabled: on }),
    })),
    handling: {
      ...(own.assign ? { assign: own.assign } : {}),
      ...(own.default === undefined ? {} : { default: own.default }),
      ...(own.maxGrab === undefined ? {} : { max_grab: own.maxGrab }),
      ...(own.window === undefined ? {} : { ready_window_size: own.window }),
      processes: record(own.handlers, ({ tags, plugins }) => ({
        ...(tags ? { tags } : {}),
        ...(plugins.length > 0 ? { plugins } : {}),
      })),
    },
    execution: {
      ...(defaultDestination === undefined ? {} : { default: defaultDestination }),
      environments: record(destinations, ({ runner, tags, enabled: on }) => ({
        runner,
        ...(tags.length > 0 ? { tags } : {}),
        ...(on === undefined ? {} : { enabled: on }),
      })),
    },
    tools: tools.map(({ key, name, handler, destination }) => ({
      [key]: name,
      ...(handler === undefined ? {} : { handler }),
      ...(destination === undefined ? {} : { environment: destination }),
    })),
    limits: limits.map(({ type, value, id }) => ({
      type,
      value,
      ...(type.startsWith('destination') ? { id } : {}),
    })),
  };
}

// The last one of a name, as a mapping of Python has it; a repeated key would be a finding of its own.
function record<T extends { readonly id: string }>(all: readonly T[], value: (one: T) => object): object {
  return Object.fromEntries(all.map((one) => [one.id, value(one)]));
}

function asXml({ handling: own, runners, destinations, defaultDestination, tools, limits }: JobConf): string {
  const param = (on: string | undefined) => (on === undefined ? '' : `<param id="enabled">${on}</param>`);
  return `<job_conf>
<plugins>
${runners.map(({ id, workers, enabled: on }) => `<plugin id="${id}" type="runner" load="galaxy.jobs.runners.${id}"${attribute('workers', workers)}>${param(on)}</plugin>\n`).join('')}</plugins>
${handlersXml(own)}<destinations${attribute('default', defaultDestination)}>
${destinations.map(({ id, runner, tags, enabled: on }) => `<destination id="${id}" runner="${runner}"${tags.length > 0 ? ` tags="${tags.join(', ')}"` : ''}>${param(on)}</destination>\n`).join('')}</destinations>
<tools>
${tools.map(({ key, name, handler, destination }) => `<tool ${key}="${name}"${attribute('handler', handler)}${attribute('destination', destination)}/>\n`).join('')}</tools>
<limits>
${limits.map(({ type, value, id }) => `<limit type="${type}"${type.startsWith('destination') ? ` id="${id}"` : ''}>${value}</limit>\n`).join('')}</limits>
</job_conf>
`;
}

function handlersXml({ assign, default: chosen, maxGrab, window, handlers }: Handling): string {
  const head = `<handlers${attribute('assign_with', assign?.join(', '))}${attribute('default', chosen)}${attribute('max_grab', maxGrab)}${attribute('ready_window_size', window)}>`;
  const lines = handlers.map(({ id, tags, plugins }) => {
    const inner = plugins.map((one) => `<plugin id="${one}"/>`).join('');
    return `<handler id="${id}"${attribute('tags', tags?.join(','))}>${inner}</handler>\n`;
  });
  return `${head}\n${lines.join('')}</handlers>\n`;
}

function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${value}"`;
}
