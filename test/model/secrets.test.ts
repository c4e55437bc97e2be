import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { looksSecret } from '../../src/model/secrets.ts';

const test = suite('model/secrets');

const secret: [name: string, value: string][] = [
  ['PASSWORD', 'x'],
  ['PGPASSWORD', 'x'],
  ['DB_PASSWORD', '12345'],
  ['db-passwd', 'x'],
  ['MYSQL_PWD', 'x'],
  ['SMTP_PASS', 'x'],
  ['KEY_PASSPHRASE', 'x'],
  ['GALAXY_CONFIG_ID_SECRET', 'x'],
  ['client_secret', 'x'],
  ['GITHUB_TOKEN', 'x'],
  ['TOKEN', '/+abc='],
  ['API_KEY', 'x'],
  ['APIKEY', 'x'],
  ['apiKey', 'x'],
  ['master_api_key', 'x'],
  ['PRIVATE_KEY', '-----BEGIN'],
  ['AWS_SECRET_ACCESS_KEY', 'x'],
  ['ENCRYPTION_KEY', 'x'],
  ['CREDENTIALS', 'user:pw'],
  ['ANY', 'postgresql://galaxy:pw@localhost/galaxy'],
  ['ANY', 'amqp://galaxy:pw@host//'],
  ['ANY', 'redis://:pw@host:6379/0'],
  ['ANY', 'postgresql://u:with/slash@h/d'],
  ['ANY', 'see https://u:p@h and more'],
  ['ANY', 'https://h/x?a=1&token=abc'],
];
for (const [name, value] of secret)
  test(`secret: ${name}=${value}`, () => assert.ok(looksSecret(name, value)));

const open: [name: string, value: string][] = [
  ['LANG', 'C.UTF-8'],
  ['PASSWORD', ''],
  ['PASSWORD', 'true'],
  ['REQUIRE_PASSWORD', 'No'],
  ['PWD', '/srv/galaxy'],
  ['OLDPWD', '/srv'],
  ['PATH', '/usr/bin'],
  ['TOKENIZERS_PARALLELISM', 'false'],
  ['MAX_TOKENS', '100'],
  ['DB_PASSWORD_FILE', '/run/secrets/db'],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/etc/g.json'],
  ['SSL_KEY', '/etc/ssl/private/key.pem'],
  ['PUBLIC_KEY', 'ssh-ed25519 AAAA'],
  ['ROUTING_KEY', 'galaxy.internal'],
  ['AWS_ACCESS_KEY_ID', 'AKIA'],
  ['PASSWORD_MIN_LENGTH', '6'],
  ['TOKEN_URL', 'https://idp/token'],
  ['KEYBOARD', 'us'],
  ['MONKEY', 'x'],
  ['ANY', 'https://galaxy.example.org:8443/a@b'],
  ['ANY', 'amqp://host:5672/vhost'],
  ['ANY', 'postgresql:///galaxy?host=/run/postgresql'],
  ['ANY', 'https://user@host/'],
  ['ANY', 'https://user:@host/'],
  ['ANY', '1:30'],
];
for (const [name, value] of open) test(`open: ${name}=${value}`, () => assert.not(looksSecret(name, value)));

test('linear in a long text', () => {
  const started = performance.now();
  for (const text of ['://'.repeat(1e5), 'a'.repeat(1e6), `${'x:y@'.repeat(1e5)}://`, '?token'.repeat(1e5)])
    looksSecret('x'.repeat(1e5), text);
  assert.ok(performance.now() - started < 2000);
});

test.run();
