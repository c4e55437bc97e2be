// Golden tables of what Galaxy does, observed by running the parser and handler classes of 22.05 to 24.2.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byDefault } from '../../src/model/located.ts';
import type { AssignMethod, Handling, StaticHandler } from '../../src/model/routing.ts';
import { assignJob, assignMethods } from '../../src/model/routing-assign.ts';
import { attachProcess, handlerNames, type NameEntry } from '../../src/model/routing-names.ts';
import { jobRole, schedulerRole } from '../../src/model/routing-process.ts';
import { makeSource, span } from '../../src/text/source.ts';

const test = suite('routing');
const where = span(makeSource('job_conf.xml', ''), 0);

function handler(id: string, tags?: string): StaticHandler {
  return {
    span: where,
    id: byDefault(id),
    ...(tags === undefined ? {} : { tags: tags.split(',').map(byDefault) }),
    environment: [],
  };
}

interface Given {
  readonly assign?: readonly AssignMethod[];
  readonly default?: string;
  readonly handlers?: readonly StaticHandler[];
}

function section({ assign, default: fallback, handlers = [] }: Given): Handling {
  return {
    span: where,
    ...(assign ? { assign: byDefault(assign.map(byDefault)) } : {}),
    ...(fallback === undefined ? {} : { default: byDefault(fallback) }),
    handlers,
  };
}

function show(entries: ReadonlyMap<string, NameEntry>): string {
  return [...entries]
    .map(([name, one]) =>
      one.kind === 'id' ? `${name}=${one.handler}` : `${name}=[${one.members.join(' ')}]`,
    )
    .join('; ');
}

// [what, handlers, table, collisions]
const tables: [string, StaticHandler[], string, string][] = [
  ['untagged', [handler('a'), handler('b')], 'a=a; _default_=[a b]; b=b', ''],
  ['tags', [handler('a', 's'), handler('b', 's')], 'a=a; s=[a b]; b=b', ''],
  ['same id twice', [handler('a', 's'), handler('a', 't')], 'a=a; s=[a]', 'duplicate-id'],
  ['a tag equal to an earlier id', [handler('a'), handler('b', 'a')], 'a=a; _default_=[a]; b=b', 'tag-is-id'],
  ['a tag equal to a later id', [handler('a', 'b'), handler('b')], 'a=a; b=[a]', 'id-is-tag'],
  ['a tag equal to the own id', [handler('a', 'a')], 'a=[a]', 'tag-is-own-id'],
  ['a tag twice on the first member', [handler('a', 't,t')], 'a=a; t=[a]', 'tag-repeated'],
  [
    'a tag twice on a second member',
    [handler('a', 't'), handler('b', 't,t')],
    'a=a; t=[b]; b=b',
    'tag-repeated',
  ],
  ['an empty tag', [handler('a', 'x,')], 'a=a; x=[a]; =[a]', ''],
  ['nothing but an empty tag', [handler('a', '')], 'a=a; =[a]', ''],
  ['both default and special', [handler('a', '_default_,s')], 'a=a; _default_=[a]; s=[a]', ''],
];
for (const [what, handlers, table, collisions] of tables) {
  test(`name table: ${what}`, () => {
    const names = handlerNames(handlers, '24.2');
    assert.is(show(names.entries), table);
    assert.is(names.collisions.map((one) => one.kind).join(), collisions);
    assert.is(names.fails, collisions === 'tag-is-id');
  });
}

// What Galaxy 26.1 makes of the same.
const merged: [string, StaticHandler[], string, string][] = [
  ['tags', [handler('a', 's'), handler('b', 's')], 'a=a; s=[a b]; b=b', ''],
  [
    'a tag equal to an earlier id',
    [handler('a'), handler('b', 'a')],
    'a=[a b]; _default_=[a]; b=b',
    'tag-is-id',
  ],
  [
    'the same from two handlers',
    [handler('a'), handler('b', 'a'), handler('c', 'a')],
    'a=[a b c]; _default_=[a]; b=b; c=c',
    'tag-is-id',
  ],
  ['a tag equal to a later id', [handler('a', 'b'), handler('b')], 'a=a; b=[a]', 'id-is-tag'],
  ['a tag equal to the own id', [handler('a', 'a')], 'a=a', 'tag-is-own-id'],
  ['a tag twice on the first member', [handler('a', 't,t')], 'a=a; t=[a]', 'tag-repeated'],
];
for (const [what, handlers, table, collisions] of merged) {
  test(`name table from 26.0 on: ${what}`, () => {
    const names = handlerNames(handlers, '26.0');
    assert.is(show(names.entries), table);
    assert.is(names.collisions.map((one) => one.kind).join(), collisions);
    assert.not(names.fails);
  });
}

test('from 26.0 on a process may be in the pool of a handler', () => {
  const names = handlerNames([handler('h')], '26.0');
  const joined = attachProcess(names, 'd', ['job-handlers.h'], 'job-handlers');
  assert.is(show(joined.entries), 'h=[h d]; _default_=[h]; d=d');
  assert.not(joined.fails);
});

test('a collision names both entries', () => {
  const [first, second] = [handler('a'), handler('a')];
  assert.equal(handlerNames([first, second], '24.2').collisions[0]?.other, first);
  const tagged = handler('x', 'b');
  assert.equal(handlerNames([tagged, handler('b')], '24.2').collisions[0]?.other, tagged);
});

test('a process adds itself to the tags of its pools', () => {
  const names = handlerNames([handler('h', 's')], '24.2');
  const pools = ['job-handlers.a.b', 'job-handlers', 'job-handlers', 'job-handler', 'workflow-schedulers.x'];
  assert.is(
    show(attachProcess(names, 'd', pools, 'job-handlers').entries),
    'h=h; s=[h]; d=d; a.b=[d]; _default_=[d]',
  );
  assert.is(show(names.entries), 'h=h; s=[h]');
  assert.ok(attachProcess(names, 'd', ['job-handlers.h'], 'job-handlers').fails);
});

const absent: Handling = { handlers: [] };
const skipLocked: readonly AssignMethod[] = ['db-skip-locked'];
const five = [
  handler('h1'),
  handler('h2'),
  handler('h3', 'nodefault'),
  handler('h4', 'special'),
  handler('h5', 'special'),
];

// [what, section, server name, pools, handles jobs?, own tags]
const roles: [string, Handling, string, string[], boolean, string?][] = [
  ['no handlers, web', absent, 'main.1', [], true, '_default_'],
  ['no handlers, any name without a pool', absent, 'x', [], true, '_default_'],
  ['empty handlers without a method, web', section({}), 'main.1', [], true, '_default_'],
  ['a method and no children, web', section({ assign: skipLocked }), 'main.1', [], false],
  ['a method, in the pool', section({ assign: skipLocked }), 'd', ['job-handlers'], true, '_default_'],
  [
    'a method, in a tagged pool',
    section({ assign: skipLocked }),
    'd',
    ['job-handlers.special'],
    true,
    'special',
  ],
  ['a method, without a pool', section({ assign: skipLocked }), 'd', [], false],
  ['a method, in a misspelt pool', section({ assign: skipLocked }), 'd', ['job-handler'], false],
  ['no handlers, in a misspelt pool', absent, 'd', ['job-handler'], true, '_default_'],
  ['static handlers, web', section({ handlers: five }), 'main.1', [], false],
  ['static handlers, h3', section({ handlers: five }), 'h3', [], true, 'nodefault'],
  ['static handlers, a name that is not listed', section({ handlers: five }), 'h9', [], false],
  [
    'static handlers and a dynamic one',
    section({ handlers: five }),
    'dyn0',
    ['job-handlers'],
    true,
    '_default_',
  ],
  [
    'static and in a pool',
    section({ handlers: [handler('handler_0', 'special')] }),
    'handler_0',
    ['job-handlers'],
    true,
    'special,_default_',
  ],
  ['db-preassign and no static handlers, web', section({ assign: ['db-preassign'] }), 'main.1', [], false],
  [
    'db-preassign and a dynamic handler',
    section({ assign: ['db-preassign'] }),
    'd',
    ['job-handlers'],
    true,
    '_default_',
  ],
  [
    'db-self and static handlers, web',
    section({ assign: ['db-self'], handlers: five }),
    'main.1',
    [],
    true,
    '_default_',
  ],
];
for (const [what, handling, serverName, pools, isHandler, tags] of roles) {
  test(`job handler: ${what}`, () => {
    for (const release of ['22.05', '24.2', undefined]) {
      const role = jobRole(handling, { serverName, pools }, release);
      assert.is(role.isHandler, isHandler);
      assert.is(role.tags.join(), tags ?? '');
    }
  });
}

test('handlers look for rows only with a grab method', () => {
  const process = { serverName: 'd', pools: ['job-handlers'] };
  assert.equal(jobRole(section({ assign: skipLocked }), process, '24.2').grabs, ['_default_']);
  assert.equal(jobRole(section({ assign: ['db-preassign'] }), process, '24.2').grabs, []);
  assert.equal(jobRole(section({ assign: ['db-preassign', 'db-skip-locked'] }), process, '24.2').grabs, [
    '_default_',
  ]);
});

test('every process handles jobs that are kept in memory', () => {
  const handling = section({ handlers: five });
  assert.ok(jobRole(handling, { serverName: 'x', pools: [] }, '24.2', { trackJobs: false }).isHandler);
});

// [what, section, mapped name, outcome]
const rows: [string, Handling, string | undefined, string][] = [
  ['no handlers, unmapped', absent, undefined, 'name _default_'],
  ['no handlers, special', absent, 'special', 'name special'],
  ['a method, unmapped', section({ assign: skipLocked }), undefined, 'name _default_'],
  ['a method, special', section({ assign: skipLocked }), 'special', 'name special'],
  ['static handlers, unmapped', section({ handlers: five }), undefined, 'name _default_'],
  ['static handlers, special', section({ handlers: five }), 'special', 'name special'],
  ['static handlers, an id', section({ handlers: five }), 'h3', 'name h3'],
  ['a default', section({ assign: skipLocked, default: 'gone' }), undefined, 'name gone'],
  ['db-preassign without handlers', section({ assign: ['db-preassign'] }), undefined, 'fails'],
  [
    'db-preassign, unmapped',
    section({ assign: ['db-preassign'], handlers: five }),
    undefined,
    'one-of h1,h2',
  ],
  ['db-preassign, a tag', section({ assign: ['db-preassign'], handlers: five }), 'special', 'one-of h4,h5'],
  ['db-preassign, an id', section({ assign: ['db-preassign'], handlers: five }), 'h4', 'name h4'],
  ['db-preassign, an unknown name', section({ assign: ['db-preassign'], handlers: five }), 'x', 'fails'],
  [
    'db-preassign, an unknown default',
    section({ assign: ['db-preassign'], handlers: five, default: 'x' }),
    undefined,
    'fails',
  ],
  ['db-self, unmapped', section({ assign: ['db-self'], handlers: five }), undefined, 'creator'],
  ['db-self, a tag', section({ assign: ['db-self'], handlers: five }), 'special', 'one-of h4,h5'],
  ['db-self, an unknown name', section({ assign: ['db-self'], handlers: five }), 'x', 'fails'],
  ['the second method', section({ assign: ['db-preassign', 'db-skip-locked'] }), 'x', 'name x'],
  ['mem-self works in 24.2', section({ assign: ['mem-self'], handlers: five }), 'h3', 'creator'],
  [
    'mules are gone',
    section({ assign: ['uwsgi-mule-message', 'db-skip-locked'] }),
    undefined,
    'name _default_',
  ],
];
for (const [what, handling, mapped, outcome] of rows) {
  test(`row of a new job: ${what}`, () => {
    const effective = assignMethods(handling, '24.2');
    const found = assignJob(handlerNames(handling.handlers, '24.2'), handling, effective, '24.2', mapped);
    const text =
      found.kind === 'name'
        ? `name ${found.name}`
        : found.kind === 'one-of'
          ? `one-of ${found.members.join()}`
          : found.kind;
    assert.is(text, outcome);
  });
}

test('mem-self always failed from 20.09 to 23.0', () => {
  const handling = section({ assign: ['mem-self'] });
  for (const [release, kind] of [
    ['20.05', 'creator'],
    ['20.09', 'fails'],
    ['22.05', 'fails'],
    ['23.0', 'fails'],
    ['23.1', 'creator'],
  ] as const) {
    assert.is(
      assignJob(handlerNames([], '24.2'), handling, assignMethods(handling, release), release).kind,
      kind,
      release,
    );
  }
});

// [release, static handlers?, attached?, skip locked?, method]
const defaults: [string, boolean, boolean, boolean, AssignMethod][] = [
  ['18.09', true, false, true, 'db-preassign'],
  ['19.01', false, false, true, 'db-self'],
  ['19.01', true, false, true, 'db-preassign'],
  ['20.09', true, true, true, 'db-skip-locked'],
  ['20.09', false, true, false, 'db-transaction-isolation'],
  ['21.05', false, false, true, 'db-skip-locked'],
  ['21.05', true, false, false, 'db-transaction-isolation'],
  ['24.2', true, true, true, 'db-skip-locked'],
];
for (const [release, listed, attached, locked, method] of defaults) {
  test(`default method of ${release}: ${method}`, () => {
    const found = assignMethods(section({ handlers: listed ? five : [] }), release, {
      attached,
      skipLocked: locked,
    });
    assert.equal(found.methods, [method]);
    assert.not(found.configured);
  });
}

test('methods behind one that never fails are never tried', () => {
  const methods = assignMethods(section({ assign: ['db-preassign', 'db-skip-locked', 'db-self'] }), '24.2');
  assert.equal(methods.unreachable, ['db-self']);
  assert.is(methods.grab, 'db-skip-locked');
  assert.equal(assignMethods(section({ assign: ['mem-self', 'db-self'] }), '22.05').unreachable, []);
  assert.equal(assignMethods(section({ assign: ['mem-self', 'db-self'] }), '23.1').unreachable, ['db-self']);
});

test('an empty list of methods is none', () => {
  assert.not(assignMethods(section({ assign: [] }), '24.2').configured);
  assert.ok(jobRole(section({ assign: [] }), { serverName: 'main.1', pools: [] }, '24.2').isHandler);
});

const jobs = section({ assign: skipLocked });
const workflow = (given: Given) => ({ handling: section(given) });
const sample = {};
// [what, job section, workflow file, server name, pools, schedules?, names it looks under]
const schedulers: [
  string,
  Handling,
  { handling?: Handling } | undefined,
  string,
  string[],
  boolean,
  string,
][] = [
  ['no file, web', jobs, undefined, 'main.1', [], false, ''],
  ['no file, job-handlers', jobs, undefined, 'd', ['job-handlers'], true, '_default_'],
  [
    'no file, job-handlers and a misspelt pool',
    jobs,
    undefined,
    'd',
    ['job-handlers', 'workflow-scheduler'],
    true,
    '_default_',
  ],
  ['no file, workflow-schedulers', jobs, undefined, 'd', ['workflow-schedulers'], true, '_default_'],
  [
    'no file, static untagged',
    section({ assign: skipLocked, handlers: five }),
    undefined,
    'h1',
    [],
    true,
    '_default_',
  ],
  [
    'no file, static special',
    section({ assign: skipLocked, handlers: five }),
    undefined,
    'h4',
    [],
    true,
    'special',
  ],
  ['sample, static handler', section({ assign: skipLocked, handlers: five }), sample, 'h1', [], true, ''],
  ['sample, job-handlers', jobs, sample, 'd', ['job-handlers'], true, ''],
  ['sample, all in one', absent, sample, 'main.1', [], true, ''],
  ['sample, workflow-schedulers', jobs, sample, 'd', ['workflow-schedulers'], true, '_default_'],
  ['method, web', jobs, workflow({ assign: skipLocked }), 'main.1', [], false, ''],
  ['method, job-handlers', jobs, workflow({ assign: skipLocked }), 'd', ['job-handlers'], false, ''],
  [
    'method, both pools',
    jobs,
    workflow({ assign: skipLocked }),
    'd',
    ['job-handlers', 'workflow-schedulers'],
    true,
    '_default_',
  ],
  [
    'method, workflow-schedulers',
    jobs,
    workflow({ assign: skipLocked }),
    'd',
    ['workflow-schedulers'],
    true,
    '_default_',
  ],
  [
    'method, misspelt pool',
    jobs,
    workflow({ assign: skipLocked }),
    'd',
    ['job-handlers', 'workflow-scheduler'],
    false,
    '',
  ],
  [
    'method, special and workflow-schedulers',
    jobs,
    workflow({ assign: skipLocked }),
    'd',
    ['job-handlers.special', 'workflow-schedulers'],
    true,
    'special',
  ],
  [
    'method, workflow-schedulers.vgp',
    jobs,
    workflow({ assign: skipLocked }),
    'd',
    ['workflow-schedulers.vgp'],
    true,
    '_default_',
  ],
  ['no method in effect, web', jobs, workflow({}), 'main.1', [], true, '_default_'],
  ['no method in effect, job-handlers', jobs, workflow({}), 'd', ['job-handlers'], true, '_default_'],
  ['default vgp, web', jobs, workflow({ assign: skipLocked, default: 'vgp' }), 'main.1', [], false, ''],
  [
    'default vgp, workflow-schedulers.vgp',
    jobs,
    workflow({ assign: skipLocked, default: 'vgp' }),
    'd',
    ['workflow-schedulers.vgp'],
    true,
    '_default_,vgp',
  ],
  [
    'preassign, vgp0',
    jobs,
    workflow({ assign: ['db-preassign'], default: 'vgp', handlers: [handler('vgp0', 'vgp')] }),
    'vgp0',
    [],
    true,
    '',
  ],
  ['static, no method, listed', jobs, workflow({ handlers: [handler('w0')] }), 'w0', [], true, '_default_'],
  ['static, no method, web', jobs, workflow({ handlers: [handler('w0')] }), 'main.1', [], false, ''],
];
for (const [what, jobSection, file, serverName, pools, schedules, grabs] of schedulers) {
  test(`workflow scheduler: ${what}`, () => {
    const role = schedulerRole(jobSection, file, { serverName, pools }, '24.1');
    assert.is(role.schedules, schedules);
    assert.is(role.grabs.join(), grabs);
    assert.ok(role.starts);
  });
}

test('a process in nothing but tagged pools does not start from 21.09 on, without a workflow file', () => {
  const process = { serverName: 'special_0', pools: ['job-handlers.special'] };
  assert.not(schedulerRole(jobs, undefined, process, '23.1').starts);
  assert.not(schedulerRole(jobs, undefined, process, '26.1').starts);
  assert.not(
    schedulerRole(jobs, undefined, { serverName: 'w', pools: ['workflow-schedulers.big'] }, '24.2').starts,
  );
  assert.ok(schedulerRole(jobs, undefined, process, '21.05').starts);
  assert.ok(schedulerRole(jobs, workflow({ assign: skipLocked }), process, '23.1').starts);
  const both = { serverName: 'special_0', pools: ['job-handlers.special', 'workflow-schedulers'] };
  assert.ok(schedulerRole(jobs, undefined, both, '23.1').starts);
});

test.run();
