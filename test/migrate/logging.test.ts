// Logging sections of an INI as a dictConfig.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryHost } from '../../src/host/memory.ts';
import { type LoggingPlan, planLogging } from '../../src/migrate/logging.ts';
import { handlerSettings } from '../../src/migrate/logging-args.ts';
import { compile } from '../../src/pipeline.ts';

const test = suite('migrate logging');

test('arguments of handlers', () => {
  const cases: [string, string, unknown][] = [
    ['StreamHandler', '(sys.stderr,)', { class: 'logging.StreamHandler', stream: 'ext://sys.stderr' }],
    ['logging.StreamHandler', '()', { class: 'logging.StreamHandler' }],
    [
      'FileHandler',
      "('/var/log/g.log', 'a')",
      { class: 'logging.FileHandler', filename: '/var/log/g.log', mode: 'a' },
    ],
    [
      'handlers.RotatingFileHandler',
      "('g.log', 'a', 1000, 5)",
      {
        class: 'logging.handlers.RotatingFileHandler',
        filename: 'g.log',
        mode: 'a',
        maxBytes: 1000,
        backupCount: 5,
      },
    ],
    [
      'handlers.SysLogHandler',
      "(('localhost', 514), handlers.SysLogHandler.LOG_LOCAL0)",
      { class: 'logging.handlers.SysLogHandler', address: ['localhost', 514], facility: 'local0' },
    ],
    [
      'handlers.SysLogHandler',
      "('/dev/log',)",
      { class: 'logging.handlers.SysLogHandler', address: '/dev/log' },
    ],
    // No tuple, a call, an escape, a handler of the site, more arguments than there are, a stream that is none.
    ['FileHandler', "('/var/log/g.log')", undefined],
    ['FileHandler', "(os.path.join('a', 'b'),)", undefined],
    ['FileHandler', "('a\\tb',)", undefined],
    ['my.Handler', '()', undefined],
    ['StreamHandler', '(sys.stderr, 1)', undefined],
    ['StreamHandler', "('x',)", undefined],
    ['toString', '()', undefined],
  ];
  for (const [kind, args, wanted] of cases)
    assert.equal(handlerSettings(kind, args), wanted, `${kind}${args}`);
});

const usual = {
  loggers: 'keys = root',
  handlers: 'keys = console',
  formatters: 'keys = generic',
  logger_root: 'level = INFO\nhandlers = console',
  handler_console: 'class = StreamHandler\nargs = (sys.stderr,)\nformatter = generic',
  formatter_generic: 'format = %(asctime)s %(message)s',
};

function planOf(change: Record<string, string | undefined>): LoggingPlan | undefined {
  const sections = Object.entries({ ...usual, ...change }).flatMap(([name, body]) =>
    body === undefined ? [] : [`[${name}]\n${body}\n`],
  );
  const text = `[server:main]\nuse = egg:Paste#http\n[app:main]\npaste.app_factory = galaxy.web.buildapp:app_factory\n${sections.join('')}`;
  const host = memoryHost({ cwd: '/srv/galaxy', files: { '/srv/galaxy/galaxy.ini': text } });
  const compiled = compile({ files: ['galaxy.ini'], allowUnknown: true, advice: false }, host);
  const [instance] = compiled.deployment.instances;
  assert.ok(instance?.legacy);
  return planLogging(instance.legacy.sections);
}

test('sections become a dictConfig', () => {
  const plan = planOf({
    loggers: 'keys = root,galaxy',
    logger_galaxy: 'qualname = galaxy\nhandlers =\npropagate = 1',
  });
  assert.equal(plan?.ok && plan.value, {
    version: 1,
    disable_existing_loggers: false,
    formatters: { generic: { format: '%(asctime)s %(message)s' } },
    handlers: {
      console: { class: 'logging.StreamHandler', stream: 'ext://sys.stderr', formatter: 'generic' },
    },
    loggers: { galaxy: { handlers: [], propagate: true } },
    root: { level: 'INFO', handlers: ['console'] },
  });
  assert.is(planOf({ loggers: undefined }), undefined);
});

test('what Python refuses, or nobody can translate, is said and not half done', () => {
  const cases: [Record<string, string | undefined>, string][] = [
    [{ formatters: undefined }, 'the section [formatters] is missing'],
    [
      { loggers: 'keys = galaxy', logger_galaxy: 'qualname = galaxy\nhandlers =' },
      'the logger "root" is missing',
    ],
    [{ logger_root: 'handlers = file' }, 'no handler is called "file"'],
    [
      { handler_console: 'class = site.Handler' },
      'handler "console" is more than can be translated: site.Handler()',
    ],
    [
      { formatter_generic: 'class = site.Formatter' },
      'formatter "generic" is code of your own: site.Formatter',
    ],
    [{ loggers: 'keys = root, x', logger_x: 'handlers =' }, '"qualname" is missing'],
  ];
  for (const [change, why] of cases) {
    const plan = planOf(change);
    assert.is(plan?.ok === false && plan.why, why);
  }
});

test.run();
