// The two examples of every rule, compiled: what `gxgen explain CODE` shows is what happens.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backends } from '../../src/backends/index.ts';
import { placeOf } from '../../src/diagnostics/collect.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';
import { rules } from '../../src/rules/index.ts';
import type { ExampleFiles } from '../../src/rules/rule.ts';
import { builtinTemplates } from '../../src/schema/templates.ts';

const test = suite('rule examples');

// What the release and the version of gunicorn are has no part in most examples.
const surroundings = { 'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\n' };

for (const rule of rules) {
  const { bad, at, good } = rule.example();
  test(`${rule.code} ${rule.name}: the wrong example`, () => {
    const found = problemsOf(bad, rule.code);
    const [first] = found;
    assert.is([...new Set(found.map((one) => one.code))].join(), rule.code, describe(found));
    assert.is(first && placeOf(first), at, describe(found));
  });
  test(`${rule.code} ${rule.name}: the right example`, () => {
    const found = problemsOf(good);
    assert.is(found.length, 0, describe(found));
  });
  test(`${rule.code} ${rule.name}: explains itself`, () => {
    assert.match(rule.code, /^GX[3-8]\d\d$/);
    assert.match(rule.name, /^[a-z0-9]+(-[a-z0-9]+)+$/);
    for (const text of [rule.summary, rule.why])
      assert.match(text, /^\S[\s\S]*\.$/, `"${text}" is no sentence`);
    assert.ok(rule.source.length > 4);
  });
}

test.run();

// Everything but information that is not wanted, from the configuration as systemd would run it; paths relative to its folder.
function problemsOf(files: ExampleFiles, wanted?: string): Diagnostic[] {
  const folder = '/srv/galaxy/config';
  const all = { ...surroundings, ...files };
  const host = memoryHost({
    cwd: folder,
    files: Object.fromEntries(Object.entries(all).map(([name, text]) => [`${folder}/${name}`, text])),
  });
  const supervisor = 'supervisor.conf' in files ? ['supervisor.conf'] : [];
  const compilation = compile({ files: ['galaxy.yml'], supervisor, allowUnknown: false, advice: true }, host);
  const found = [...compilation.diagnostics];
  const systemd = backends.find((one) => one.name === 'systemd');
  const options = { systemd: { mode: 'system', directory: '/etc/systemd/system' } } as const;
  systemd?.render(compilation.deployment, options, builtinTemplates(), (one) => found.push(one));
  return found.filter((one) => one.severity !== 'info' || one.code === wanted);
}

function describe(found: readonly Diagnostic[]): string {
  return found.map((one) => `${placeOf(one)} ${one.code} ${one.message}`).join('\n');
}
