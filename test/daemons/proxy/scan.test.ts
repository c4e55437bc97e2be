// What gxgen writes for nginx, looked through for the mistakes that nginx configurations of Galaxy servers have been
// published with: by checks of our own over a parsed file, and by gixy from the Python registry.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pythonWith } from '../../peers/python.ts';
import { command } from '../command.ts';
import { suiteNeeding } from '../needs.ts';
import { folder } from '../scratch.ts';
import { yamlText } from '../yaml.ts';
import { compile } from './compile.ts';
import { checks } from './scan/checks.ts';
import { scan } from './scan/scan.ts';
import { parse } from './scan/syntax.ts';
import { galaxyYml, gxgenYml, host, jobConf, type Places, type Scenario, scenarios } from './scenario.ts';

const test = suite('scan of nginx files');

test('each check finds its mistake', () => {
  for (const { name, bad, find } of checks) assert.ok(find(parse(bad)).length > 0, name);
});

test('names of checks are unique', () => {
  assert.is(new Set(checks.map(({ name }) => name)).size, checks.length);
});

for (const scenario of scenarios.filter(({ era }) => era === 'gunicorn')) {
  test(`${scenario.name}: no finding in the complete site`, async () => {
    assert.equal(scan(await site(scenario)), []);
  });
}

test.run();

/** What gixy says about a file as it is meant, with the reason. */
const accepted: Readonly<Record<string, string>> = {
  hsts_header: 'half a year less five days is what public Galaxy servers have; an administrator can say more',
  http2_misdirected_request:
    'the server for strangers refuses their handshake, so no connection is there to be reused',
  try_files_is_evil_too: 'about speed: plugins are looked up in two places, and few files are asked for',
  proxy_pass_normalized:
    'tusd and the reports are called below another path than the public one; their paths hold no names',
};

const gixy = pythonWith(['gixy-ng==0.2.59']);
const other = suiteNeeding('scan of nginx files by gixy', gixy);

for (const scenario of scenarios.filter(({ era }) => era === 'gunicorn')) {
  other.test(`${scenario.name}: gixy finds nothing`, async () => {
    if ('missing' in gixy) return;
    const path = join(folder('gixy', scenario.name), 'nginx.conf');
    writeFileSync(path, `events {}\nhttp {\n${(await site(scenario)).replace(/^include .*;$/gm, '')}\n}\n`);
    const { stdout, stderr } = await command([gixy.python, '-m', 'gixy.cli.main', '--format', 'json', path]);
    const found = (JSON.parse(stdout) as { plugin: string; line: number; summary: string }[])
      .filter(({ plugin }) => !(plugin in accepted))
      .map(({ plugin, line, summary }) => `line ${line}: ${plugin}: ${summary}`);
    assert.equal(found, [], stderr);
  });
}

other.run();

/** The site file of a scenario, as a server in the usual places would have it. */
async function site(scenario: Scenario): Promise<string> {
  const base = '/srv/galaxy';
  const places: Places = {
    ...{ base, root: `${base}/server`, virtualenv: `${base}/venv`, tusd: '/usr/local/sbin/tusd' },
    ...{ run: `${base}/run`, data: '/data/galaxy', config: `${base}/config/galaxy.yml` },
    ...{ certificate: `/etc/ssl/${host}.pem`, key: `/etc/ssl/${host}.key` },
  };
  const config = dirname(places.config);
  const { status, files, said } = await compile(
    {
      [places.config]: yamlText(galaxyYml(scenario, 'nginx', places)),
      [`${config}/gxgen.yml`]: yamlText(gxgenYml(scenario, 'nginx', places)),
      [`${config}/job_conf.yml`]: yamlText(jobConf),
      [`${config}/reports.yml`]: yamlText({ reports: {} }),
    },
    'nginx',
    'site',
  );
  const text = files.get('galaxy-site.conf');
  if (status !== 0 || text === undefined) throw new Error(said);
  return text;
}
