import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readJobConfXml } from '../../src/frontends/job-conf-xml.ts';
import { type Located, spanOf } from '../../src/model/located.ts';
import type { JobConfig, Param } from '../../src/model/routing.ts';
import { isEnabled } from '../../src/model/routing-params.ts';
import { parseXml } from '../../src/syntax/xml.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('job_conf.xml');

function read(text: string, allowUnknown = false, imports: Record<string, string> = {}) {
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic) => found.push(one);
  const root = parseXml(makeSource('job_conf.xml', text), report);
  if (!root) throw new Error(found.map((one) => one.message).join());
  const config = readJobConfXml(root, 'config/job_conf.xml', report, {
    allowUnknown,
    read: (path) => parseXml(makeSource(path, imports[path] ?? ''), report),
  });
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
const inJobConf = (text: string) => `<job_conf>${text}<destinations/></job_conf>`;

const everything = `<?xml version="1.0"?>
<!-- a cluster with two kinds of handlers -->
<job_conf>
  <plugins workers="4">
    <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>
    <plugin id="slurm" type="runner" load="galaxy.jobs.runners.slurm:SlurmJobRunner" workers="2">
      <param id="drmaa_library_path" from_environ="DRMAA_LIBRARY_PATH">/usr/lib/libdrmaa.so</param>
      <param id="enabled">true</param>
    </plugin>
    <plugin id="dynamic" type="runner">
      <param id="rules_module">galaxy.jobs.rules</param>
    </plugin>
  </plugins>
  <handlers assign_with="db-preassign, DB-SKIP-LOCKED" max_grab="16" ready_window_size="32" default="main_pool" default_from_environ="POOL">
    <handler id="handler0" tags="special, _default_"/>
    <handler id="handler1">
      <plugin id="slurm"/>
    </handler>
  </handlers>
  <destinations default="slurm">
    <destination id="slurm" runner="slurm" tags="cluster,big" metrics="false">
      <param id="nativeSpecification">--mem=4G
</param>
      <param id="empty"/>
      <env id="PATH">/opt/bin:$PATH</env>
      <env file="/etc/profile" raw="true"/>
      <env exec="module load x"/>
      <resubmit condition="memory_limit_reached" destination="big" handler="handler0" delay="60"/>
    </destination>
    <destination id="docker" runner="local">
      <param id="enabled">no</param>
      <param id="container"><container type="docker">busybox:ubuntu-14.04</container></param>
    </destination>
  </destinations>
  <resources default="default">
    <group id="default" fields="cores, mem"/>
    <group id="all">cores,mem,</group>
  </resources>
  <tools>
    <tool id="toolshed.g2.bx.psu.edu/repos/iuc/bwa/bwa/" destination="cluster" handler="special" resources="all"/>
    <tool class="local" destination="docker"><param id="source">trackster</param></tool>
  </tools>
  <limits>
    <limit type="registered_user_concurrent_jobs">2</limit>
    <limit type="destination_user_concurrent_jobs" tag="cluster">10</limit>
    <limit type="destination_total_concurrent_jobs" id="slurm"> 100 </limit>
    <limit type="walltime">24:00:00</limit>
    <limit type="total_walltime" window="30">240:00:00</limit>
    <limit type="output_size">10GB</limit>
  </limits>
</job_conf>
`;

test('reads everything, with places', () => {
  const config = clean(everything);
  assert.is(config.format, 'xml');
  assert.is(config.file, 'config/job_conf.xml');
  const { handling, runners, destinations, tools, limits, resourceGroups } = config;
  assert.equal(values(handling.assign?.value), ['db-preassign', 'db-skip-locked']);
  assert.is(under(spanOf(handling.assign?.value[1])), 'DB-SKIP-LOCKED');
  assert.is(value(handling.maxGrab), 16);
  assert.is(value(handling.readyWindowSize), 32);
  assert.is(value(handling.default), 'main_pool');
  assert.is(handling.defaultFrom?.kind, 'environ');
  assert.is(handling.defaultFrom?.name.value, 'POOL');
  assert.equal(values(handling.handlers.map((one) => one.id)), ['handler0', 'handler1']);
  assert.equal(values(handling.handlers[0]?.tags), ['special', '_default_']);
  assert.is(under(spanOf(handling.handlers[0]?.tags?.[1])), '_default_');
  assert.is(handling.handlers[1]?.tags, undefined);
  assert.equal(values(handling.handlers[1]?.plugins), ['slurm']);

  assert.equal(
    runners.map((one) => [one.id.value, value(one.load), value(one.workers)]),
    [
      ['local', 'galaxy.jobs.runners.local:LocalJobRunner', 4],
      ['slurm', 'galaxy.jobs.runners.slurm:SlurmJobRunner', 2],
      ['dynamic', undefined, 4],
    ],
  );
  assert.is(under(spanOf(runners[0]?.workers)), '4');
  assert.equal(plain(runners[1]?.params ?? []), [['drmaa_library_path', '/usr/lib/libdrmaa.so']]);
  assert.is(runners[1]?.params[0]?.from?.name.value, 'DRMAA_LIBRARY_PATH');
  assert.is(runners[1] && isEnabled(runners[1]), true);

  const [slurm, docker] = destinations;
  assert.equal(values(slurm?.tags), ['cluster', 'big']);
  assert.equal(plain(slurm?.params ?? []), [
    ['nativeSpecification', '--mem=4G\n'],
    ['empty', null],
  ]);
  assert.is(value(slurm?.metrics), 'false');
  assert.equal(
    slurm?.env.map((one) => [
      value(one.name),
      value(one.file),
      value(one.execute),
      value(one.value),
      value(one.raw),
    ]),
    [
      ['PATH', undefined, undefined, '/opt/bin:$PATH', undefined],
      [undefined, '/etc/profile', undefined, undefined, true],
      [undefined, undefined, 'module load x', undefined, undefined],
    ],
  );
  const [again] = slurm?.resubmit ?? [];
  assert.equal(
    [value(again?.condition), value(again?.destination), value(again?.handler), value(again?.delay)],
    ['memory_limit_reached', 'big', 'handler0', '60'],
  );
  assert.is(docker && isEnabled(docker), false);
  assert.equal(plain(docker?.params ?? []), [
    ['container', [{ type: 'docker', identifier: 'busybox:ubuntu-14.04' }]],
  ]);
  assert.is(value(config.defaultDestination), 'slurm');

  assert.equal(
    tools.map((one) => [
      value(one.id),
      value(one.class),
      value(one.destination),
      value(one.handler),
      value(one.resources),
    ]),
    [
      ['toolshed.g2.bx.psu.edu/repos/iuc/bwa/bwa/', undefined, 'cluster', 'special', 'all'],
      [undefined, 'local', 'docker', undefined, undefined],
    ],
  );
  assert.equal(plain(tools[1]?.params ?? []), [['source', 'trackster']]);
  assert.is(under(spanOf(tools[0]?.handler)), 'special');
  assert.equal(
    limits.map((one) => [
      one.type.value,
      value(one.value),
      value(one.id) ?? value(one.tag) ?? value(one.window),
    ]),
    [
      ['registered_user_concurrent_jobs', '2', undefined],
      ['destination_user_concurrent_jobs', '10', 'cluster'],
      ['destination_total_concurrent_jobs', ' 100 ', 'slurm'],
      ['walltime', '24:00:00', undefined],
      ['total_walltime', '240:00:00', '30'],
      ['output_size', '10GB', undefined],
    ],
  );
  assert.equal(
    resourceGroups.map((one) => [one.id.value, values(one.fields)]),
    [
      ['default', ['cores', ' mem']],
      ['all', ['cores', 'mem']],
    ],
  );
});

test('only the first of a container counts, and the second is reported', () => {
  const { config, found } = read(
    '<job_conf><destinations/><handlers><handler id="a"/></handlers><handlers><handler id="b"/></handlers></job_conf>',
  );
  assert.equal(values(config.handling.handlers.map((one) => one.id)), ['a']);
  assert.equal(
    found.map((one) => one.code),
    ['GX404'],
  );
  assert.is(under(found[0]?.labels[0]?.span), 'handlers');
});

test('duplicates stay in the model: what they mean is asked of it', () => {
  const config = clean(
    '<job_conf><plugins><plugin id="l" type="runner" load="local"/><plugin id="l" type="runner" load="x"/></plugins><handlers><handler id="a"/><handler id="a" tags="t,t,"/></handlers><destinations default="d"><destination id="d" runner="l"/><destination id="d" runner="m"/></destinations></job_conf>',
  );
  assert.is(config.runners.length, 2);
  assert.is(config.destinations.length, 2);
  assert.equal(values(config.handling.handlers[1]?.tags), ['t', 't', '']);
});

test('an empty tag attribute is a tag with an empty name', () => {
  assert.equal(
    values(clean(inJobConf('<handlers><handler id="a" tags=""/></handlers>')).handling.handlers[0]?.tags),
    [''],
  );
});

test('the section of handlers may be empty or absent', () => {
  assert.is(clean(inJobConf('')).handling.span, undefined);
  const empty = clean(inJobConf('<handlers/>')).handling;
  assert.is(under(empty.span), '<handlers/>');
  assert.is(empty.assign, undefined);
  assert.is(clean(inJobConf('<handlers assign_with=""/>')).handling.assign, undefined);
});

test('a place inside a value with references is the whole value', () => {
  const tags = clean(inJobConf('<handlers><handler id="a" tags="x&amp;y,z"/></handlers>')).handling
    .handlers[0]?.tags;
  assert.equal(values(tags), ['x&y', 'z']);
  assert.is(under(spanOf(tags?.[1])), 'x&amp;y,z');
});

// [what, document, code, marked text, part of the message]
const findings: [string, string, string, string, string][] = [
  ['an unknown element', inJobConf('<handler id="a"/>'), 'GX400', 'handler', 'did you mean "handlers"'],
  ['a word from YAML', inJobConf('<runners/>'), 'GX400', 'runners', 'did you mean "plugins"'],
  [
    'an unknown attribute',
    inJobConf('<tools><tool id="x" desination="y"/></tools>'),
    'GX401',
    'desination',
    'did you mean "destination"',
  ],
  [
    'an attribute from YAML',
    inJobConf('<tools><tool id="x" environment="y"/></tools>'),
    'GX401',
    'environment',
    'did you mean "destination"',
  ],
  [
    'assign-with',
    inJobConf('<handlers assign-with="db-skip-locked"/>'),
    'GX410',
    'assign-with',
    '"assign_with"',
  ],
  [
    'an invalid method',
    inJobConf('<handlers assign_with="db-preassign,db_skip_locked"/>'),
    'GX411',
    'db_skip_locked',
    'did you mean "db-skip-locked"',
  ],
  [
    'a single method with spaces',
    inJobConf('<handlers assign_with=" db-skip-locked "/>'),
    'GX411',
    ' db-skip-locked ',
    'did you mean "db-skip-locked"',
  ],
  [
    'a handler without an id',
    inJobConf('<handlers><handler name="a"/></handlers>').replace(' name="a"', ''),
    'GX402',
    'handler',
    'has no "id"',
  ],
  [
    'a destination without a runner',
    '<job_conf><destinations><destination id="x"/></destinations></job_conf>',
    'GX402',
    'destination',
    'has no "runner"',
  ],
  ['no destinations', '<job_conf/>', 'GX402', 'job_conf', 'has no "destinations" element'],
  [
    'a runner without load',
    inJobConf('<plugins><plugin id="l" type="runner"/></plugins>'),
    'GX412',
    'plugin',
    'has no "load"',
  ],
  [
    'a plugin that is no runner',
    inJobConf('<plugins><plugin id="l" type="runer" load="local"/></plugins>'),
    'GX403',
    'runer',
    'must be "runner"',
  ],
  [
    'workers that are no number',
    inJobConf('<plugins workers="many"/>'),
    'GX403',
    'many',
    'must be a whole number',
  ],
  [
    'max_grab that is no number',
    inJobConf('<handlers max_grab="1.5"/>'),
    'GX403',
    '1.5',
    'must be a whole number',
  ],
  [
    'raw that is neither',
    '<job_conf><destinations><destination id="a" runner="b"><env id="X" raw="maybe">1</env></destination></destinations></job_conf>',
    'GX403',
    'maybe',
    'true or false',
  ],
  [
    'a tool without id and class',
    inJobConf('<tools><tool destination="x"/></tools>'),
    'GX413',
    '<tool destination="x"/>',
    'neither',
  ],
  ['a tool with an empty id', inJobConf('<tools><tool id=""/></tools>'), 'GX413', '<tool id=""/>', 'neither'],
  ['a tool with both', inJobConf('<tools><tool id="x" class="local"/></tools>'), 'GX413', 'local', 'both'],
  [
    'an unknown class',
    inJobConf('<tools><tool class="loacl"/></tools>'),
    'GX413',
    'loacl',
    'did you mean "local"',
  ],
  [
    'a walltime in hours',
    inJobConf('<limits><limit type="walltime">24</limit></limits>'),
    'GX414',
    '24',
    'time H:M:S',
  ],
  [
    'a number that is none',
    inJobConf('<limits><limit type="anonymous_user_concurrent_jobs">one</limit></limits>'),
    'GX414',
    'one',
    'whole number',
  ],
  [
    'an empty limit of a destination',
    inJobConf('<limits><limit type="concurrent_jobs" id="x"/></limits>'),
    'GX414',
    '<limit type="concurrent_jobs" id="x"/>',
    'it has no value',
  ],
  [
    'an empty walltime',
    inJobConf('<limits><limit type="walltime"/></limits>'),
    'GX414',
    'walltime',
    'has no value',
  ],
  [
    'a size that is none',
    inJobConf('<limits><limit type="output_size">10 GBs</limit></limits>'),
    'GX414',
    '10 GBs',
    'must be a size',
  ],
  [
    'a window that is absent',
    inJobConf('<limits><limit type="total_walltime">1:0:0</limit></limits>'),
    'GX415',
    'total_walltime',
    'needs a window',
  ],
  [
    'an unknown limit',
    inJobConf('<limits><limit type="wall_time">1:0:0</limit></limits>'),
    'GX416',
    'wall_time',
    'did you mean "walltime"',
  ],
  [
    'an entry of the environment without a name',
    '<job_conf><destinations><destination id="a" runner="b"><env>1</env></destination></destinations></job_conf>',
    'GX417',
    '<env>',
    'no variable',
  ],
  [
    'a parameter without a name',
    inJobConf('<tools><tool id="x"><param>1</param></tool></tools>'),
    'GX402',
    'param',
    'has no "id"',
  ],
  [
    'expand without macros',
    inJobConf('<tools><expand macro="x"/></tools>'),
    'GX430',
    'expand',
    'does nothing here',
  ],
];
for (const [what, text, code, marked, message] of findings) {
  test(`reports ${what}`, () => {
    const { found } = read(text);
    assert.equal(
      found.map((one) => one.code),
      [code],
    );
    assert.is(under(found[0]?.span), marked);
    assert.match(found[0]?.message ?? '', message);
    assert.ok(found[0]?.help);
    assert.ok(found[0]?.notes.some((one) => one.kind === 'why'));
  });
}

test('unknown names are warnings, and only mentioned when they are allowed', () => {
  const text = inJobConf('<cluster/><tools nice="1"/>');
  assert.equal(
    read(text).found.map((one) => one.severity),
    ['warning', 'warning'],
  );
  assert.equal(
    read(text, true).found.map((one) => one.severity),
    ['info', 'info'],
  );
  assert.is(read(inJobConf('<handlers assign-with="x"/>'), true).found[0]?.severity, 'error');
});

test('metrics and macros hold what they like, and parameters have any name', () => {
  clean(
    '<job_conf xmlns:xi="http://www.w3.org/2001/XInclude"><macros><token name="@A@">1</token></macros><destinations><destination id="a" runner="b"><param id="anything" from_config="y">x</param><job_metrics><core/><env variables="X"/></job_metrics></destination></destinations></job_conf>',
  );
});

test('what macros make knows the expand, and so do findings about it', () => {
  const text =
    '<job_conf><macros><xml name="h" tokens="id"><handler id="@ID@" tag="x"/></xml></macros><handlers><expand macro="h" id="h0"/></handlers><destinations/></job_conf>';
  const { config, found } = read(text);
  const [one] = config.handling.handlers;
  assert.is(one?.id.value, 'h0');
  assert.is(under(one?.span), '<handler id="@ID@" tag="x"/>');
  assert.is(under(one?.expandedAt), '<expand macro="h" id="h0"/>');
  assert.equal(
    found.map((two) => two.code),
    ['GX401'],
  );
  assert.equal(
    found[0]?.labels.map((label) => under(label.span)),
    ['<expand macro="h" id="h0"/>'],
  );
  assert.is(found[0]?.fix, undefined);
});

test('macros may come from another file', () => {
  const { config, found } = read(
    '<job_conf><macros><import>cluster_macros.xml</import></macros><destinations><expand macro="d"/></destinations></job_conf>',
    false,
    { 'cluster_macros.xml': '<macros><xml name="d"><destination id="x" runner="y"/></xml></macros>' },
  );
  assert.equal(found, []);
  assert.is(config.destinations[0]?.span.source.path, 'cluster_macros.xml');
});

test('the fix of a misspelt attribute is its right name', () => {
  const [one] = read(inJobConf('<handlers assign-with="db-skip-locked"/>')).found;
  assert.is(one?.fix?.edits[0]?.text, 'assign_with');
  assert.is(under(one?.fix?.edits[0]?.span), 'assign-with');
});

test('names from JavaScript are names like any other', () => {
  const config = clean(
    '<job_conf><handlers><handler id="__proto__" tags="constructor,toString"/></handlers><destinations><destination id="constructor" runner="__proto__"><param id="__proto__">1</param></destination></destinations></job_conf>',
  );
  assert.is(config.handling.handlers[0]?.id.value, '__proto__');
  assert.equal(plain(config.destinations[0]?.params ?? []), [['__proto__', '1']]);
});

test('no damage to a file makes the reader throw, and every finding points into it', () => {
  const pieces = [
    '<',
    '>',
    '/',
    '"',
    '&',
    '=',
    ' ',
    '<handlers>',
    '</tools>',
    '<expand macro="x"/>',
    '<macros>',
    'id=""',
    '@X@',
    '-->',
    '<!--',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(everything.length), fc.nat(30), fc.constantFrom('', ...pieces)), {
        maxLength: 4,
      }),
      (edits) => {
        let text = everything;
        for (const [at, length, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + length);
        const found: Diagnostic[] = [];
        const report = (one: Diagnostic) => found.push(one);
        const root = parseXml(makeSource('job_conf.xml', text), report);
        if (root)
          readJobConfXml(root, 'job_conf.xml', report, { allowUnknown: false, read: () => undefined });
        assert.ok(root || found.length > 0);
        for (const { span } of found) assert.ok(span && span.start <= span.end && span.end <= text.length);
      },
    ),
    { seed: 22, numRuns: 500 },
  );
});

test('time grows with the number of tools, not faster', () => {
  const tools = (count: number) =>
    inJobConf(
      `<tools>${Array.from({ length: count }, (_, n) => `<tool id="t${n}" destination="d${n % 9}"/>`).join('')}</tools>`,
    );
  const time = (text: string) => {
    const started = performance.now();
    clean(text);
    return performance.now() - started;
  };
  const [small, large] = [tools(4_000), tools(40_000)];
  time(small);
  const one = Math.min(time(small), time(small), time(small));
  assert.ok(time(large) < 60 * one + 500);
});

test.run();
