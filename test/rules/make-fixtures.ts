// Makes the two fixtures of every rule that has none, or of the rules named, from its examples. What they expect is
// what gxgen says now: read it before you commit it.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cli } from '../../src/cli.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { rules } from '../../src/rules/index.ts';
import type { ExampleFiles } from '../../src/rules/rule.ts';

const named = process.argv.slice(2);

for (const { name, example } of rules) {
  if (named.length > 0 && !named.includes(name)) continue;
  const { bad, good } = example();
  await make(`rule-${name}-bad`, bad, `${name} fires`);
  await make(`rule-${name}-ok`, good, `${name} is silent`);
}

async function make(folder: string, example: ExampleFiles, note: string): Promise<void> {
  const path = `fixtures/${folder}`;
  if (existsSync(path)) return;
  const files = { 'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\n', ...example };
  const supervisor = 'supervisor.conf' in files ? ['--supervisor', 'config/supervisor.conf'] : [];
  const argv = ['validate', 'config/galaxy.yml', ...supervisor, '--format', 'concise'];
  mkdirSync(`${path}/in/config`, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(`${path}/in/config/${name}`, text);
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`/srv/galaxy/config/${name}`, text]),
    ),
  });
  const exit = await cli(argv, host);
  writeFileSync(`${path}/case.json`, `${JSON.stringify({ argv, exit, note }, null, 2)}\n`);
  if (host.output.stdout !== '') writeFileSync(`${path}/stdout`, host.output.stdout);
  if (host.output.stderr !== '') writeFileSync(`${path}/stderr`, host.output.stderr);
  process.stdout.write(`${path}\n${host.output.stdout}`);
}
