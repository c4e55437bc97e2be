// job_conf.xml to job_conf.yml: both are read by gxgen's own front ends, and what Galaxy would make of them is the same.

import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readJobConfXml } from '../../src/frontends/job-conf-xml.ts';
import { readJobConfYml } from '../../src/frontends/job-conf-yml.ts';
import { jobComments } from '../../src/migrate/job-conf-comments.ts';
import { editJobConfXml } from '../../src/migrate/job-conf-xml.ts';
import { writeJobConfYml } from '../../src/migrate/job-conf-yml.ts';
import { editJobConfYml } from '../../src/migrate/job-conf-yml-edit.ts';
import type { Strategy } from '../../src/migrate/strategy.ts';
import { compareFacts } from '../../src/model/compare.ts';
import type { Instance } from '../../src/model/deployment.ts';
import { Facts } from '../../src/model/fact.ts';
import { jobFacts } from '../../src/model/facts-jobs.ts';
import type { JobConfig } from '../../src/model/routing.ts';
import { documentComments, parseXml } from '../../src/syntax/xml.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('migrate job_conf');

function readXml(text: string) {
  const found: Diagnostic[] = [];
  const source = makeSource('job_conf.xml', text);
  const root = parseXml(source, (one) => found.push(one));
  if (!root) throw new Error(found.map((one) => one.message).join());
  const jobs = readJobConfXml(root, 'job_conf.xml', (one) => found.push(one), {
    allowUnknown: true,
    read: () => undefined,
  });
  return { source, root, jobs, found };
}

function readYml(text: string) {
  const found: Diagnostic[] = [];
  const root = parseYaml(makeSource('job_conf.yml', text), (one) => found.push(one));
  if (!root) throw new Error(`${found.map((one) => one.message).join()}\n${text}`);
  const jobs = readJobConfYml(root, 'job_conf.yml', (one) => found.push(one), { allowUnknown: true });
  return {
    jobs,
    errors: found.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.message}`),
  };
}

/** As the old file had it: each handler by its name. */
function unchanged(jobs: JobConfig): Strategy {
  return {
    kind: 'static',
    why: '',
    groups: [],
    statics: jobs.handling.handlers,
    names: [],
    gone: new Set(),
    questions: [],
  };
}

const strategy = (kind: Strategy['kind'], more: Partial<Strategy> = {}): Strategy => ({
  kind,
  why: '',
  groups: [],
  statics: [],
  names: [],
  gone: new Set(),
  questions: [],
  ...more,
});

function factsOf(jobs: JobConfig) {
  const facts = new Facts('galaxy');
  jobFacts({ jobs } as Instance, facts);
  return facts.list;
}

function differences(before: JobConfig, after: JobConfig): string[] {
  return compareFacts(factsOf(before), factsOf(after)).map((one) => one.words);
}

function convert(text: string) {
  const { root, jobs } = readXml(text);
  return writeJobConfYml(jobs, unchanged(jobs), jobComments(root, documentComments(root)), new Map());
}

const cluster = `<?xml version="1.0"?>
<!-- the cluster of example.org
     two kinds of handlers -->
<job_conf>
  <!-- runners -->
  <plugins workers="4">
    <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>
    <!-- slurm by DRMAA -->
    <plugin id="slurm" type="runner" load="galaxy.jobs.runners.drmaa:DRMAAJobRunner" workers="2">
      <param id="drmaa_library_path">/usr/lib/libdrmaa.so</param>
    </plugin>
  </plugins>
  <handlers default="handlers">
    <handler id="handler0" tags="handlers"/>
    <handler id="handler1" tags="handlers, special"><plugin id="slurm"/></handler>
    <!-- the last handler -->
  </handlers>
  <destinations default="slurm_default">
    <destination id="slurm_default" runner="slurm" tags="cluster,nodes">
      <!-- two cores -->
      <param id="nativeSpecification">-n 2 --time=12:30:00</param>
      <env id="TMPDIR">/scratch/$USER</env>
      <env file="/etc/profile.d/modules.sh"/>
      <env exec="module load samtools"/>
      <resubmit condition="memory_limit_reached" destination="slurm_big"/>
    </destination>
    <destination id="slurm_big" runner="slurm"><param id="nativeSpecification">--mem=64G</param></destination>
    <destination id="docker" runner="local"><param id="docker_enabled">true</param><param id="tags">not tags</param></destination>
  </destinations>
  <tools>
    <!-- mapping -->
    <tool id="bwa" destination="slurm_big" handler="special"/>
    <tool id="upload1" destination="slurm_default"><param id="source">trackster</param></tool>
  </tools>
  <limits>
    <limit type="walltime">24:00:00</limit>
    <limit type="registered_user_concurrent_jobs">4</limit>
    <limit type="destination_user_concurrent_jobs" id="slurm_big">1</limit>
  </limits>
  <resources default="small">
    <group id="small">cores,memory</group>
  </resources>
</job_conf>
`;

test('every part of a job_conf.xml means the same as YAML', () => {
  const { jobs } = readXml(cluster);
  const { text, questions } = convert(cluster);
  const back = readYml(text);
  assert.equal(back.errors, [], text);
  assert.equal(questions, []);
  // In XML containers go through sudo unless the file says otherwise.
  assert.equal(differences(jobs, back.jobs), ['destination docker: param docker_sudo set to true']);
  assert.ok(text.startsWith('# yaml-language-server: $schema=job-conf.schema.json\n'), text);
  assert.ok(text.includes('value: "24:00:00"'), text);
});

test('every comment of a job_conf.xml stands above the entry it stood at', () => {
  const { text } = convert(cluster);
  for (const comment of [
    '# the cluster of example.org\n# two kinds of handlers\n',
    '# runners\nrunners:',
    '# slurm by DRMAA\n  slurm:',
    '# two cores\n    slurm_default:',
    '# mapping\n  - id: bwa',
    '# the last handler',
  ])
    assert.ok(text.includes(comment), `${comment}\n---\n${text}`);
});

test('the job configurations of all fixtures mean the same as YAML', () => {
  let count = 0;
  for (const path of readdirSync('fixtures', { recursive: true, encoding: 'utf8' })) {
    if (!/\/in\/(?:.*\/)?job_conf[^/]*\.xml$/.test(path)) continue;
    const text = readFileSync(`fixtures/${path}`, 'utf8');
    const found: Diagnostic[] = [];
    const root = parseXml(makeSource(path, text), (one) => found.push(one));
    if (!root || found.some((one) => one.severity === 'error')) continue;
    const { jobs } = readXml(text);
    // What is said twice is one key in YAML, the last; macros and looking values up have no YAML.
    const ids = [...jobs.runners, ...jobs.destinations].map((one) => one.id.value);
    const handlers = jobs.handling.handlers.map((one) => one.id.value);
    if (
      new Set(ids).size < ids.length ||
      new Set(handlers).size < handlers.length ||
      /<macros|from_environ|from_config/.test(text)
    )
      continue;
    count++;
    const after = readYml(convert(text).text).jobs;
    const odd = differences(jobs, after).filter(
      (one) => !/docker_sudo|runner local: |local: new runner|local: new destination/.test(one),
    );
    assert.equal(odd, [], path);
  }
  assert.ok(count > 20, `only ${count} files`);
});

test('what XML looks up when Galaxy starts is asked about', () => {
  const { text, questions } = convert(
    `<job_conf><plugins><plugin id="slurm" type="runner" load="x:Y"><param id="drmaa_library_path" from_environ="LIB">/a.so</param></plugin></plugins><destinations default="d"><destination id="d" runner="slurm"/></destinations></job_conf>`,
  );
  assert.is(questions.length, 1);
  assert.ok(/drmaa_library_path: \/a\.so {2}# decide: .*"LIB"/.test(text), text);
});

test('as numbered handlers: a method, and no handler by its name', () => {
  const { jobs, root } = readXml(cluster);
  const { text } = writeJobConfYml(
    jobs,
    strategy('dynamic'),
    jobComments(root, documentComments(root)),
    new Map(),
  );
  const after = readYml(text).jobs;
  assert.equal(
    after.handling.assign?.value.map((one) => one.value),
    ['db-skip-locked'],
  );
  assert.equal(after.handling.handlers, []);
  assert.is(after.handling.default, undefined);
});

test('XML kept: only the handlers change, comments stay, everything else byte for byte', () => {
  const { source, root } = readXml(cluster);
  const { text } = editJobConfXml(source, root, strategy('dynamic', { gone: new Set(['special']) }));
  const expected = cluster
    .replace(
      /<handlers default[\s\S]*<\/handlers>/,
      '<handlers assign_with="db-skip-locked">\n      <!-- the last handler -->\n  </handlers>',
    )
    .replace(' handler="special"', '');
  assert.is(text, expected);
  const once = readXml(text);
  assert.is(editJobConfXml(once.source, once.root, strategy('dynamic')).text, text);
});

test('XML kept without handlers of its own: the web server takes the jobs', () => {
  const { source, root } = readXml(
    '<job_conf>\n  <plugins/>\n  <handlers>\n    <handler id="main"/>\n  </handlers>\n  <destinations/>\n</job_conf>\n',
  );
  const { text } = editJobConfXml(source, root, strategy('all-in-one'));
  assert.is(text, '<job_conf>\n  <plugins/>\n  <destinations/>\n</job_conf>\n');
});

test('XML that has no handlers gets a method in front of the destinations', () => {
  const { source, root } = readXml('<job_conf>\n  <plugins/>\n  <destinations/>\n</job_conf>\n');
  const { text } = editJobConfXml(source, root, strategy('dynamic'));
  assert.is(
    text,
    '<job_conf>\n  <plugins/>\n  <handlers assign_with="db-skip-locked"/>\n  <destinations/>\n</job_conf>\n',
  );
});

test('a job_conf.yml keeps its text, and gets a method', () => {
  const text =
    '# top\nrunners:\n  local: {load: "x:Y"}\nhandling:\n  # who\n  max_grab: 8\n  processes:\n    handler0:\nexecution:\n  environments:\n    local: {runner: local}  # here\n';
  const source = makeSource('job_conf.yml', text);
  const root = parseYaml(source, () => undefined);
  assert.ok(root);
  const edited = editJobConfYml(source, root, strategy('dynamic')).text;
  assert.is(
    edited,
    '# top\nrunners:\n  local: {load: "x:Y"}\n# who\nhandling:\n  assign:\n    - db-skip-locked\n  max_grab: 8\nexecution:\n  environments:\n    local: {runner: local}  # here\n',
  );
});

test.run();
