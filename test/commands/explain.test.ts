// gxgen explain tool:ID, workflow and FILE:LINE; the routing as a table and as a chart.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { memoryHost } from '../../src/host/memory.ts';

const test = suite('gxgen explain');

const galaxy = `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
  gunicorn:
    # Only here.
    bind: localhost:8080
    environment:
      API_TOKEN: canary-in-environment
  handlers:
    handler:
      processes: 2
      pools:
        - job-handlers
        - workflow-schedulers
    special:
      pools: [job-handlers.special]
galaxy:
  id_secret: canary-in-options
`;

const jobConf = `<job_conf>
    <plugins>
        <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>
    </plugins>
    <handlers assign_with="db-preassign,db-skip-locked">
        <handler id="serial0" tags="serial"/>
        <handler id="serial1" tags="serial"/>
    </handlers>
    <destinations>
        <destination id="local" runner="local"/>
    </destinations>
    <tools>
        <tool id="bwa_mem" handler="special"/>
        <tool id="index" handler="serial"/>
        <tool id="toolshed.example.org/repos/devteam/fastqc/fastqc" handler="special"/>
        <tool class="local" handler="serial0"/>
    </tools>
</job_conf>
`;

const files: Record<string, string> = {
  '/srv/galaxy/galaxy.yml': galaxy,
  '/srv/galaxy/job_conf.xml': jobConf,
};

async function run(argv: readonly string[], own: Record<string, string> = files) {
  const host = memoryHost({ cwd: '/srv/galaxy', files: own });
  const exit = await cli(argv, host);
  return { exit, ...host.output };
}

async function says(argv: readonly string[], words: readonly (string | RegExp)[], own = files) {
  const { exit, stdout, stderr } = await run(argv, own);
  assert.is(exit, 0, stderr);
  for (const one of words) {
    const found = typeof one === 'string' ? stdout.includes(one) : one.test(stdout);
    assert.ok(found, `${String(one)} is not in\n${stdout}`);
  }
  return stdout;
}

test('a tool that is mapped to the tag of a pool', async () => {
  await says(
    ['explain', 'tool:bwa_mem'],
    [
      'bwa_mem (job_conf.xml:13:9)',
      '"special" (job_conf.xml:13:37)',
      'db-preassign, then db-skip-locked (job_conf.xml:5:28)',
      'destination "local" (job_conf.xml:10:26), the only one',
      /special_0 +looks for "special": pool job-handlers\.special \(galaxy\.yml:17:15\)/,
    ],
  );
});

test('a tool that is mapped to the tag of static handlers', async () => {
  await says(
    ['explain', 'tool:INDEX/'],
    ['one of serial0, serial1 is chosen at once', /serial1 +the work carries its name/],
  );
});

test('a tool without an entry', async () => {
  await says(
    ['explain', 'tool:cat1'],
    [
      'job_conf.xml has no entry for it',
      'handler_0',
      'handler_1',
      'the class "local", the entry (job_conf.xml:16:9)',
    ],
  );
});

test('a Tool Shed tool with its version, and the hint for its short name', async () => {
  await says(
    ['explain', 'tool:toolshed.example.org/repos/devteam/fastqc/fastqc/0.74+galaxy0'],
    ['"special"'],
  );
  await says(['explain', 'tool:fastqc'], ['tool:toolshed.example.org/repos/devteam/fastqc/fastqc']);
});

test('nobody takes the jobs, here or at all', async () => {
  const own = { ...files, '/srv/galaxy/galaxy.yml': galaxy.replace('.special]', '.other]') };
  await says(['explain', 'tool:bwa_mem'], ['No process takes it: the job waits for ever.'], own);
  const elsewhere = { ...own, '/srv/galaxy/gxgen.yml': 'elsewhere: [job-handlers]\n' };
  await says(
    ['explain', 'tool:bwa_mem'],
    ['gxgen.yml says that job handlers run on other machines'],
    elsewhere,
  );
});

test('workflows', async () => {
  await says(['explain', 'workflow'], ['Workflow invocations', 'decided by', 'handler_0', 'handler_1']);
});

test('a line of the configuration: process by process', async () => {
  const out = await says(
    ['explain', 'galaxy.yml:7'],
    [
      'galaxy.yml:7',
      /setting of gunicorn +bind +localhost:8080/,
      /process gunicorn +argument +.*localhost:8080/,
    ],
  );
  assert.not.match(out, 'handler_0');
  await says(['explain', 'galaxy.yml:14:3'], [/process handler_0, handler_1 +pool +job-handlers/]);
});

test('a line that maps a tool', async () => {
  await says(
    ['explain', 'job_conf.xml:13'],
    [/tool "bwa_mem" handler +special/, 'taken by: special_0', 'tool:bwa_mem'],
  );
});

test('a line with a finding shows it', async () => {
  const own = { ...files, '/srv/galaxy/galaxy.yml': galaxy.replace('- job-handlers', '- job-handler') };
  await says(['explain', 'galaxy.yml:14'], ['error[GX460]', 'did you mean "job-handlers"?'], own);
});

test('lines that say nothing to gxgen', async () => {
  await says(['explain', 'galaxy.yml:6'], ['A comment']);
  await says(['explain', 'galaxy.yml:5'], ['No output of gxgen holds a value of this line']);
});

test('no secret is shown', async () => {
  for (const line of [9, 19]) {
    const { stdout, stderr } = await run(['explain', `galaxy.yml:${line}`]);
    assert.match(stdout, '********');
    assert.not.match(stdout + stderr, 'canary');
  }
});

for (const [argv, message] of [
  [['explain', 'galaxy.yml:400'], 'galaxy.yml has only 20 lines'],
  [['explain', 'nowhere.yml:1'], 'there is no file nowhere.yml'],
  [['explain', 'other.xml:1'], 'other.xml is not part of the configuration'],
  [['explain', 'tool:'], 'name the tool'],
  [['explain', 'GX999'], 'no code "GX999"'],
  [['explain'], 'name one thing'],
] as const) {
  test(`${argv.join(' ')}: wrong usage`, async () => {
    const { exit, stdout, stderr } = await run(argv, { ...files, '/srv/galaxy/other.xml': '<a/>' });
    assert.is(exit, 2);
    assert.is(stdout, '');
    assert.match(stderr, message);
  });
}

test('the file itself is compiled where it is in no usual place', async () => {
  const own = { '/srv/galaxy/sites/main.yml': galaxy };
  await says(['explain', 'sites/main.yml:7'], ['localhost:8080'], own);
  await says(['explain', 'tool:cat1', '-c', 'sites/main.yml'], ['there is no job configuration file'], own);
});

test('nothing to explain from', async () => {
  const { exit, stderr } = await run(['explain', 'workflow'], {});
  assert.is(exit, 2);
  assert.match(stderr, 'GX001');
});

test('the routing as a table', async () => {
  const { stdout } = await run(['model', '--format', 'table']);
  assert.equal(
    stdout.split('\n').map((line) => line.replace(/ {2,}/g, '|')),
    [
      'WORK|ASKS FOR|METHOD|PROCESSES',
      'bwa_mem, toolshed.example.org/repos/devteam/fastqc/fastqc|special|db-preassign, db-skip-locked|special_0',
      'index|serial|db-preassign, db-skip-locked|serial0, serial1',
      'class local|serial0|db-preassign, db-skip-locked|serial0',
      'all other tools|-|db-preassign, db-skip-locked|handler_0, handler_1',
      'workflows|-|db-preassign, db-skip-locked|handler_0, handler_1',
      '',
    ],
  );
});

test('the routing as a chart: every line is Mermaid, and no name gets out of its quotes', async () => {
  const own = { ...files, '/srv/galaxy/job_conf.xml': jobConf.replace('"index"', "'x&quot;] --> y[#quot;'") };
  const { stdout } = await run(['model', '--format', 'mermaid'], own);
  const lines = stdout.trimEnd().split('\n');
  assert.is(lines[0], 'flowchart LR');
  const node = String.raw`\w+`;
  const label = `"[^"]*"`;
  const forms = new RegExp(
    String.raw`^ {2}(?:${node}(?:\[${label}\]|\(\[${label}\]\)|\[\[${label}\]\])|${node} -->\|${label}\| ${node}(?: & ${node})*|${node} --> ${node}\(\[${label}\]\)|class ${node} nobody|classDef nobody .*)$`,
  );
  for (const line of lines.slice(1)) assert.match(line, forms);
  assert.match(stdout, 'pool job-handlers.special');
  assert.not.match(stdout, 'y[');
});

test('a hundred thousand tools are counted, not listed', async () => {
  const tools = Array.from({ length: 100_000 }, (_, index) => `<tool id="t${index}" handler="serial"/>`).join(
    '\n',
  );
  const own = { ...files, '/srv/galaxy/job_conf.xml': jobConf.replace('<tools>', `<tools>${tools}`) };
  const { stdout } = await run(['model', '--format', 'table'], own);
  assert.match(stdout, 't0, t1, t2 and 99998 more');
});

test.run();
