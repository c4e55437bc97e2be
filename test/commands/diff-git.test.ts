// `diff --from-git` with a real git, in a repository of its own: the built program, as people call it.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('diff --from-git');
const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) process.stdout.write('SKIPPED diff --from-git: no git; apt-get install git\n');
const perhaps: typeof test = (hasGit ? test : test.skip) as typeof test;

const galaxy = (workers: number, more = '') => `gravity:
  galaxy_user: galaxy
  galaxy_root: /srv/galaxy/server
  virtualenv: /srv/galaxy/venv
  gunicorn: {workers: ${workers}}
galaxy:
  id_secret: 5f2b1c77a0e94d3e
  job_config_file: jobs/job_conf.yml
${more}`;
const jobs = (destination: string) => `runners: {local: {load: 'galaxy.jobs.runners.local:LocalJobRunner'}}
execution: {default: local, environments: {local: {runner: local}, big: {runner: local}}}
tools: [{id: bwa, environment: ${destination}}]
`;

function inRepository(work: (folder: string, git: (...args: string[]) => string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'gxgen git '));
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      'git',
      ['-C', folder, '-c', 'user.name=admin', '-c', 'user.email=admin@example.org', ...args],
      { encoding: 'utf8' },
    );
    assert.is(status, 0, stderr);
    return stdout.trim();
  };
  try {
    git('init', '--quiet');
    work(folder, git);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function gxgen(cwd: string, ...argv: string[]) {
  return spawnSync(process.execPath, [resolve('dist/gxgen.cjs'), ...argv], { cwd, encoding: 'utf8' });
}

perhaps('the files of a revision, with what they refer to', () => {
  inRepository((folder, git) => {
    const settings = 'release: "24.1"\ngunicorn_version: "23.0"\n';
    write(folder, {
      'config/galaxy.yml': galaxy(2),
      'config/jobs/job_conf.yml': jobs('local'),
      'config/gxgen.yml': settings,
    });
    git('add', '-A');
    git('commit', '--quiet', '-m', 'one');
    git('tag', 'v1');
    const same = gxgen(folder, 'diff', 'config/galaxy.yml', '--from-git', 'HEAD');
    assert.is(same.status, 0, same.stdout + same.stderr);

    write(folder, { 'config/galaxy.yml': galaxy(4), 'config/jobs/job_conf.yml': jobs('big') });
    const summary = ['--format', 'summary'];
    const changed = gxgen(folder, 'diff', 'config/galaxy.yml', '--from-git', 'HEAD', ...summary);
    assert.is(changed.status, 1, changed.stderr);
    assert.match(changed.stdout, /gunicorn: workers 2 to 4/);
    assert.match(changed.stdout, /tool bwa: destination local to big/);
    const inside = gxgen(join(folder, 'config'), 'diff', 'galaxy.yml', '--from-git', 'v1', ...summary);
    assert.match(inside.stdout, /tool bwa: destination local to big/);
    const unnamed = gxgen(folder, 'diff', '--from-git', 'v1', ...summary);
    assert.match(unnamed.stdout, /workers 2 to 4/);

    git('commit', '--quiet', '-a', '-m', 'two');
    write(folder, { 'config/galaxy.yml': galaxy(8) });
    const two = gxgen(folder, 'diff', 'config/galaxy.yml', '--from-git', 'v1..HEAD', ...summary);
    assert.match(two.stdout, /gunicorn: workers 2 to 4/);
  });
});

perhaps('links in the repository are followed there', () => {
  inRepository((folder, git) => {
    write(folder, { 'sites/one/galaxy.yml': galaxy(2), 'sites/one/jobs/job_conf.yml': jobs('local') });
    symlinkSync('sites/one', join(folder, 'config'));
    git('add', '-A');
    git('commit', '--quiet', '-m', 'one');
    write(folder, { 'sites/one/galaxy.yml': galaxy(3), 'sites/one/jobs/job_conf.yml': jobs('big') });
    const { status, stdout, stderr } = gxgen(
      folder,
      'diff',
      'config/galaxy.yml',
      '--from-git',
      'HEAD',
      '--format',
      'summary',
    );
    assert.is(status, 1, stderr);
    assert.match(stdout, /workers 2 to 3/);
    assert.match(stdout, /tool bwa: destination local to big/);
  });
});

perhaps('what git does not know', () => {
  inRepository((folder, git) => {
    write(folder, { 'galaxy.yml': galaxy(2), 'jobs/job_conf.yml': jobs('local') });
    const empty = gxgen(folder, 'diff', 'galaxy.yml', '--from-git', 'HEAD');
    assert.is(empty.status, 2);
    assert.match(empty.stderr, /error\[GX806\]: git knows no revision "HEAD"/);
    git('add', 'galaxy.yml');
    git('commit', '--quiet', '-m', 'one');
    for (const name of ['nowhere', '--output=/tmp/x', 'HEAD; touch x', '-h']) {
      const { status, stderr } = gxgen(folder, 'diff', 'galaxy.yml', `--from-git=${name}`);
      assert.is(status, 2, stderr);
      assert.match(stderr, /GX806/);
    }
    // The job configuration is not in the revision: reading it there fails, as it would have then.
    const partial = gxgen(folder, 'diff', 'galaxy.yml', '--from-git', 'HEAD', '--format', 'json');
    assert.is(partial.status, 2, partial.stdout + partial.stderr);
  });
  const outside = mkdtempSync(join(tmpdir(), 'gxgen-none-'));
  try {
    write(outside, { 'galaxy.yml': galaxy(2) });
    const { status, stderr } = gxgen(outside, 'diff', 'galaxy.yml', '--from-git', 'HEAD');
    assert.is(status, 2);
    assert.match(stderr, /error\[GX805\]: .*not a git repository/);
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
});

test.run();
