// How the answers of the programs that read the files are understood: what they say was recorded from them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Backend, CheckFinding } from '../../src/backends/backend.ts';
import { backends } from '../../src/backends/index.ts';

const test = suite('check');
const options = { systemd: { mode: 'system', directory: '/etc/systemd/system' } } as const;

function ask(
  target: string,
  paths: readonly string[],
  status: number,
  said: string,
): CheckFinding[] | undefined {
  const backend = backends.find((one) => one.name === target) as Backend;
  const files = paths.map((path) => ({ path, text: '', mode: 0o644 }));
  return backend.check?.(files, options).read(status, said);
}

const units = ['galaxy-celery.service', 'galaxy-handler@.service', 'galaxy-tusd.service', 'galaxy.target'];

test('systemd: an unknown key and a bad value are refused, whatever the exit code', () => {
  const said = `{}/files/galaxy-celery.service:12: Failed to parse mode value, ignoring: 0x22
{}/files/galaxy-celery.service:13: Unknown key 'Foo' in section [Service], ignoring.`;
  assert.equal(ask('systemd', units, 0, said), [
    {
      severity: 'error',
      file: 'galaxy-celery.service',
      words: 'line 12: Failed to parse mode value, ignoring: 0x22',
    },
    {
      severity: 'error',
      file: 'galaxy-celery.service',
      words: "line 13: Unknown key 'Foo' in section [Service], ignoring.",
    },
  ]);
});

test('systemd: one warning for a program that is missing, however many units start it', () => {
  const said = `galaxy-celery.service: Command /srv/venv/bin/celery is not executable: No such file or directory
galaxy-tusd.service: Command /usr/sbin/tusd is not executable: Permission denied
galaxy-handler@i.service: Command /srv/venv/bin/celery is not executable: No such file or directory`;
  assert.equal(ask('systemd', units, 1, said), [
    {
      severity: 'warning',
      words: 'galaxy-celery.service and 1 more cannot start /srv/venv/bin/celery: No such file or directory',
    },
    { severity: 'warning', words: 'galaxy-tusd.service cannot start /usr/sbin/tusd: Permission denied' },
  ]);
});

test('systemd: units of others are nobody’s business here, and what is told twice is told once', () => {
  const said = `/etc/systemd/system/backup.service:3: Unknown key 'X' in section [Service], ignoring.
backup.service: Command /opt/backup is not executable: No such file or directory
{}/files/galaxy-tusd.service:16: Unbalanced quoting, ignoring: ""/bin/sleep 1"
galaxy-tusd.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.
Unit galaxy-tusd.service has a bad unit file setting.
galaxy-tusd.service: Cannot add dependency job, ignoring: Unit galaxy-tusd.service has a bad unit file setting.`;
  const found = ask('systemd', units, 1, said);
  assert.equal(
    found?.map((one) => one.words),
    [
      'line 16: Unbalanced quoting, ignoring: ""/bin/sleep 1"',
      'Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.',
    ],
  );
});

test('systemd: silence is consent, a refusal without words is one, and no systemd is no answer', () => {
  assert.equal(ask('systemd', units, 0, ''), []);
  assert.equal(ask('systemd', units, 1, ''), [{ severity: 'error', words: 'it gives no reason' }]);
  assert.is(ask('systemd', units, 1, "systemd-analyze: unrecognized option '--man=no'"), undefined);
});

test('supervisor', () => {
  const bad =
    "Error: Format string '/bin/x 100%n' for 'program:x.command' is badly formatted (file: 'x')\nFor help, use /usr/bin/x -h\n";
  const one = { severity: 'error', words: bad.slice('Error: '.length, bad.indexOf('\n')) } as const;
  assert.equal(ask('supervisor', ['galaxy.conf'], 2, bad), [one]);
  const host = 'there is no account galaxy\nthere is no folder /srv/log\nthere is no account galaxy\n';
  assert.equal(ask('supervisor', ['galaxy.conf'], 0, host), [
    { severity: 'warning', words: 'there is no account galaxy' },
    { severity: 'warning', words: 'there is no folder /srv/log' },
  ]);
  assert.is(ask('supervisor', ['galaxy.conf'], 77, ''), undefined);
});

test('nginx', () => {
  const said = (text: string) =>
    `2026/11/28 11:00:00 [emerg] 7#7: ${text}\nnginx: configuration file {}/nginx.conf test failed\n`;
  const paths = ['galaxy-upstream.conf', 'galaxy-locations.conf'];
  assert.equal(
    ask('nginx', paths, 1, said('unknown directive "locatoin" in {}/files/galaxy-locations.conf:12')),
    [{ severity: 'error', words: 'line 12: unknown directive "locatoin"', file: 'galaxy-locations.conf' }],
  );
  const certificate = 'cannot load certificate "/etc/ssl/x.pem": BIO_new_file() failed';
  assert.equal(ask('nginx', paths, 1, said(certificate)), [{ severity: 'warning', words: certificate }]);
  assert.equal(ask('nginx', paths, 0, ''), []);
});

test('Apache', () => {
  const said = (text: string) =>
    `AH00526: Syntax error on line 7 of {}/files/galaxy-upstream.conf:\n${text}\n`;
  const paths = ['galaxy-upstream.conf', 'galaxy-locations.conf'];
  assert.equal(ask('apache', paths, 1, said('BalancerMember Invalid parameter')), [
    { severity: 'error', words: 'line 7: BalancerMember Invalid parameter', file: 'galaxy-upstream.conf' },
  ]);
  const module =
    "Invalid command 'XSendFile', perhaps misspelled or defined by a module not included in the server configuration";
  assert.is(ask('apache', paths, 1, said(module))?.[0]?.severity, 'warning');
  assert.is(
    ask('apache', paths, 1, said(module.replace('XSendFile', 'BalanserMember')))?.[0]?.severity,
    'error',
  );
  assert.equal(ask('apache', paths, 0, 'Syntax OK\n'), []);
});

test.run();
