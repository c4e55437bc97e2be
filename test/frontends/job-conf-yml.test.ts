import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readJobConfXml } from '../../src/frontends/job-conf-xml.ts';
import { readJobConfYml } from '../../src/frontends/job-conf-yml.ts';
import { type Located, spanOf } from '../../src/model/located.ts';
import type { JobConfig, Param } from '../../src/model/routing.ts';
import { isEnabled } from '../../src/model/routing-params.ts';
import { parseXml } from '../../src/syntax/xml.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('job_conf.yml');

function read(text: string, allowUnknown = false) {
  const found: Diagnostic[] = [];
  const root = parseYaml(makeSource('job_conf.yml', text), (one) => {
    if (one.severity === 'error') found.push(one);
  });
  if (!root) throw new Error(`no tree: ${found.map((one) => one.message).join()}`);
  const config = readJobConfYml(root, 'config/job_conf.yml', (one) => found.push(one), { allowUnknown });
  return { config, found };
}

function clean(text: string): JobConfig {
  const { config, found } = read(text);
  assert.equal(
    found.map((one) => `${one.code} ${one.message}`),
    [],
  );
  return config;
}

const under = (where: Span | undefined) => where?.source.text.slice(where.start, where.end);
const value = <T>(one: Located<T> | undefined) => one?.value;
const values = <T>(many: readonly Located<T>[] | undefined) => many?.map((one) => one.value);
const plain = (params: readonly Param[]) => params.map((one) => [one.name.value, one.value.value]);
const minimal = 'runners: {local: {load: local}}\nexecution: {environments: {local: {runner: local}}}\n';

// A large public server: jobs and workflows on other hosts, one static process kept for special tools.
const large = `# handlers take jobs themselves
handling:
  assign: [db-skip-locked]
  max_grab: 16
  ready_window_size: 32
  processes:
    main_job_0:
    special_0:
      tags: [special, _default_]
      plugins: [slurm]
      environment: {OMP_NUM_THREADS: 4, TMPDIR: /scratch}
runners:
  local:
    load: galaxy.jobs.runners.local:LocalJobRunner
    workers: 4
  slurm:
    load: galaxy.jobs.runners.slurm:SlurmJobRunner
    drmaa_library_path: /usr/lib/libdrmaa.so
    enabled: true
  dynamic:
    rules_module: galaxy.jobs.rules
execution:
  default: slurm
  environments:
    slurm:
      runner: slurm
      tags: [cluster]
      shell: /bin/bash
      nativeSpecification: --mem=4G
      docker_enabled: yes
      env:
        - {name: PATH, value: /opt/bin}
        - {file: /etc/profile, raw: true}
        - {execute: module load x}
      resubmit:
        - {condition: memory_limit_reached, environment: big, handler: special_0, delay: 60}
    tpv:
      runner: dynamic_tpv
      params: {tpv_config_files: [a.yml, b.yml], enabled: false}
      ignored_when_params_are_there: 1
tools:
  - {id: bwa, environment: cluster, handler: special_0}
  - {class: local, destination: tpv, params: {source: trackster}}
resources:
  default: all
  groups: {all: [cores, mem]}
limits:
  - {type: environment_user_concurrent_jobs, tag: cluster, value: 10}
  - {type: walltime, value: '24:00:00'}
`;

test('reads everything, with places', () => {
  const config = clean(large);
  assert.is(config.format, 'yaml');
  assert.is(config.inline, false);
  const { handling, runners, destinations, tools, limits } = config;
  assert.equal(values(handling.assign?.value), ['db-skip-locked']);
  assert.equal([value(handling.maxGrab), value(handling.readyWindowSize)], [16, 32]);
  assert.equal(values(handling.handlers.map((one) => one.id)), ['main_job_0', 'special_0']);
  assert.is(handling.handlers[0]?.tags, undefined);
  assert.equal(values(handling.handlers[1]?.tags), ['special', '_default_']);
  assert.equal(values(handling.handlers[1]?.plugins), ['slurm']);
  assert.equal(
    handling.handlers[1]?.environment.map((one) => [one.name.value, one.value.value]),
    [
      ['OMP_NUM_THREADS', '4'],
      ['TMPDIR', '/scratch'],
    ],
  );
  assert.is(under(handling.handlers[1]?.span), 'special_0');
  assert.equal(
    runners.map((one) => [one.id.value, value(one.load), value(one.workers), plain(one.params)]),
    [
      ['local', 'galaxy.jobs.runners.local:LocalJobRunner', 4, []],
      [
        'slurm',
        'galaxy.jobs.runners.slurm:SlurmJobRunner',
        undefined,
        [['drmaa_library_path', '/usr/lib/libdrmaa.so']],
      ],
      ['dynamic', undefined, undefined, [['rules_module', 'galaxy.jobs.rules']]],
    ],
  );
  assert.is(runners[1] && isEnabled(runners[1]), true);
  const [slurm, tpv] = destinations;
  assert.equal(plain(slurm?.params ?? []), [
    ['nativeSpecification', '--mem=4G'],
    ['docker_enabled', true],
  ]);
  assert.is(value(slurm?.shell), '/bin/bash');
  assert.equal(
    slurm?.env.map((one) => value(one.name) ?? value(one.file) ?? value(one.execute)),
    ['PATH', '/etc/profile', 'module load x'],
  );
  assert.is(value(slurm?.resubmit[0]?.destination), 'big');
  assert.is(value(slurm?.resubmit[0]?.delay), '60');
  assert.equal(plain(tpv?.params ?? []), [['tpv_config_files', ['a.yml', 'b.yml']]]);
  assert.is(tpv && isEnabled(tpv), false);
  assert.equal(
    tools.map((one) => [value(one.id), value(one.class), value(one.destination), value(one.handler)]),
    [
      ['bwa', undefined, 'cluster', 'special_0'],
      [undefined, 'local', 'tpv', undefined],
    ],
  );
  assert.is(under(spanOf(tools[0]?.handler)), 'special_0');
  assert.equal(values(limits.map((one) => one.type)), ['environment_user_concurrent_jobs', 'walltime']);
  assert.equal(values(config.resourceGroups[0]?.fields), ['cores', 'mem']);
});

test('environments may be a list', () => {
  const config = clean(
    'runners: {}\nexecution: {environments: [{id: a, runner: b, x: 1}, {id: c, runner: d}]}\n',
  );
  assert.equal(values(config.destinations.map((one) => one.id)), ['a', 'c']);
  assert.equal(plain(config.destinations[0]?.params ?? []), [['x', 1]]);
});

test('what Galaxy takes without a word is taken', () => {
  clean(`${minimal}handling: {}\n`);
  clean(`${minimal}handling: {processes: {h0: }}\n`);
  clean(`${minimal}handling: {max_grab: "4", ready_window_size: "10"}\n`);
  clean(`${minimal}dynamic: {rules_module: x}\ntools: []\nlimits: []\nresources: {}\n`);
  clean(
    'runners: {local: {load: local, workers: "2", any: {thing: [1]}}}\nexecution: {environments: {a: {runner: local, any: {thing: 1}, metrics: {src: disabled}}}}\n',
  );
});

test('an empty list of tags is none', () => {
  assert.is(
    clean(`${minimal}handling: {processes: {h0: {tags: []}}}\n`).handling.handlers[0]?.tags,
    undefined,
  );
});

test('methods are read in lower case, and an empty list names none', () => {
  const methods = clean(`${minimal}handling: {assign: [DB-Skip-Locked]}\n`).handling.assign;
  assert.equal(values(methods?.value), ['db-skip-locked']);
  assert.equal(clean(`${minimal}handling: {assign: []}\n`).handling.assign?.value, []);
});

// [what, added to the minimal file, code, marked text, part of the message]
const findings: [string, string, string, string, string][] = [
  [
    'assign_with',
    'handling: {assign_with: [db-skip-locked]}',
    'GX420',
    'assign_with',
    'in YAML it is "assign"',
  ],
  [
    'an unknown method',
    'handling: {assign: [db_skip_locked]}',
    'GX411',
    'db_skip_locked',
    'did you mean "db-skip-locked"',
  ],
  [
    'methods as text',
    'handling: {assign: db-skip-locked}',
    'GX201',
    'db-skip-locked',
    '"assign" must be a list',
  ],
  ['no methods', 'handling: {assign: }', 'GX201', 'assign', '"assign" must be a list'],
  [
    'tags as text',
    'handling: {processes: {h0: {tags: special}}}',
    'GX201',
    'special',
    '"tags" must be a list',
  ],
  [
    'plugins as text',
    'handling: {processes: {h0: {plugins: local}}}',
    'GX201',
    'local',
    '"plugins" must be a list',
  ],
  ['processes as a list', 'handling: {processes: [h0]}', 'GX201', '[h0]', '"processes" must be a mapping'],
  ['no processes', 'handling: {processes: }', 'GX201', 'processes', '"processes" must be a mapping'],
  ['no handling', 'handling:', 'GX201', 'handling', '"handling" must be a mapping'],
  ['no tools', 'tools:', 'GX201', 'tools', '"tools" must be a list'],
  ['no limits', 'limits:', 'GX201', 'limits', '"limits" must be a list'],
  ['no resources', 'resources:', 'GX201', 'resources', '"resources" must be a mapping'],
  [
    'no ready window',
    'handling: {ready_window_size: }',
    'GX201',
    'ready_window_size',
    'must be a whole number',
  ],
  [
    'a time in base 60',
    'limits: [{type: walltime, value: 24:00:00}]',
    'GX425',
    '24:00:00',
    'the number 86400',
  ],
  ['a number for a time', 'limits: [{type: walltime, value: 24}]', 'GX414', '24', 'time H:M:S'],
  [
    'no window',
    'limits: [{type: total_walltime, value: "1:0:0"}]',
    'GX415',
    'total_walltime',
    'needs a window',
  ],
  ['a limit without a type', 'limits: [{value: 1}]', 'GX205', '{value: 1}', 'required key "type"'],
  [
    'an unknown limit',
    'limits: [{type: environment_concurrent_jobs, value: 1}]',
    'GX416',
    'environment_concurrent_jobs',
    'no type of limit',
  ],
  [
    'a number that is none',
    'limits: [{type: environment_total_concurrent_jobs, id: a, value: x}]',
    'GX414',
    'x',
    'whole number',
  ],
  [
    'the typo of the sample',
    'tools: [{id: bwa, enviroment: a}]',
    'GX200',
    'enviroment',
    'did you mean "environment"',
  ],
  ['a tool with nothing', 'tools: [{environment: a}]', 'GX413', 'environment', 'neither an id nor a class'],
  ['a tool with both', 'tools: [{id: a, class: local}]', 'GX413', 'local', 'both'],
  [
    'an unknown key of a handler',
    'handling: {processes: {h0: {tag: [x]}}}',
    'GX200',
    'tag',
    'did you mean "tags"',
  ],
  ['an unknown section', 'destinations: {}', 'GX200', 'destinations', 'did you mean "execution"'],
];
for (const [what, text, code, marked, message] of findings) {
  test(`reports ${what}`, () => {
    const { found } = read(`${minimal}${text}\n`);
    assert.equal(
      found.map((one) => `${one.code} ${one.message}`).filter((one) => !one.startsWith(code)),
      [],
    );
    assert.is(found.length, 1);
    assert.is(under(found[0]?.span), marked);
    assert.match(found[0]?.message ?? '', message);
    assert.is(found[0]?.severity, code === 'GX200' || code === 'GX416' ? 'warning' : 'error');
  });
}

// [what, whole file, codes]
const whole: [string, string, string[]][] = [
  ['no runners', 'execution: {environments: {a: {runner: b}}}', ['GX205']],
  ['no execution', 'runners: {}', ['GX205']],
  ['an empty runner', 'runners: {local: }\nexecution: {environments: {a: {runner: b}}}', ['GX201']],
  ['an empty environment', 'runners: {}\nexecution: {environments: {a: }}', ['GX201']],
  ['a runner without load', 'runners: {a: {workers: 1}}\nexecution: {environments: {}}', ['GX412']],
  ['a list', '- a', ['GX201']],
  ['text', 'job_conf.xml', ['GX201']],
  ['nothing', '~', ['GX201']],
];
for (const [what, text, codes] of whole) {
  test(`reports a file with ${what}`, () => {
    const { found } = read(`${text}\n`);
    assert.equal(
      found.map((one) => one.code),
      codes,
    );
  });
}

test('unknown keys are only mentioned when they are allowed', () => {
  const { found } = read(`${minimal}tools: [{id: a, nice: 1}]\nhandling: {assign_with: [db-self]}\n`, true);
  assert.equal(found.map((one) => `${one.code} ${one.severity}`).sort(), ['GX200 info', 'GX420 error']);
});

test('the fix of a time is the time in quotes', () => {
  const { found } = read(`${minimal}limits: [{type: walltime, value: 24:00:00}]\n`);
  assert.is(found[0]?.fix?.edits[0]?.text, '"24:00:00"');
});

// The two forms of one configuration, as an administrator would convert them.
const asXml = `<job_conf>
  <plugins><plugin id="slurm" type="runner" load="galaxy.jobs.runners.slurm:SlurmJobRunner" workers="2"/></plugins>
  <handlers assign_with="db-preassign,db-skip-locked" default="vgp"><handler id="h0" tags="vgp,_default_"><plugin id="slurm"/></handler><handler id="h1"/></handlers>
  <destinations default="slurm"><destination id="slurm" runner="slurm" tags="cluster"><param id="mem">4</param><env id="X">1</env><resubmit destination="big"/></destination></destinations>
  <tools><tool id="bwa" destination="slurm" handler="vgp" resources="all"/></tools>
  <resources default="all"><group id="all" fields="cores,mem"/></resources>
  <limits><limit type="walltime">24:00:00</limit></limits>
</job_conf>`;
const asYaml = `runners: {slurm: {load: 'galaxy.jobs.runners.slurm:SlurmJobRunner', workers: 2}}
handling: {assign: [db-preassign, db-skip-locked], default: vgp, processes: {h0: {tags: [vgp, _default_], plugins: [slurm]}, h1: }}
execution: {default: slurm, environments: {slurm: {runner: slurm, tags: [cluster], mem: "4", env: [{name: X, value: "1"}], resubmit: [{environment: big}]}}}
tools: [{id: bwa, environment: slurm, handler: vgp, resources: all}]
resources: {default: all, groups: {all: [cores, mem]}}
limits: [{type: walltime, value: "24:00:00"}]
`;

/** A configuration without its places. */
function bare(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(bare);
  if (typeof item !== 'object' || item === null) return item;
  if ('value' in item && 'origin' in item) return bare(item.value);
  return Object.fromEntries(
    Object.entries(item)
      .filter(([key]) => !['span', 'file', 'format'].includes(key))
      .map(([key, one]) => [key, bare(one)]),
  );
}

test('XML and YAML of one configuration are one model', () => {
  const root = parseXml(makeSource('job_conf.xml', asXml), () => {});
  if (!root) throw new Error('not well-formed');
  const options = { allowUnknown: false, read: () => undefined };
  const fromXml = readJobConfXml(root, 'job_conf.xml', (one) => assert.unreachable(one.message), options);
  assert.equal(bare(clean(asYaml)), bare(fromXml));
});

test.run();
