// Rules about who does what, on whole configurations: what each finds, and above all when they are silent. One
// mistake is one finding; information is left out.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';

const test = suite('handlers, pools, workflows');

interface Given {
  /** Entries of `handlers`, as YAML. */
  readonly dynamic?: string;
  /** More of the gravity section. */
  readonly gravity?: string;
  /** The element in job_conf.xml. */
  readonly handlers?: string;
  readonly tools?: string;
  /** The element in workflow_schedulers_conf.xml; undefined: no such file. */
  readonly workflow?: string;
  readonly release?: string;
  readonly elsewhere?: string;
  /** More of the galaxy section. */
  readonly galaxy?: string;
}

function find(given: Given): string {
  const {
    dynamic,
    gravity = '',
    handlers = '',
    tools = '',
    workflow,
    release = '24.1',
    elsewhere,
    galaxy = '',
  } = given;
  const folder = '/srv/galaxy/config';
  const files: Record<string, string> = {
    'galaxy.yml': `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
${gravity}${dynamic === undefined ? '' : `  handlers: {${dynamic}}\n`}galaxy:
  id_secret: 4c1b9f1e5d6a4f0e8b7a
${galaxy}`,
    'gxgen.yml': `release: "${release}"\ngunicorn_version: 22.0.0\n${elsewhere ? `elsewhere: [${elsewhere}]\n` : ''}`,
    'job_conf.xml': `<job_conf><plugins><plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/></plugins>
${handlers}
<destinations><destination id="local" runner="local"/></destinations><tools>${tools}</tools></job_conf>
`,
  };
  if (workflow !== undefined) {
    files['workflow_schedulers_conf.xml'] =
      `<workflow_schedulers default="core"><core id="core"/>\n${workflow}\n</workflow_schedulers>\n`;
  }
  const host = memoryHost({
    cwd: folder,
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
  });
  return compile({ files: ['galaxy.yml'], allowUnknown: false, advice: true }, host)
    .diagnostics.filter((one) => one.severity !== 'info')
    .map((one) => `${one.severity === 'error' ? '' : '?'}${one.name}@${placeOf(one).split(':')[0]}`)
    .join(' ');
}

const grab = '<handlers assign_with="db-skip-locked"/>';
const both = 'pools: [job-handlers, workflow-schedulers]';
const tool = (handler: string) => `<tool id="t" handler="${handler}"/>`;
const list = (attributes: string, ...handlers: string[]) =>
  `<handlers${attributes}>${handlers.map((one) => `<handler ${one}/>`).join('')}</handlers>`;

// [what, configuration, findings]
const cases: [string, Given, string][] = [
  // What each process answers to.
  ['a dynamic name', { dynamic: `h: {processes: 3, ${both}}`, handlers: grab, tools: tool('h_2') }, ''],
  [
    'a dynamic name past the last',
    { dynamic: `h: {processes: 3, ${both}}`, handlers: grab, tools: tool('h_3') },
    'tool-handler-unknown@job_conf.xml',
  ],
  [
    'a name by a template',
    {
      dynamic: `h: {processes: 2, name_template: "job_{process:02d}", ${both}}`,
      handlers: grab,
      tools: tool('job_01'),
    },
    '',
  ],
  [
    'the name of the entry is none',
    { dynamic: `h: {processes: 2, ${both}}`, handlers: grab, tools: tool('h') },
    'tool-handler-unknown@job_conf.xml',
  ],
  [
    'an entry that ends in a digit is one',
    { dynamic: `h1: {${both}}`, handlers: grab, tools: tool('h1') },
    '',
  ],
  ['the default by its own name', { dynamic: `h: {${both}}`, handlers: grab, tools: tool('_default_') }, ''],
  [
    'the name of a pool',
    { dynamic: `h: {${both}}`, handlers: grab, tools: tool('job-handlers') },
    'tool-handler-unknown@job_conf.xml',
  ],
  [
    'a scheduler that handles no jobs',
    { dynamic: `h: {${both}}, w0: {pools: [workflow-schedulers]}`, handlers: grab, tools: tool('w0') },
    'tool-handler-unknown@job_conf.xml',
  ],
  ['web processes only, and a tag', { tools: tool('big') }, 'tool-handler-unknown@job_conf.xml'],
  ['handlers on another machine', { handlers: grab, tools: tool('big'), elsewhere: 'job-handlers' }, ''],
  [
    'the tag is in a misspelt pool',
    {
      dynamic: `h: {${both}}, b: {pools: [job-handler.big]}`,
      handlers: grab,
      tools: tool('big'),
      workflow: grab,
    },
    'pool-unknown@galaxy.yml',
  ],
  [
    'the handler is in no pool',
    { dynamic: `h: {${both}}, b0: {}`, handlers: grab, tools: tool('b0'), workflow: grab },
    'pool-missing@galaxy.yml',
  ],
  [
    'a tag misspelt in the tool',
    {
      dynamic: `h: {${both}}, b: {pools: [job-handlers.assembly]}`,
      handlers: grab,
      tools: tool('assembley'),
      workflow: grab,
    },
    'tool-handler-unknown@job_conf.xml',
  ],
  [
    'a tag that drains',
    { dynamic: `h: {${both}}, b: {pools: [job-handlers.drain]}`, handlers: grab, workflow: grab },
    '',
  ],
  ['a listed handler that drains', { handlers: list('', 'id="a"', 'id="b" tags="draining"') }, ''],
  [
    'a tag for one that is mapped by name',
    { handlers: list('', 'id="a"', 'id="b" tags="alone"'), tools: tool('b') },
    '',
  ],
  [
    'web on another machine decides about tags',
    {
      dynamic: `h: {${both}}, b: {pools: [job-handlers.big]}`,
      handlers: grab,
      workflow: grab,
      gravity: '  gunicorn: {enable: false}\n',
      elsewhere: 'web',
    },
    '',
  ],
  // Methods.
  ['no method, dynamic handlers', { dynamic: `h: {${both}}` }, 'dynamic-handlers-no-assign@galaxy.yml'],
  [
    'no method, listed and dynamic handlers share since 21.05',
    { dynamic: `h: {${both}}`, handlers: list('', 'id="a"') },
    '',
  ],
  [
    'no method, listed and dynamic handlers in 20.09',
    { dynamic: `h: {${both}}`, handlers: list('', 'id="a"'), release: '20.09' },
    'dynamic-handlers-no-assign@galaxy.yml',
  ],
  [
    'a misspelt attribute is one mistake',
    { dynamic: `h: {${both}}`, handlers: '<handlers assign-with="db-skip-locked"/>' },
    'handlers-assign-hyphen@job_conf.xml',
  ],
  [
    'a misspelt method is one mistake',
    { dynamic: `h: {${both}}`, handlers: '<handlers assign_with="db_skip_locked"/>' },
    'handlers-assign-invalid@job_conf.xml',
  ],
  [
    'preassign and dynamic handlers',
    { dynamic: `h: {${both}}`, handlers: '<handlers assign_with="db-preassign"/>' },
    'handlers-preassign-dynamic@job_conf.xml',
  ],
  [
    'preassign, and a dynamic handler that is listed',
    { dynamic: `h1: {${both}}`, handlers: list(' assign_with="db-preassign"', 'id="h1"') },
    '?handler-static-and-dynamic@job_conf.xml',
  ],
  [
    'preassign, and schedulers of their own',
    {
      dynamic: 'w: {pools: [workflow-schedulers]}',
      handlers: list(' assign_with="db-preassign"', 'id="a"'),
      workflow: grab,
    },
    '',
  ],
  [
    'preassign first, then the database',
    { dynamic: `h: {${both}}`, handlers: '<handlers assign_with="db-preassign,db-skip-locked"/>' },
    '',
  ],
  [
    'the web makes and handles, the rest is tagged',
    { handlers: list(' assign_with="db-self"', 'id="a" tags="big"'), tools: tool('big') },
    '',
  ],
  [
    'isolation in 22.05',
    {
      dynamic: `h: {processes: 2, ${both}}`,
      handlers: '<handlers assign_with="db-transaction-isolation"/>',
      release: '22.05',
    },
    '',
  ],
  [
    'isolation with one handler in 23.1',
    {
      dynamic: `h: {${both}}`,
      handlers: '<handlers assign_with="db-transaction-isolation"/>',
      release: '23.1',
    },
    '',
  ],
  [
    'isolation with two handlers in 24.0',
    {
      dynamic: `h: {processes: 2, ${both}}`,
      handlers: '<handlers assign_with="db-transaction-isolation"/>',
      release: '24.0',
    },
    'handlers-assign-txn-isolation@job_conf.xml',
  ],
  [
    'mules in 21.09',
    {
      dynamic: `h: {${both}}`,
      handlers: '<handlers assign_with="uwsgi-mule-message,db-skip-locked"/>',
      release: '21.09',
    },
    '',
  ],
  // Nobody.
  ['a method and nobody', { handlers: grab }, 'assign-without-handlers@job_conf.xml'],
  ['a method and nobody here', { handlers: grab, elsewhere: 'job-handlers' }, ''],
  [
    'a method and schedulers only',
    { handlers: grab, dynamic: 'w: {pools: [workflow-schedulers]}', workflow: grab },
    'assign-without-handlers@job_conf.xml',
  ],
  ['a method and one without a pool', { handlers: grab, dynamic: 'h: {}' }, 'pool-missing@galaxy.yml'],
  [
    'everybody is reserved',
    { handlers: grab, dynamic: 'b: {pools: [job-handlers.big, workflow-schedulers]}', tools: tool('big') },
    'handlers-no-default-member@job_conf.xml',
  ],
  [
    'a default that is a pool tag',
    {
      handlers: '<handlers assign_with="db-skip-locked" default="big"/>',
      dynamic: 'b: {pools: [job-handlers.big, workflow-schedulers]}',
    },
    '',
  ],
  [
    'a default that nobody has',
    { handlers: '<handlers assign_with="db-skip-locked" default="bug"/>', dynamic: `b: {${both}}` },
    'handlers-default-unknown@job_conf.xml',
  ],
  // Workflows.
  ['job handlers schedule without a file', { handlers: grab, dynamic: 'h: {pools: [job-handlers]}' }, ''],
  [
    'a file with handlers, nobody in the pool',
    { handlers: grab, dynamic: 'h: {pools: [job-handlers]}', workflow: grab },
    'wf-no-scheduler@workflow_schedulers_conf.xml',
  ],
  [
    'schedulers on another machine',
    {
      handlers: grab,
      dynamic: 'h: {pools: [job-handlers]}',
      workflow: grab,
      elsewhere: 'workflow-schedulers',
    },
    '',
  ],
  [
    'a misspelt workflow pool is one mistake',
    { handlers: grab, dynamic: 'h: {pools: [job-handlers, workflow-scheduler]}', workflow: grab },
    'pool-unknown@galaxy.yml',
  ],
  ['the sample as it is, web only', { workflow: '' }, 'wf-conf-no-handlers@workflow_schedulers_conf.xml'],
  ['the sample as it is, with the pool', { handlers: grab, dynamic: `h: {${both}}`, workflow: '' }, ''],
  [
    'the sample as it is, and jobs that are given out',
    { handlers: list(' assign_with="db-preassign"', 'id="a"'), workflow: '' },
    '',
  ],
  [
    'a scheduler with a job tag, beside others',
    {
      handlers: grab,
      dynamic: `h: {${both}}, s: {pools: [job-handlers.big, workflow-schedulers]}`,
      tools: tool('big'),
      workflow: grab,
    },
    '?wf-scheduler-job-tag@galaxy.yml',
  ],
  [
    'a workflow tag that is the default',
    {
      handlers: grab,
      dynamic: 'h: {pools: [job-handlers]}, v: {pools: [workflow-schedulers.vgp]}',
      workflow: '<handlers assign_with="db-skip-locked" default="vgp"/>',
    },
    '',
  ],
  [
    'a hyphen in the workflow file is one mistake',
    {
      handlers: grab,
      dynamic: 'h: {pools: [job-handlers]}',
      workflow: '<handlers assign-with="db-skip-locked"/>',
    },
    'handlers-assign-hyphen@workflow_schedulers_conf.xml',
  ],
  ['every process schedules where the web is all', { workflow: '<handlers/>' }, ''],
  [
    'a tagged pool alone in 21.05',
    {
      handlers: grab,
      dynamic: `h: {${both}}, s: {pools: [job-handlers.big]}`,
      tools: tool('big'),
      release: '21.05',
    },
    '',
  ],
  [
    'a tagged pool alone in 26.1',
    {
      handlers: grab,
      dynamic: `h: {${both}}, s: {pools: [job-handlers.big]}`,
      tools: tool('big'),
      release: '26.1',
    },
    'pool-tagged-only-no-wf-conf@galaxy.yml',
  ],
  [
    'a tagged pool with the workflow pool',
    {
      handlers: grab,
      dynamic: `h: {${both}}, s: {pools: [job-handlers.big, job-handlers]}`,
      tools: tool('big'),
    },
    '',
  ],
  [
    'a workflow file that is named and missing',
    { handlers: grab, dynamic: `h: {${both}}`, galaxy: '  workflow_schedulers_config_file: wf.xml\n' },
    '?wf-conf-not-found@galaxy.yml',
  ],
  // Names.
  ['a server name for a web server alone', { gravity: '  gunicorn: {workers: 2}\n' }, ''],
  [
    'ids and tags collide',
    { handlers: list('', 'id="a"', 'id="b" tags="a"') },
    'handler-tag-is-id@job_conf.xml',
  ],
  [
    'ids and tags collide in 26.0',
    { handlers: list('', 'id="a"', 'id="b" tags="a"'), tools: tool('a'), release: '26.0' },
    '?handler-tag-is-id@job_conf.xml',
  ],
  [
    'the pool of a handler',
    {
      handlers: list('', 'id="a"'),
      dynamic: 'h: {pools: [job-handlers.a, job-handlers, workflow-schedulers]}',
      tools: tool('a'),
    },
    'pool-tag-is-handler@galaxy.yml',
  ],
  [
    'the pool of a handler in 26.0',
    {
      handlers: list('', 'id="a"'),
      dynamic: 'h: {pools: [job-handlers.a, job-handlers, workflow-schedulers]}',
      tools: tool('a'),
      release: '26.0',
    },
    '?pool-tag-is-handler@galaxy.yml',
  ],
  ['the web name of old', { handlers: list('', 'id="main"') }, '?static-handler-main@job_conf.xml'],
  ['the web name of old in 21.09', { handlers: list('', 'id="main"'), release: '21.09' }, ''],
];
for (const [what, given, findings] of cases) test(what, () => assert.is(find(given), findings));

test.run();
