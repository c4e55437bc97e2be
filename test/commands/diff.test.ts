// The command `diff` as a whole: what is rendered twice does not differ, whatever the target and layout; JSON keeps to its
// schema; and no secret leaves it.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backends } from '../../src/backends/index.ts';
import { cli } from '../../src/cli.ts';
import { installedDiff } from '../../src/deploy/target-diff.ts';
import { type MemoryHost, type MemorySeed, memoryHost, textFile } from '../../src/host/memory.ts';
import { render } from '../backends/render.ts';
import { systemOptions } from '../backends/sample.ts';
import { asset, fixtureDeployments } from '../helpers/deployments.ts';

const test = suite('diff');
const accepts = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('schemas/diff.schema.json', 'utf8')) as object,
);

interface Ran {
  readonly code: number;
  readonly host: MemoryHost;
}

async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
  more: Files = {},
): Promise<Ran> {
  const host = memoryHost({ cwd: '/srv/galaxy', files: { ...files, ...more }, asset });
  return { code: await cli(argv, host), host };
}

type Files = Readonly<Record<string, MemorySeed>>;

/** Everything that stands in out/ after `render --out out`. */
async function rendered(
  files: Readonly<Record<string, string>>,
  main: string,
  ...options: string[]
): Promise<Files | undefined> {
  const { code, host } = await run(['render', main, '--out', 'out', ...options], files);
  if (code !== 0) return undefined;
  return Object.fromEntries([...host.entries()].filter(([path]) => path.startsWith('/srv/galaxy/out/')));
}

interface Json {
  readonly equal: boolean;
  readonly targets: readonly {
    readonly summary: readonly string[];
    readonly changes: readonly { readonly subject: string; readonly words: string }[] | null;
    readonly files: readonly {
      readonly path: string;
      readonly state: string;
      readonly diff: string | null;
    }[];
    readonly drift: readonly string[];
    readonly foreign: readonly string[];
    readonly plan: {
      readonly steps: readonly {
        readonly process: string;
        readonly action: string;
        readonly causes: readonly string[];
      }[];
      readonly commands: readonly { readonly kind: string; readonly argv: readonly string[] }[];
      readonly orphans: readonly { readonly name: string; readonly drain: readonly string[] }[];
    } | null;
  }[];
}

/** What was printed, which must keep to the schema. */
function parsed(host: MemoryHost): Json {
  const json: unknown = JSON.parse(host.output.stdout);
  assert.ok(accepts(json), JSON.stringify(accepts.errors));
  return json as Json;
}

for (const backend of backends) {
  for (const { name: layout } of backend.layouts) {
    const target = `${backend.name}/${layout}`;
    test(`${target}: every configuration rendered twice, and nothing differs`, () => {
      let count = 0;
      for (const { name, deployment } of fixtureDeployments()) {
        const [first, second] = [render(target, deployment), render(target, deployment)];
        if (first.problems.some((one) => one.startsWith('error'))) continue;
        const files = first.files.map(
          ({ path, text, mode }) => [`out/${path}`, textFile(text, mode)] as const,
        );
        const side = { backend, deployment, files: second.files, directory: 'out', ...systemOptions };
        const found = installedDiff(memoryHost({ files: Object.fromEntries(files) }), side, () => undefined);
        assert.not.ok(
          found.differs,
          `${name}: ${JSON.stringify(found.comparison.files.map((one) => one.state))}`,
        );
        assert.equal([...found.summary, ...found.drift, ...(found.plan?.commands ?? [])], [], name);
        assert.equal(found.comparison.foreign, [], name);
        count++;
      }
      // A site needs a name, which few configurations of the fixtures have.
      assert.ok(count > (layout === 'site' ? 5 : 100), `${count} configurations`);
    });
  }

  test(`${backend.name}: the same by the commands themselves`, async () => {
    let count = 0;
    for (const { name, files } of fixtureDeployments().filter((one) => !one.name.startsWith('rule-'))) {
      const main = 'config/galaxy.yml' in files ? 'config/galaxy.yml' : 'galaxy.yml';
      const out = await rendered(files, main, '--target', backend.name);
      if (!out || Object.keys(out).length === 0) continue;
      const argv = ['diff', main, '--installed', `${backend.name}=out`, '--format', 'json'];
      const { code, host } = await run(argv, files, out);
      assert.is(code, 0, `${name}: ${host.output.stdout.slice(0, 3000)}${host.output.stderr.slice(0, 2000)}`);
      const json = parsed(host);
      assert.ok(json.equal);
      assert.equal(
        json.targets[0]?.files.filter((one) => one.state !== 'same'),
        [],
      );
      count++;
    }
    assert.ok(count > 10, `${count} configurations`);
  });
}

const configuration = {
  'config/galaxy.yml': `gravity:
  galaxy_user: galaxy
  galaxy_root: /srv/galaxy/server
  virtualenv: /srv/galaxy/venv
  gunicorn:
    workers: 4
    environment:
      DB_PASSWORD: canary-one-7c1d
  handlers:
    handler:
      processes: 2
      pools: [job-handlers]
galaxy:
  file_path: /data/one
  id_secret: canary-two-11aa
  job_config:
    runners: {local: {load: 'galaxy.jobs.runners.local:LocalJobRunner', workers: 4}}
    handling: {assign: [db-skip-locked]}
    execution: {default: local, environments: {local: {runner: local}}}
`,
  'gxgen.yml': 'release: "24.1"\n',
  'config/gxgen.yml': 'release: "24.1"\ngunicorn_version: "23.0"\n',
};

function changed(...edits: readonly (readonly [string, string])[]) {
  const text = edits.reduce((rest, [from, to]) => {
    assert.ok(rest.includes(from), from);
    return rest.replace(from, to);
  }, configuration['config/galaxy.yml']);
  return { ...configuration, 'config/galaxy.yml': text };
}

async function diffAgainst(
  before: Files,
  after: Readonly<Record<string, string>>,
  ...options: string[]
): Promise<Ran> {
  return run(['diff', 'config/galaxy.yml', '--installed', 'out', ...options], after, before);
}

async function installed(): Promise<Files> {
  const out = await rendered(configuration, 'config/galaxy.yml');
  if (!out) throw new Error('not rendered');
  return out;
}

test('drift: each kind is told, and foreign files are no difference', async () => {
  const out = await installed();
  const foreign = { 'out/galaxy-backup.service': '[Service]\nExecStart=/bin/true\n', 'out/sshd.service': '' };
  const same = await diffAgainst({ ...out, ...foreign }, configuration, '--format', 'json');
  assert.is(same.code, 0, same.host.output.stdout);
  assert.equal(parsed(same.host).targets[0]?.foreign, ['galaxy-backup.service']);

  const cases: [string, Files, RegExp][] = [
    [
      'masked',
      { 'out/galaxy-celery.service': { kind: 'link', to: '/dev/null' } },
      /celery.service is masked/,
    ],
    ['link', { 'out/galaxy-celery.service': { kind: 'link', to: '/elsewhere' } }, /is a symbolic link to/],
    ['directory', { 'out/galaxy-celery.service': { kind: 'directory' } }, /is a directory/],
    [
      'drop-in',
      { 'out/galaxy-celery.service.d/own.conf': '[Service]\nUMask=077\n' },
      /celery.service is overridden by galaxy-celery.service.d\/own.conf: UMask/,
    ],
    [
      'drop-ins of several units',
      {
        'out/galaxy-celery.service.d/own.conf': '[Service]\nUMask=077\n',
        'out/galaxy-.service.d/stop.conf': '[Service]\nTimeoutStopSec=5\n',
      },
      /galaxy-gunicorn.service is overridden by galaxy-.service.d\/stop.conf: TimeoutStopSec/,
    ],
  ];
  for (const [name, more, words] of cases) {
    const { code, host } = await diffAgainst(
      { ...out, '/dev/null': { kind: 'other' }, ...more },
      configuration,
      '--format',
      'json',
    );
    assert.is(code, 1, `${name}: ${host.output.stderr}`);
    assert.match(parsed(host).targets[0]?.drift.join('\n') ?? '', words, name);
  }
  const added = await diffAgainst(
    { ...out, 'out/galaxy-celery.service.d/nice.conf': '[Service]\nNice=5\n' },
    configuration,
  );
  assert.is(added.code, 0, 'what a drop-in adds is no drift');
});

test('what cannot be read makes the answer uncertain', async () => {
  const out = await installed();
  const { code, host } = await diffAgainst(
    { ...out, 'out/galaxy.target': textFile('x', 0o000) },
    configuration,
  );
  assert.is(code, 2);
  assert.match(host.output.stderr, /GX800/);
  assert.is(host.output.stdout, '');
  const broken = await diffAgainst(out, changed(['workers: 4', 'workers: four']));
  assert.is(broken.code, 2);
  assert.is(broken.host.output.stdout, '');
});

test('no secret is shown, of neither side, in any format', async () => {
  const out = await installed();
  const after = changed(['canary-one-7c1d', 'canary-new-82b0'], ['canary-two-11aa', 'canary-two-22bb']);
  const gravity = {
    'out/galaxy-celery.service':
      "[Unit]\nPartOf=galaxy.target\n[Service]\nExecStart=/bin/celery --password canary-old-93f1\nEnvironment=API_TOKEN='canary-old-04aa b'\n",
  };
  for (const format of ['text', 'summary', 'patch', 'commands', 'json']) {
    const { code, host } = await diffAgainst({ ...out, ...gravity }, after, '--format', format);
    assert.is(code, 1, host.output.stderr);
    assert.not.match(host.output.stdout + host.output.stderr, /canary/, format);
  }
  const text = await diffAgainst({ ...out, ...gravity }, after);
  assert.match(text.host.output.stdout, /Only secret values in out\/galaxy-gunicorn\.env differ/);
  assert.match(text.host.output.stdout, /^-Environment=API_TOKEN="\*{8}"$/m);
  const two = { ...after, 'config/old.yml': configuration['config/galaxy.yml'] };
  for (const format of ['text', 'patch', 'json']) {
    const { code, host } = await run(
      ['diff', 'config/old.yml', 'config/galaxy.yml', '--format', format],
      two,
    );
    assert.is(code, 1, host.output.stderr);
    assert.not.match(host.output.stdout + host.output.stderr, /canary/, format);
    if (format === 'json')
      assert.ok(
        parsed(host).targets[0]?.changes?.some((one) => one.words === 'option id_secret changed (secret)'),
      );
  }
});

test('a handler that goes is refused, with what to do before', async () => {
  const out = await installed();
  const after = changed(['processes: 2', 'processes: 1']);
  const refused = await diffAgainst(out, after, '--format', 'json');
  assert.is(refused.code, 1);
  assert.match(refused.host.output.stderr, /error\[GX810\]: jobs of "handler_1" would be left behind/);
  const [orphan] = parsed(refused.host).targets[0]?.plan?.orphans ?? [];
  assert.is(orphan?.name, 'handler_1');
  assert.match(
    orphan?.drain.join('\n') ?? '',
    /UPDATE job SET handler = 'handler_0' WHERE handler = 'handler_1'/,
  );
  const commands = await diffAgainst(out, after, '--format', 'commands');
  assert.ok(commands.host.output.stdout.split('\n').every((line) => line === '' || line.startsWith('# ')));
  const allowed = await diffAgainst(out, after, '--format', 'commands', '--allow-orphans');
  assert.is(allowed.code, 1, 'it differs all the same');
  assert.match(allowed.host.output.stderr, /warning\[GX810\]/);
  assert.match(allowed.host.output.stdout, /^systemctl stop galaxy-handler_1\.service$/m);
});

test('wrong usage', async () => {
  const uses = [
    ['diff'],
    ['diff', 'config/galaxy.yml'],
    ['diff', 'a', 'b', 'c'],
    ['diff', 'config/galaxy.yml', '--installed', 'out', '--from-git', 'HEAD'],
    ['diff', 'config/galaxy.yml', '--from-git', 'a..b..c'],
    ['diff', 'config/galaxy.yml', '--from-git', '..b'],
  ];
  for (const argv of uses) {
    const { code, host } = await run(argv, configuration);
    assert.is(code, 2, argv.join(' '));
    assert.match(host.output.stderr, /^gxgen: /);
  }
});

test.run();
