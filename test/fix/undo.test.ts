// Random clean configurations into which mistakes are put: --fix takes exactly these out again. Whatever the comments,
// blank lines and line ends are, the fixed files are the clean ones byte for byte, and fixing them again does nothing.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { again, bytesOf, validate } from './machine.ts';

const test = suite('fix undoes');

/** A line as it is right and as it may be wrong; undefined: a line that should not be there. */
type Line = readonly [right: string | undefined, wrong?: string];

const galaxy: readonly Line[] = [
  ['gravity:'],
  ['  galaxy_root: /srv/galaxy/server'],
  ['  virtualenv: /srv/galaxy/venv', '  virtualnev: /srv/galaxy/venv'],
  ['  galaxy_user: galaxy', '  user: galaxy'],
  ['  umask: "022"', '  umask: 022'],
  ['  gunicorn:', '  guincorn:'],
  ['    workers: 2', '    wrokers: 2'],
  ['    timeout: 300', '    tiemout: 300'],
  ['    preload: true', '    prelaod: true'],
  ['  celery:', '  celrey:'],
  ['    concurrency: 2', '    concurency: 2'],
  ['    enable_beat: true', '    enable_celery_beat: true'],
  ['  handlers:'],
  ['    handler:'],
  ['      processes: 2', '      procceses: 2'],
  ['      pools: [job-handlers]', '      pools: job-handlers'],
  ['    other:'],
  ['      processes: 1'],
  ['      pools: [job-handlers, workflow-schedulers]', '      pools: [job-handler, workflow-scheduler]'],
  ['galaxy:'],
  ['  id_secret: 4c1b9f1e5d6a4f0e8b7a'],
  ['  brand: usegalaxy.example', '  brnad: usegalaxy.example'],
  [undefined, '  enable_job_recovery: true'],
  ['  job_config_file: job_conf.xml', '  job_config_file: config/job_conf.xml'],
];
const jobs: readonly Line[] = [
  ['<job_conf>'],
  ['  <plugins>'],
  [
    '    <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>',
    '    <plugin id="local" type="runer" load="galaxy.jobs.runners.local:LocalJobRunner"/>',
  ],
  ['  </plugins>'],
  ['  <handlers assign_with="db-skip-locked"/>', '  <handlers assign-with="db-skip-lockd"/>'],
  ['  <destinations>'],
  ['    <destination id="local" runner="local"/>'],
  ['  </destinations>'],
  ['  <tools>'],
  ['    <tool id="upload1" destination="local"/>', '    <tool id="upload1" destnation="local"/>'],
  ['  </tools>'],
  ['</job_conf>'],
];

const words = fc.array(
  fc.constantFrom('see', '#42', 'why?', '"so"', '- a', 'x: y', '{', "it's", 'é', '&', '*', '  '),
  {
    maxLength: 4,
  },
);

interface Noise {
  readonly wrong: boolean;
  readonly above: readonly string[];
  readonly behind: string;
}
const noise = (comment: (text: string) => string): fc.Arbitrary<Noise> => {
  const remark = words.map((list) => comment(list.join(' ')));
  return fc.record({
    wrong: fc.boolean(),
    above: fc.array(fc.oneof(fc.constant(''), remark), { maxLength: 2 }),
    behind: fc.oneof(
      fc.constant(''),
      remark.map((text) => `  ${text}`),
    ),
  });
};
const yamlNoise = noise((text) => `# ${text}`);
const xmlNoise = noise((text) => `<!-- ${text.replaceAll('-', '~')} -->`);

function write(lines: readonly Line[], noises: readonly Noise[], wrong: boolean, newline: string): string {
  const rows = lines.flatMap(([right, slip], index) => {
    const one = noises[index];
    if (!one) return [];
    const line = wrong && one.wrong && slip !== undefined ? slip : right;
    return [...one.above, ...(line === undefined ? [] : [line + (right === undefined ? '' : one.behind)])];
  });
  return rows.join(newline) + newline;
}

const setup = fc.record({
  yaml: fc.tuple(...galaxy.map(() => yamlNoise)),
  xml: fc.tuple(...jobs.map(() => xmlNoise)),
  newline: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
});

test('mistakes go, and nothing else changes', async () => {
  let mistakes = 0;
  await fc.assert(
    fc.asyncProperty(setup, async ({ yaml, xml, newline, mark }) => {
      const files = (wrong: boolean) => ({
        'galaxy.yml': mark + write(galaxy, yaml, wrong, newline),
        'job_conf.xml': mark + write(jobs, xml, wrong, newline),
      });
      const clean = await validate(files(false), []);
      assert.not.match(clean.stdout, /^(error|warning)/m);
      const fixed = await validate(files(true));
      mistakes += fixed.stdout.match(/: fixed /g)?.length ?? 0;
      for (const [name, text] of Object.entries(files(false)))
        assert.equal(
          Buffer.from(bytesOf(fixed.host, `/srv/galaxy/config/${name}`)).toString(),
          text,
          `${name}\n${fixed.stdout}`,
        );
      const second = await validate(again(fixed.host));
      assert.equal(second.host.calls, []);
      assert.is(second.stdout, clean.stdout);
    }),
    { seed: 4711, numRuns: 80 },
  );
  assert.ok(mistakes > 500, `only ${mistakes} mistakes`);
});

test.run();
