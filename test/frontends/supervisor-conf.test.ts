// What hand-written supervisor files start.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readSupervisorConf } from '../../src/frontends/supervisor-conf.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';
import { galaxyYml, jobConfXml, workflowXml } from '../../src/rules/example.ts';
import { parseIni } from '../../src/syntax/ini.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('supervisor files');
const main = 'python lib/galaxy/main.py -c galaxy.yml';

function read(text: string) {
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic) => found.push(one);
  return { ...readSupervisorConf(parseIni(makeSource('s.conf', text), report), 's.conf', report), found };
}

const under = ({ source, start, end }: Span) => source.text.slice(start, end);

// A command of a program `p`, and what it starts: `name`, `name+pool+pool`, `name (web)`.
const commands: readonly [command: string, started: string][] = [
  [`${main} --server-name=handler0`, 'handler0'],
  [`${main} --server-name handler0`, 'handler0'],
  [`${main} --server-name "handler0"`, 'handler0'],
  [`${main} --server-name=a --server-name=b`, 'b'],
  [`${main} --serv a`, 'a'],
  [main, 'main'],
  [
    `${main} --server-name=h --attach-to-pool=job-handlers --attach-to-pool workflow-schedulers`,
    'h+job-handlers+workflow-schedulers',
  ],
  ['./scripts/galaxy-main -c g.ini --server-name=h', 'h'],
  ['/srv/venv/bin/galaxy-main --server-name=h', 'h'],
  ['python -m galaxy.main --server-name=h', 'h'],
  ['python ./scripts/paster.py serve universe_wsgi.ini --server-name=web0', 'web0 (web)'],
  [`bash -c "source venv/bin/activate && exec ${main} --server-name=h"`, 'h'],
  [`bash -lc 'cd /srv/galaxy; ${main} --server-name=h; echo --server-name=x'`, 'h'],
  [`sg galaxy 'bash -c "${main} --server-name=h"'`, 'h'],
  [`${main} --server-name=%(program_name)s_%(process_num)02d`, 'p_00'],
  [`${main} --server-name=100%%`, '100%'],
  ['/usr/sbin/nginx -g "daemon off;"', ''],
  ['celery --app galaxy.celery worker', ''],
  ['tail -f galaxy-main.log', ''],
  // Known on the server only, so passed over.
  [`${main} --server-name=%(host_node_name)s_h`, ''],
  [`bash -c '${main} --server-name=$NAME'`, ''],
  [`env GALAXY_CONFIG_OVERRIDE_SERVER_NAME=x ${main} --server-name=h`, ''],
];

for (const [command, started] of commands) {
  test(`starts ${started === '' ? 'nothing known' : started}: ${command}`, () => {
    const { processes, found } = read(`[program:p]\ncommand=${command}\n[program:q]\ncommand=${main}\n`);
    const own = processes.filter((one) => one.program.value === 'p');
    assert.is(
      own
        .map(
          ({ serverName, pools, web }) =>
            [serverName, ...pools].map((one) => one.value).join('+') + (web ? ' (web)' : ''),
        )
        .join(),
      started,
    );
    assert.equal(found, []);
  });
}

test('numbers processes', () => {
  const text = `[program:h]\ncommand=${main} --server-name=handler%(process_num)d\nprocess_name=%(program_name)s_%(process_num)s\nnumprocs=3\nnumprocs_start=2\n`;
  const { processes, complete } = read(text);
  assert.equal(
    processes.map((one) => one.serverName.value),
    ['handler2', 'handler3', 'handler4'],
  );
  assert.is(processes[0] && under(processes[0].place), 'handler%(process_num)d');
  assert.is(complete, true);
});

test('points at the name on a continued line', () => {
  const { processes } = read(`[program:h]\ncommand=${main}\n  --server-name=handler0\n`);
  assert.is(processes[0] && under(processes[0].place), 'handler0');
});

const wrong: readonly [what: string, lines: string, code: string, place: string][] = [
  ['no command', 'user=galaxy', 'GX183', 's.conf:1:1'],
  ['an open quote', `command=${main} --server-name='a ;b'`, 'GX183', 's.conf:2:9'],
  ['a single percent sign', `command=${main} --x=100% y`, 'GX182', 's.conf:2:56'],
  ['a name that is none', `command=${main} %(process)d`, 'GX182', 's.conf:2:49'],
  ['a text as a number', `command=${main} %(program_name)d`, 'GX182', 's.conf:2:49'],
  ['numprocs in words', `command=${main}\nnumprocs=three`, 'GX184', 's.conf:3:10'],
  ['numprocs without numbers', `command=${main}\nnumprocs=3`, 'GX184', 's.conf:3:10'],
  ['numprocs without end', `command=${main}\nnumprocs=999999999`, 'GX184', 's.conf:3:10'],
  ['no Galaxy', 'command=/usr/sbin/nginx', 'GX185', 's.conf'],
];

for (const [what, lines, code, place] of wrong) {
  test(`reports ${what}`, () => {
    const { found } = read(`[program:h]\n${lines}\n`);
    assert.is(found.map((one) => `${one.code} ${placeOf(one)}`).join(), `${code} ${place}`);
  });
}

test('stops at a number of processes that nobody runs', () => {
  const one = (index: number) =>
    `[program:h${index}]\ncommand=${main} ${'x'.repeat(1_000)}\nnumprocs=1000\nprocess_name=%(process_num)d\n`;
  const { found, complete } = read(Array.from({ length: 20 }, (_, index) => one(index)).join(''));
  assert.equal(
    found.map((each) => each.code),
    ['GX184'],
  );
  assert.is(complete, false);
});

test('knows where secrets stand', () => {
  const { secrets } = read(
    `[inet_http_server]\npassword=hunter2\n[program:h]\ncommand=${main}\nenvironment=A="b",\n  C="d"\n`,
  );
  assert.equal(secrets.map(under), ['hunter2', 'A="b",', 'C="d"']);
});

// What the rules say of a whole site.
const listed = jobConfXml('<handlers><handler id="h1"/><handler id="h2"/></handlers>');
const start = (...names: readonly string[]) =>
  names.map((name) => `[program:${name}]\ncommand=${main} --server-name=${name}\n`).join('');

const sites: readonly [
  what: string,
  supervisor: readonly string[],
  codes: string,
  files?: Record<string, string>,
][] = [
  ['all are started, by two files', [start('h1'), start('h2')], ''],
  ['no supervisor file is given', [], ''],
  ['one is not started', [start('h1')], 'GX397'],
  ['another is started', [start('h1', 'h2', 'h3')], 'GX398'],
  ['both', [start('h1', 'h0')], 'GX397 GX398'],
  [
    'Paste serves the web',
    [`${start('h1', 'h2')}[program:w]\ncommand=paster.py serve g.ini --server-name=web0\n`],
    '',
  ],
  [
    'a process is in a pool',
    [`${start('h1', 'h2')}[program:p]\ncommand=${main} --server-name=p0 --attach-to-pool=job-handlers\n`],
    '',
  ],
  ['a name is not known', [`${start('h1')}[program:x]\ncommand=${main} --server-name=%(ENV_NAME)s\n`], ''],
  ['a file is broken', [`${start('h1')}word\n`], 'GX180'],
  [
    'handlers run on another machine',
    [start('h1')],
    '',
    { 'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [job-handlers]\n' },
  ],
  [
    'a workflow scheduler is started',
    [start('h1', 'h2', 'w0')],
    '',
    {
      'workflow_schedulers_conf.xml': workflowXml(
        '<handlers assign_with="db-preassign"><handler id="w0"/></handlers>',
      ),
    },
  ],
  [
    'nothing is listed',
    [`[program:p]\ncommand=${main} --server-name=p0 --attach-to-pool=job-handlers\n`],
    '',
    { 'job_conf.xml': jobConfXml() },
  ],
];

for (const [what, supervisor, codes, more] of sites) {
  test(`a site where ${what}`, () => {
    const files: Record<string, string> = {
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\n',
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': listed,
      ...more,
    };
    for (const [index, text] of supervisor.entries()) files[`${index}.conf`] = text;
    const host = memoryHost({
      cwd: '/srv/galaxy/config',
      files: Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`/srv/galaxy/config/${name}`, text]),
      ),
    });
    const names = supervisor.map((_, index) => `${index}.conf`);
    const { diagnostics } = compile(
      { files: ['galaxy.yml'], supervisor: names, allowUnknown: false, advice: false },
      host,
    );
    assert.is(
      diagnostics
        .map((one) => one.code)
        .sort()
        .join(' '),
      codes,
    );
  });
}

test('a supervisor file that is missing is one that cannot be read', () => {
  const host = memoryHost({ cwd: '/srv', files: { '/srv/galaxy.yml': galaxyYml() } });
  const { unreadable } = compile(
    { files: ['galaxy.yml'], supervisor: ['x.conf'], allowUnknown: false, advice: false },
    host,
  );
  assert.is(unreadable, true);
});

test.run();
