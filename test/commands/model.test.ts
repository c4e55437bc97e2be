import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { memoryHost } from '../../src/host/memory.ts';

const test = suite('gxgen model');
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
ajv.addVocabulary(['x-checked']);
const accepts = ajv.compile(JSON.parse(readFileSync('schemas/model.schema.json', 'utf8')) as object);

// Every fixture that renders or validates: what the model says of it fits the published schema.
const cases = readdirSync('fixtures').filter((name) => /^(render|validate|rule)-/.test(name));

for (const name of cases) {
  const { argv } = JSON.parse(readFileSync(`fixtures/${name}/case.json`, 'utf8')) as { argv: string[] };
  const file = argv.find((word) => /\.(?:yml|ini)$/.test(word));
  if (file === undefined) continue;
  const at = argv.indexOf('--supervisor');
  const supervisor = at < 0 ? [] : argv.slice(at, at + 2);
  test(name, async () => {
    const host = memoryHost({ cwd: '/srv/galaxy', files: read(`fixtures/${name}/in`) });
    await cli(['model', file, ...supervisor], host);
    // A file that cannot be read at all has no model.
    if (host.output.stdout === '') return;
    const model = JSON.parse(host.output.stdout) as unknown;
    accepts(model);
    assert.is((accepts.errors ?? []).map((one) => `${one.instancePath} ${one.message}`).join('\n'), '');
  });
}

test('secrets are masked', async () => {
  const files = {
    '/srv/galaxy/galaxy.yml':
      'gravity:\n  celery:\n    environment: {DB_PASSWORD: canary-1}\ngalaxy:\n  id_secret: canary-2\n',
  };
  const host = memoryHost({ cwd: '/srv/galaxy', files });
  await cli(['model', 'galaxy.yml'], host);
  assert.match(host.output.stdout, 'DB_PASSWORD');
  assert.not.match(host.output.stdout + host.output.stderr, 'canary');
});

test('secrets of legacy files are masked', async () => {
  const files = {
    '/srv/galaxy/galaxy.ini':
      '[app:main]\nid_secret = canary-1\ndatabase_connection = postgresql://g:canary-2%40@db.example.org/g ; canary\n' +
      '[galaxy_amqp]\npassword = canary-3 ; canary\n[uwsgi]\nenv = API_KEY=canary-4%40x # canary\nset-placeholder = password=canary-5\n',
    '/srv/galaxy/s.conf':
      '[program:web]\ncommand=uwsgi --ini-paste galaxy.ini\nenvironment=DB_PASSWORD="canary-6",B="x"\n',
  };
  for (const words of [
    ['model'],
    ['validate'],
    ['validate', '--python3'],
    ['validate', '--format', 'json'],
    ['explain', 'galaxy.ini:2'],
  ]) {
    const host = memoryHost({ cwd: '/srv/galaxy', files });
    await cli([...words, '-c', 'galaxy.ini', '--supervisor', 's.conf'], host);
    assert.match(host.output.stdout, /galaxy\.ini|id_secret/);
    assert.not.match(host.output.stdout + host.output.stderr, 'canary', words.join(' '));
  }
});

test.run();

function read(folder: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) out[`/srv/galaxy/${relative(folder, path)}`] = readFileSync(path, 'utf8');
  }
  return out;
}
