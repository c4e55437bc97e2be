// One fixed list of problems with every shape a report can meet, and the secrets among their sources.

import { assemble, type Details, type Diagnostic, type Severity } from '../../src/diagnostics/diagnostic.ts';
import type { Page } from '../../src/report/pages.ts';
import { makeSource, type Source, type Span, span } from '../../src/text/source.ts';

const galaxy = makeSource(
  'config/galaxy.yml',
  `gravity:
  process_manager: systemd
  gunicorn:
    - server_name: main
      bind: localhost:8080
      binf: localhost:8081
    - server_name: api
      bind: localhost:8080
  handlers:
    handler:
      processes: 2

      pools:
        - job-handlers
  celery:
\tenable: true
galaxy:
  brand: 東京ゲノム解析 🧬 server
  admin_users: e\u0301lise@example.org
  id_secret: correct-horse-battery
  database_connection: "postgresql://galaxy:hunter2@db/galaxy"
  ssh_key: |
    -----BEGIN KEY-----
    c2VjcmV0IGtleSBsaW5lIG9uZQ
    -----END KEY-----
  welcome: \x1b[31mred\u202e\u00a0
`,
);
const job = makeSource(
  'config/job_conf.xml',
  `<job_conf>\r
    <handlers assign="db-skip-locked"/>\r
    <tools>\r
        <tool id="bwa_mem" destination="cluster" resources="all" note="${'long words '.repeat(30)}" handler="special" class="local"/>\r
    </tools>\r
</job_conf>\r
`,
);

function at(source: Source, words: string, after = ''): Span {
  const from = source.text.indexOf(after);
  const start = source.text.indexOf(words, from < 0 ? source.text.length : from);
  if (from < 0 || start < 0) throw new Error(`no "${words}" after "${after}"`);
  return span(source, start, start + words.length);
}

function between(source: Source, first: string, last: string): Span {
  return span(source, at(source, first).start, at(source, last, first).end);
}

function sample(
  code: string,
  name: string,
  severity: Severity,
  message: string,
  where: Span | string | undefined,
  details: Details = {},
): Diagnostic {
  return assemble(code, name, severity, message, where, details);
}

const secretLine = at(galaxy, '"postgresql://galaxy:hunter2@db/galaxy"');
const binf = at(galaxy, 'binf');
const prefix = at(galaxy, 'localhost:8080', 'server_name: api');

export const secrets: readonly Span[] = [
  at(galaxy, 'correct-horse-battery'),
  secretLine,
  at(galaxy, 'hunter2'),
  between(galaxy, '|\n', '-----END KEY-----\n'),
];

export const samples: readonly Diagnostic[] = [
  sample(
    'GX901',
    'no-place',
    'error',
    'no file was found where Galaxy looks for its configuration',
    undefined,
    {
      help: 'name the file: gxgen validate path/to/galaxy.yml',
    },
  ),
  sample('GX001', 'file-unreadable', 'error', 'cannot read "config/missing.yml"', 'config/missing.yml', {
    why: 'what it says is unknown, so nothing can be compiled from it',
  }),
  sample('GX902', 'file-and-label', 'warning', 'the file is named twice', 'config/other.yml', {
    labels: [{ span: at(galaxy, 'process_manager'), text: 'first named here' }],
  }),
  sample('GX301', 'port-conflict', 'error', 'port 8080 is claimed twice', at(galaxy, 'localhost:8080'), {
    mark: 'first listener',
    labels: [{ span: prefix, text: 'same address here' }],
    why: 'systemd would start both units and one of them would fail to bind',
    values: ['gunicorn.enable is true (default)'],
    help: 'give "api" another port, for example localhost:8081',
  }),
  sample('GX203', 'unknown-key', 'error', 'unknown key "binf" in "gunicorn"; did you mean "bind"?', binf, {
    labels: [{ span: at(galaxy, 'bind', 'main'), text: '"bind" is already set here' }],
    why: 'nothing reads this key, so the server starts without what it was meant to say',
    help: `"gunicorn" knows "bind", "enable", "environment", "extra_args", "graceful_timeout", "keep_alive", "keyfile", "memory_limit", "preload", "restart_timeout", "server_name", "start_timeout", "stop_timeout", "timeout", "umask", "worker_class" and "workers"`,
    fix: { title: 'write "bind"', edits: [{ span: binf, text: 'bind' }], safe: true },
  }),
  sample(
    'GX402',
    'handler-without-pool',
    'warning',
    'no job reaches "handler"',
    between(galaxy, 'handler:\n', 'job-handlers\n'),
    {
      mark: 'two processes that stay idle',
      labels: [
        { span: at(job, 'assign="db-skip-locked"'), text: 'jobs are only taken by method "db-skip-locked"' },
        { span: at(job, 'db-skip-locked'), text: 'this method' },
      ],
      fix: {
        title: 'remove the pools',
        edits: [
          { span: span(galaxy, at(galaxy, '      pools:').start, at(galaxy, '  celery:').start), text: '' },
        ],
        safe: false,
      },
    },
  ),
  sample('GX101', 'yaml-tab', 'error', 'a tab cannot indent', at(galaxy, '\t'), {
    mark: 'four columns here',
    help: 'indent with spaces',
  }),
  sample('GX903', 'after-tab', 'info', 'a place behind a tab', at(galaxy, 'true', '\t')),
  sample('GX904', 'wide', 'info', 'marks stand below wide characters', at(galaxy, 'ゲノム'), {
    mark: 'three wide characters',
  }),
  sample(
    'GX905',
    'after-wide',
    'info',
    'marks stand right behind wide characters',
    at(galaxy, 'server', 'brand'),
  ),
  sample('GX906', 'combining', 'info', 'a combining mark takes no column', at(galaxy, 'lise')),
  sample('GX302', 'weak-secret', 'warning', '"id_secret" is made of words', at(galaxy, 'horse'), {
    mark: 'a guess away',
    values: ['id_secret is correct-horse-battery (config/galaxy.yml)'],
    fix: {
      title: 'reverse it',
      edits: [{ span: at(galaxy, 'correct-horse-battery'), text: 'correct-horse-battery-staple' }],
      safe: false,
    },
  }),
  sample('GX601', 'database-password', 'warning', 'the password of the database is in the file', secretLine, {
    values: ['password is hunter2', 'hunter22 is another word'],
    labels: [{ span: at(galaxy, 'database_connection'), text: 'holds hunter2' }],
  }),
  sample(
    'GX602',
    'key-in-file',
    'warning',
    'a key is in the file',
    between(galaxy, '|\n', '-----END KEY-----\n'),
    { mark: 'ends here' },
  ),
  sample(
    'GX603',
    'after-secret',
    'info',
    'a line of the key is marked',
    at(galaxy, 'c2VjcmV0IGtleSBsaW5lIG9uZQ'),
  ),
  sample('GX907', 'control', 'warning', 'the message "\x1b[2J" is harmless', at(galaxy, 'red'), {
    help: 'first line\nsecond line with \u202e',
  }),
  sample('GX908', 'invisible', 'info', 'invisible characters are spelled out', at(galaxy, '\u202e\u00a0'), {
    mark: 'both',
  }),
  sample('GX909', 'end', 'error', 'the file ends too early', span(galaxy, galaxy.text.length)),
  sample('GX910', 'empty', 'error', 'a value is missing', span(galaxy, at(galaxy, 'celery:').end), {
    mark: 'expected here',
  }),
  sample('GX403', 'long-line-start', 'warning', 'no such destination: "cluster"', at(job, 'cluster'), {
    mark: 'not defined',
  }),
  sample('GX404', 'long-line-end', 'warning', 'no such handler: "special"', at(job, 'special'), {
    mark: 'not defined',
    labels: [{ span: at(job, 'bwa_mem'), text: 'for this tool' }],
  }),
  sample(
    'GX405',
    'long-line-middle',
    'info',
    'the note is long',
    span(job, at(job, 'note="').end + 150, at(job, 'note="').end + 154),
  ),
  sample('GX406', 'long-mark', 'info', 'the note is marked as a whole', at(job, 'long words '.repeat(30)), {
    mark: 'long',
  }),
  sample('GX911', 'first-line', 'info', 'the first line has no line above it', at(galaxy, 'gravity')),
  sample('GX203', 'unknown-key', 'error', 'cannot happen twice', at(galaxy, 'brand')),
  sample('GX203', 'unknown-key', 'error', 'cannot happen twice', at(galaxy, 'brand')),
];

/** Twenty-two problems of one code. */
export const flood: readonly Diagnostic[] = Array.from({ length: 22 }, (_, index) =>
  sample('GX407', 'unknown-tool', 'warning', `tool "tool_${index + 10}" is unknown`, 'config/job_conf.xml'),
);

/** Pages of some of the codes; the others have none, as a code that is new to a service has none. */
export const pages: readonly Page[] = [
  {
    code: 'GX001',
    name: 'file-unreadable',
    severity: 'error',
    summary: 'A file cannot be read.',
    why: 'What it says is unknown.',
  },
  {
    code: 'GX301',
    name: 'port-conflict',
    severity: 'error',
    summary: 'A port is claimed twice.',
    why: 'One of the two does not start.',
    source: 'bind(2)',
    since: '22.05',
    until: '26.0',
    example: () => ({
      bad: { 'galaxy.yml': 'gravity:\n  a: <&"\n' },
      at: 'galaxy.yml:2:3',
      good: { 'galaxy.yml': 'gravity:\n' },
    }),
  },
  { code: 'GX406', name: 'long-mark', severity: 'info', summary: 'A note is long.', why: 'Nobody reads it.' },
];
