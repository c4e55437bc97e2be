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
  const file = argv.find((word) => word.endsWith('.yml'));
  if (file === undefined) continue;
  test(name, async () => {
    const host = memoryHost({ cwd: '/srv/galaxy', files: read(`fixtures/${name}/in`) });
    await cli(['model', file], host);
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

test.run();

function read(folder: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) out[`/srv/galaxy/${relative(folder, path)}`] = readFileSync(path, 'utf8');
  }
  return out;
}
