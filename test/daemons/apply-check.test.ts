// The programs that read the files are really asked: what gxgen writes passes, what a broken template makes of it does
// not, and then nothing is installed.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suiteNeeding } from './needs.ts';
import { folder } from './scratch.ts';

const base = folder('apply-check');
const tried: readonly [target: string, program: string, template: string, broken: string][] = [
  ['systemd', 'systemd-analyze', 'systemd/target', '[Unit]\nDescripton=x\n'],
  ['supervisor', 'supervisord', 'supervisor/conf', '[program:x]\ncommand=/bin/true 100%n\n'],
  ['nginx', 'nginx', 'nginx/upstream', 'upstreem galaxy { }\n'],
  ['apache', 'apache2ctl', 'apache/balancer', '<Proxi "balancer://galaxy">\n</Proxi>\n'],
];

cpSync('dist', join(base, 'dist'), { recursive: true });
writeFileSync(
  join(base, 'galaxy.yml'),
  `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
  gunicorn: {bind: "unix:/srv/galaxy/var/gunicorn.sock", environment: {BROKER_PASSWORD: "100%n 'x'"}}
galaxy:
  galaxy_infrastructure_url: https://galaxy.example.org
  id_secret: 0123456789abcdef0123456789abcdef
`,
);

for (const [target, program, template, broken] of tried) {
  const there =
    spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: `${process.env.PATH}:/usr/sbin` } })
      .status === 0;
  const need = there
    ? {}
    : { missing: `no ${program}; apt-get install ${program === 'apache2ctl' ? 'apache2' : program}` };
  const { test, run } = suiteNeeding(`apply, checked by ${target}`, 'linux', need);
  const directory = join(base, target);

  test(`${target} takes what gxgen writes`, () => {
    const { status, stderr } = gxgen(target, directory);
    assert.is(status, 0, stderr);
    assert.not.match(stderr, /GX85[46]/);
  });

  test(`${target} refuses what a broken template makes, and nothing is installed`, () => {
    const templates = join(base, `templates-${target}`);
    mkdirSync(join(templates, target), { recursive: true });
    writeFileSync(join(templates, `${template}.hbs`), broken);
    const { status, stderr } = gxgen(target, `${directory}-broken`, '--templates', templates);
    assert.is(status, 1, stderr);
    assert.match(stderr, 'GX854');
    assert.not.ok(existsSync(`${directory}-broken`));
  });
  run();
}

function gxgen(target: string, directory: string, ...more: string[]) {
  return spawnSync(
    process.execPath,
    [
      join(base, 'dist/gxgen.cjs'),
      'apply',
      'galaxy.yml',
      '--installed',
      `${target}=${directory}`,
      '--yes',
      ...more,
    ],
    { cwd: base, encoding: 'utf8' },
  );
}
