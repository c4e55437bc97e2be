// Rules about the job configuration where they must be silent, or say something else: other releases, rules of the
// site, handlers of another machine, values that are known only when Galaxy starts, files that are read in part.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';
import { jobsXml, jobsYml, server, serverWithXml } from '../../src/rules/example-jobs.ts';

const test = suite('rules about the job configuration');

interface Case {
  readonly release?: string;
  readonly elsewhere?: string;
  readonly yml?: string;
  readonly xml?: string;
}

function findings({ release = '24.1', elsewhere = '', yml, xml }: Case): readonly Diagnostic[] {
  const folder = '/srv/galaxy/config';
  const files = {
    [`${folder}/gxgen.yml`]: `release: "${release}"\ngunicorn_version: 22.0.0\n${elsewhere}`,
    [`${folder}/galaxy.yml`]: xml === undefined ? server : serverWithXml,
    ...(yml === undefined ? {} : { [`${folder}/job_conf.yml`]: yml }),
    ...(xml === undefined ? {} : { [`${folder}/job_conf.xml`]: xml }),
  };
  const host = memoryHost({ cwd: folder, files });
  return compile({ files: ['galaxy.yml'], allowUnknown: false, advice: true }, host).diagnostics;
}

// Codes of the rules here, errors and warnings alone.
function codes(one: Case): string[] {
  return findings(one)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code }) => code);
}

const tpv = `    tpv:
      runner: dynamic
      type: python
      function: map_tool_to_destination
      rules_module: tpv.rules
      tpv_config_files: [/srv/galaxy/config/tpv.yml]
`;
const local = '    local:\n      runner: local\n';
const named = (environments: string) => `  default: local\n  environments:\n${local}${environments}`;

const cases: readonly (readonly [what: string, one: Case, codes: readonly string[]])[] = [
  [
    'limits on what rules of the site make, and environments that lend their tags',
    {
      yml: jobsYml({
        execution: named(`${tpv}    tags_only:\n      tags: [big]\n`),
        more: 'limits:\n  - {type: environment_total_concurrent_jobs, id: pulsar-1, value: 3}\n',
      }),
    },
    [],
  ],
  [
    'an environment without a runner where no rule chooses',
    { yml: jobsYml({ execution: named('    tags_only:\n      tags: [big]\n') }) },
    ['GX472'],
  ],
  ['dynamic_tpv in 25.0', { release: '25.0', yml: jobsYml({ execution: named(tpvShort('')) }) }, []],
  ['dynamic_tpv in 24.1', { yml: jobsYml({ execution: named(tpvShort('')) }) }, ['GX472']],
  [
    'dynamic_tpv without a configuration',
    {
      release: '26.1',
      yml: jobsYml({ execution: named('    tpv:\n      runner: dynamic_tpv\n') }),
    },
    ['GX485'],
  ],
  [
    'two configurations of TPV',
    { yml: jobsYml({ execution: named(`${tpv}      tpv_configs: [x]\n`) }) },
    ['GX485'],
  ],
  [
    'the module of TPV given to the runner dynamic',
    {
      yml: jobsYml({
        runners: '  dynamic:\n    rules_module: tpv.rules\n',
        execution: named(tpv.replace('      rules_module: tpv.rules\n', '')),
      }),
    },
    [],
  ],
  [
    'destinations that may be disabled when Galaxy starts',
    {
      xml: jobsXml({
        destinations: `        <destination id="local" runner="local">
            <param id="enabled" from_environ="WITH_LOCAL">true</param>
        </destination>
        <destination id="other" runner="local">
            <param id="enabled" from_environ="WITH_OTHER">false</param>
        </destination>
`,
        more: '    <tools>\n        <tool id="upload1" destination="other"/>\n    </tools>\n',
      }),
    },
    [],
  ],
  [
    'a default that the environment decides',
    { xml: jobsXml({ fallback: ' default="nowhere" default_from_environ="DEFAULT"' }) },
    [],
  ],
  [
    'a disabled destination in use',
    {
      yml: jobsYml({
        execution: named('    idle:\n      runner: nothing\n      enabled: false\n      tags: [night]\n'),
        more: 'tools:\n  - {id: a, environment: idle}\n  - {id: b, environment: night}\n',
      }),
    },
    ['GX487', 'GX487'],
  ],
  [
    'a disabled runner in use',
    {
      yml: jobsYml({
        runners:
          '  slurm:\n    load: galaxy.jobs.runners.slurm:SlurmJobRunner\n    enabled: false\n    workers: 0\n',
        execution: named('    slurm:\n      runner: slurm\n'),
      }),
    },
    ['GX472'],
  ],
  [
    'names that may stand in a file that is missing',
    {
      xml: jobsXml({
        more: `    <macros><import>tools.xml</import></macros>
    <tools><tool id="upload1" destination="imported" resources="imported"/></tools>
`,
      }),
    },
    ['GX419'],
  ],
  [
    'runners and parameters of a release younger than the list',
    {
      release: '27.0',
      yml: jobsYml({
        runners: '  new:\n    load: galaxy.jobs.runners.slurms:SlurmJobRunner\n    novel: 1\n',
      }),
    },
    [],
  ],
  [
    'runners of the site',
    {
      yml: jobsYml({
        runners:
          '  own:\n    load: site.runners:OwnRunner\n    anything: 1\n  bare:\n    load: site_runner\n',
      }),
    },
    [],
  ],
  [
    'a runner module that came later',
    { yml: jobsYml({ runners: '  c:\n    load: galaxy.jobs.runners.htcondor:HTCondorJobRunner\n' }) },
    ['GX371'],
  ],
  [
    'runners of old configurations, which Galaxy has no more',
    {
      yml: jobsYml({
        runners:
          '  lwr:\n    load: galaxy.jobs.runners.lwr:LwrJobRunner\n  sge:\n    load: galaxy.jobs.runners.sge\n',
      }),
    },
    ['GX371', 'GX371'],
  ],
  [
    'the same in its release',
    {
      release: '26.1',
      yml: jobsYml({ runners: '  c:\n    load: galaxy.jobs.runners.htcondor:HTCondorJobRunner\n' }),
    },
    [],
  ],
  [
    'parameters nested in a runner',
    {
      yml: jobsYml({
        runners:
          '  k8s:\n    load: galaxy.jobs.runners.kubernetes:KubernetesJobRunner\n    params: {k8s_namespace: galaxy}\n',
      }),
    },
    ['GX372'],
  ],
  [
    'a tag with the id of a later destination',
    { yml: jobsYml({ execution: named('    b: {runner: local, tags: [c]}\n    c: {runner: local}\n') }) },
    ['GX473'],
  ],
  [
    'a destination tagged with its own id, in a release that merges',
    { release: '26.0', yml: jobsYml({ execution: named('    b: {runner: local, tags: [b]}\n') }) },
    [],
  ],
  [
    'resubmission to a handler of another machine',
    {
      elsewhere: 'elsewhere: [job-handlers]\n',
      yml: jobsYml({
        execution: `  environments:\n${local}      resubmit:\n        - {condition: memory_limit_reached, handler: far_0}\n`,
      }),
    },
    [],
  ],
  [
    'resubmission that ends in a conditional entry',
    {
      yml: jobsYml({
        execution: named(
          '      resubmit:\n        - environment: b\n    b:\n      runner: local\n      resubmit:\n        - {condition: attempt < 3, environment: local}\n',
        ),
      }),
    },
    [],
  ],
  [
    'resubmission to itself',
    { yml: jobsYml({ execution: `  environments:\n${local}      resubmit:\n        - delay: 60\n` }) },
    ['GX499'],
  ],
  [
    'a handler with a tag that needs no other runner',
    {
      yml: jobsYml({
        runners: '  slurm:\n    load: galaxy.jobs.runners.slurm:SlurmJobRunner\n',
        handling: '  processes:\n    quick0:\n      tags: [quick]\n      plugins: [local]\n',
        execution:
          '  default: slurm\n  environments:\n    slurm: {runner: slurm}\n    local: {runner: local}\n',
        more: 'tools:\n  - {id: upload1, handler: quick, environment: local}\n',
      }),
    },
    [],
  ],
  [
    'metrics="true"',
    {
      xml: jobsXml({
        destinations: '        <destination id="local" runner="local" metrics="true"/>\n',
      }),
    },
    ['GX477'],
  ],
  [
    'metrics="off"',
    {
      xml: jobsXml({
        destinations: '        <destination id="local" runner="local" metrics="Off"/>\n',
      }),
    },
    [],
  ],
  [
    'metrics as a list',
    { yml: jobsYml({ execution: `  environments:\n${local}      metrics:\n        - {type: core}\n` }) },
    [],
  ],
  [
    'a limit on several destinations that are not there',
    {
      yml: jobsYml({
        execution: named(
          '    any:\n      runner: dynamic\n      type: choose_one\n      destination_ids: [local, a, b]\n',
        ),
        more: 'limits:\n  - {type: destination_total_concurrent_jobs, tag: nights, value: 1}\n',
      }),
    },
    ['GX483', 'GX365'],
  ],
];

for (const [what, one, expected] of cases) {
  test(what, () => {
    const found = findings(one).map(({ code, message }) => `${code} ${message}`);
    assert.equal(codes(one), expected, found.join('\n'));
  });
}

test('a tag that is an id is a warning where Galaxy merges, and an error where it crashes', () => {
  const yml = jobsYml({ execution: named('    b: {runner: local, tags: [local]}\n') });
  const severities = ['25.1', '26.0'].map((release) => findings({ release, yml })[0]?.severity);
  assert.equal(severities, ['error', 'warning']);
});

test('many tools with as many wrong destinations are found in linear time', () => {
  const tools = Array.from({ length: 20_000 }, (_, index) => `  - {id: t${index}, environment: x${index}}\n`);
  const environments = Array.from({ length: 300 }, (_, index) => `    x_${index}: {runner: local}\n`);
  const yml = jobsYml({ execution: named(environments.join('')), more: `tools:\n${tools.join('')}` });
  const start = performance.now();
  const found = codes({ yml });
  assert.is(found.length, 20_000);
  assert.ok(performance.now() - start < 15_000);
});

function tpvShort(more: string): string {
  return `    tpv:\n      runner: dynamic_tpv\n      tpv_config_files: [/srv/galaxy/config/tpv.yml]\n${more}`;
}

test.run();
