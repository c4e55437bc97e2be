import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Process } from '../../../src/model/deployment.ts';
import { byDefault } from '../../../src/model/located.ts';
import { render } from '../render.ts';
import { here, sampleDeployment } from '../sample.ts';

const test = suite('commands');

/** A deployment with one process. */
function alone(change: (process: Process) => Partial<Process>) {
  const deployment = sampleDeployment({ user: null });
  const [instance] = deployment.instances;
  const celery = instance?.services[1];
  const process = celery?.processes[0];
  if (!instance || !celery || !process) throw new Error('the sample has no celery');
  const services = [{ ...celery, processes: [{ ...process, ...change(process) }] }];
  return { ...deployment, instances: [{ ...instance, services }] };
}

test('a shell starts exactly what is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gxgen-'));
  try {
    const cwd = join(folder, "it's a\nfolder");
    const show =
      'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env["A B"], process.env.S, process.cwd(), process.umask()]))';
    const words = ['$HOME `id`', "it's", '', '!!', '"', '\\', 'a\nb', '~', '*', ';'];
    const { text } = render(
      'commands',
      alone(() => ({
        argv: ['node', '-e', show, '--', ...words].map(byDefault),
        env: [
          { name: 'PATH', value: byDefault(process.env.PATH ?? ''), secret: false },
          { name: 'A B', value: byDefault('$x '), secret: false },
          { name: 'S', value: byDefault("p'w"), secret: true },
        ],
        cwd: byDefault(cwd),
        dirs: [byDefault(cwd)],
        umask: byDefault('027'),
      })),
    );
    const file = join(folder, 'commands.sh');
    writeFileSync(file, text('galaxy-commands.sh'));
    const printed = execFileSync('sh', [file], { encoding: 'utf8' });
    assert.equal(JSON.parse(printed), [words, '$x ', "p'w", cwd, 0o27]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('secrets are exported, so that no list of processes shows them', () => {
  const { files } = render(
    'commands',
    alone(() => ({ env: [{ name: 'DB', value: byDefault('hunter 2'), secret: true }] })),
  );
  const [file] = files;
  assert.is(file?.mode, 0o600);
  assert.match(file?.text ?? '', "&& export DB='hunter 2' && exec /usr/bin/env /srv");
  assert.match(file?.masked ?? '', "&& export DB='********' && exec");
});

test('what a command line cannot do is told once', () => {
  const { problems } = render('commands', sampleDeployment({ instance: { logNamespace: here('x') } }));
  assert.equal(problems, [
    'info GX719 a command line does not become "galaxy"',
    'info GX711 a command line knows no log namespace',
    'warning GX710 a command line cannot enforce a memory limit',
  ]);
});

test('values a shell cannot pass are errors where they are written', () => {
  for (const parts of [
    { argv: [here('/x\0')] },
    { argv: [] },
    { cwd: here('server') },
    { umask: here('u=rwx; id') },
    { dirs: [here('\ud800')] },
    { env: [{ name: 'A', value: here('\0'), secret: true }] },
  ]) {
    const { diagnostics, text } = render(
      'commands',
      alone(() => parts),
    );
    assert.equal(
      diagnostics.filter((one) => one.severity === 'error').map((one) => one.code),
      ['GX700'],
    );
    assert.not.match(text('galaxy-commands.sh'), 'exec');
  }
});

test.run();
