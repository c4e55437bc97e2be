// The proof is worth something only if it fails: whatever is spoilt in the new files is a difference that nothing explains.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryHost } from '../../src/host/memory.ts';
import { readDefaults } from '../../src/migrate/option-data.ts';
import { type MigrationOptions, planMigration } from '../../src/migrate/plan.ts';
import { proofWords } from '../../src/migrate/proof.ts';
import { verify } from '../../src/migrate/verify.ts';
import { compile } from '../../src/pipeline.ts';

const test = suite('migrate proof');

const defaults = readDefaults(readFileSync('schemas/galaxy-options.json', 'utf8'));
const usual: MigrationOptions = {
  keepPorts: false,
  keepRelative: false,
  separateHandlers: false,
  jobFormat: undefined,
  from: undefined,
  to: undefined,
};

/** What nothing explains once a text of the new files is another; undefined where the text is not there. */
function unexplained(
  fixture: string,
  spoil: (text: string, path: string) => string,
  options: Partial<MigrationOptions> = {},
): { readonly words: string[]; readonly changed: boolean } {
  const folder = `fixtures/${fixture}/in`;
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /\.\w+$/.test(one),
  );
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: Object.fromEntries(
      paths.map((one) => [`/srv/galaxy/${one}`, readFileSync(join(folder, one), 'utf8')]),
    ),
    asset: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
  const before = compile(
    {
      files: paths.filter((one) => /\.(?:ini|yml)$/.test(one)),
      supervisor: paths.filter((one) => one.endsWith('.conf')),
      allowUnknown: true,
      advice: false,
    },
    host,
  );
  const [instance] = before.deployment.instances;
  assert.ok(instance?.legacy, fixture);
  const given = { ...usual, ...options };
  const plan = planMigration({ instance, ledger: before.ledger(), sources: before.sources, defaults }, given);
  const files = plan.files.map((one) => ({ ...one, text: spoil(one.text, one.path) }));
  const changed = files.some((one, index) => one.text !== plan.files[index]?.text);
  const { proof } = verify({ ...plan, files }, host, given);
  return {
    words: proof.differences.filter((one) => one.why === undefined).map((one) => proofWords(one.difference)),
    changed,
  };
}

test('nothing is unexplained as long as nothing is spoilt', () => {
  for (const fixture of [
    'migrate-paste',
    'migrate-uwsgi',
    'migrate-zerg',
    'migrate-mules',
    'migrate-split',
    'migrate-static-handlers',
  ])
    assert.equal(unexplained(fixture, (text) => text).words, [], fixture);
});

const spoilt: readonly (readonly [
  fixture: string,
  what: string,
  from: string | RegExp,
  to: string,
  options?: Partial<MigrationOptions>,
])[] = [
  ['migrate-paste', 'fewer workers', 'workers: 2', 'workers: 1'],
  ['migrate-paste', 'more workers', 'workers: 2', 'workers: 3'],
  ['migrate-paste', 'another port', '127.0.0.1:8080', '127.0.0.1:8088'],
  ['migrate-paste', 'open to the world', '127.0.0.1:8080', '0.0.0.0:8080'],
  ['migrate-paste', 'a handler less', 'processes: 2', 'processes: 1'],
  ['migrate-paste', 'a handler more', 'processes: 2', 'processes: 3'],
  ['migrate-paste', 'other names', '{name}{process}', '{name}-{process}'],
  ['migrate-paste', 'another pool', '- job-handlers\n', '- job-handlers.special\n'],
  ['migrate-paste', 'no scheduler', '        - workflow-schedulers\n', ''],
  ['migrate-paste', 'an option lost', /^ {2}brand: .*\n/m, ''],
  ['migrate-paste', 'an option changed', 'Genomics core\n  logo', 'Genomics\n  logo'],
  ['migrate-paste', 'an option added', 'galaxy:\n', 'galaxy:\n  allow_user_deletion: true\n'],
  ['migrate-paste', 'a truth value turned', 'require_login: true', 'require_login: false'],
  ['migrate-paste', 'a number changed', 'max_overflow: 20', 'max_overflow: 21'],
  ['migrate-paste', 'another secret', '7d1f9a63c28e4b05a9f31c66d2e80b47', '7d1f9a63c28e4b05a9f31c66d2e80b48'],
  ['migrate-paste', 'another database', '@db.example.org', '@db2.example.org'],
  ['migrate-paste', 'another path', '/srv/galaxy/database/files', '/srv/galaxy/database/objects'],
  ['migrate-paste', 'a destination lost', /<destination id="local".*\n/, ''],
  ['migrate-paste', 'a parameter changed', '--mem=4G', '--mem=8G'],
  [
    'migrate-paste',
    'a tool mapped elsewhere',
    '<tool id="upload1" destination="local"/>',
    '<tool id="upload1" destination="slurm"/>',
  ],
  ['migrate-paste', 'another default', '<destinations default="slurm">', '<destinations default="local">'],
  ['migrate-paste', 'another method', 'db-skip-locked', 'db-preassign'],
  ['migrate-paste', 'a runner with fewer threads', '<plugins workers="4">', '<plugins workers="2">'],
  [
    'migrate-paste',
    'a port of a list lost',
    '    - bind: "127.0.0.1:8081"',
    '    - bind: "127.0.0.1:8082"',
    { keepPorts: true },
  ],
  ['migrate-uwsgi', 'a variable lost', /\n {6}environment:\n {8}SGE_ROOT: .*/, ''],
  ['migrate-uwsgi', 'a variable changed', '/var/lib/gridengine', '/opt/sge'],
  ['migrate-uwsgi', 'another user', 'galaxy_user: gxprod', 'galaxy_user: root'],
  ['migrate-uwsgi', 'another umask', 'umask: "022"', 'umask: "002"'],
  ['migrate-uwsgi', 'another directory', 'galaxy_root: /srv/galaxy', 'galaxy_root: /srv/other'],
  ['migrate-uwsgi', 'another virtualenv', '/srv/galaxy/venv', '/srv/galaxy/venv2'],
  ['migrate-zerg', 'one of two', /\n {4}- bind: "?127.0.0.1:4002"?[\s\S]*?main1/, ''],
  ['migrate-mules', 'a group lost', /\n {4}special:[\s\S]*?special\n/, '\n'],
  [
    'migrate-static-handlers',
    'a handler lost',
    /\n {4}# only for imports\n {4}handler1:\n {6}environment:\n.*/,
    '',
  ],
  ['migrate-static-handlers', 'a tag lost', /\n {6}tags:\n {8}- handlers/, ''],
  ['migrate-split', 'a limit changed', 'value: 5', 'value: 50'],
  ['migrate-split', 'a limit lost', / {2}- type: walltime\n.*\n/, ''],
];

for (const [fixture, what, from, to, options] of spoilt) {
  test(`${fixture}: ${what}`, () => {
    const { words, changed } = unexplained(fixture, (text) => text.replace(from, to), options);
    assert.ok(changed, 'the text to spoil is not there');
    assert.ok(words.length > 0, 'nobody noticed');
  });
}

test.run();
