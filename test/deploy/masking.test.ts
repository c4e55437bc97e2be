import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { maskText } from '../../src/deploy/masking.ts';
import { byDefault } from '../../src/model/located.ts';
import { hostile } from '../backends/hostile.ts';
import { backendNamed, render } from '../backends/render.ts';
import { sampleDeployment } from '../backends/sample.ts';

const test = suite('masking');

for (const target of ['systemd', 'supervisor/conf.d', 'supervisor/self-contained']) {
  test(`${target}: whatever a secret is made of, it does not show`, () => {
    let masked = 0;
    for (const { value } of hostile) {
      const secret = `canary-${value}-canary`;
      const deployment = sampleDeployment({
        change: (one) =>
          one.name === 'celery'
            ? { ...one, env: [...one.env, { name: 'DB_PASSWORD', value: byDefault(secret), secret: true }] }
            : one,
      });
      const { files, problems } = render(target, deployment);
      if (problems.some((one) => one.startsWith('error'))) continue;
      for (const { path, text, masked: own } of files) {
        const shown = maskText(backendNamed(target.split('/')[0] ?? ''), path, text, own !== undefined);
        assert.not.match(shown ?? '', /canary/, `${JSON.stringify(value).slice(0, 60)} in ${path}`);
        if (own !== undefined && shown !== undefined) masked++;
      }
    }
    assert.ok(masked > 200, `${masked} texts could be shown`);
  });
}

test('units of others: passwords in Environment= and on the command line', () => {
  const unit = [
    '[Service]',
    `ExecStart=/bin/celery --password=canary1 --token "canary2 x" --name 'safe word'`,
    `Environment=API_TOKEN='canary3 "x"' OTHER=fine`,
    'Environment="BROKER=amqp://me:canary4@host//" \\',
    '  DB_PASSWORD=canary5',
    '',
  ].join('\n');
  const shown = maskText(backendNamed('systemd'), 'galaxy-x.service', unit, false);
  assert.ok(shown);
  assert.not.match(shown ?? '', /canary/);
  assert.match(shown ?? '', /OTHER=fine/);
  assert.match(shown ?? '', /safe word/);
});

test('what cannot be masked for certain is withheld', () => {
  const systemd = backendNamed('systemd');
  // A secret that also stands in a comment.
  const twice = '# the password is canary77\n[Service]\nExecStart=/bin/x\nEnvironment=DB_PASSWORD=canary77\n';
  assert.not.match(maskText(systemd, 'galaxy-x.service', twice, false) ?? '', /canary/);
  assert.is(
    maskText(systemd, 'galaxy-x.service', '[Service]\nExecStart=/bin/x\n', true),
    undefined,
    'said to hold one',
  );
  assert.is(maskText(backendNamed('commands'), 'x.sh', 'export A=canary', true), undefined);
});

test.run();
