import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { readWorkflowSchedulers } from '../../src/frontends/workflow-schedulers.ts';
import { parseXml } from '../../src/syntax/xml.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('workflow_schedulers_conf.xml');

function read(text: string, allowUnknown = false) {
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic) => found.push(one);
  const root = parseXml(makeSource('workflow_schedulers_conf.xml', text), report);
  if (!root) throw new Error('not well-formed');
  return {
    config: readWorkflowSchedulers(root, 'workflow_schedulers_conf.xml', report, { allowUnknown }),
    found,
  };
}

const under = (where: Span | undefined) => where?.source.text.slice(where.start, where.end);

test('reads schedulers and handlers', () => {
  const { config, found } = read(
    '<workflow_schedulers default="core"><core id="core"/><handlers assign_with="db-skip-locked" default="vgp"><handler id="w0" tags="vgp"/></handlers></workflow_schedulers>',
  );
  assert.equal(found, []);
  assert.is(config.default.value, 'core');
  assert.equal(
    config.schedulers.map((one) => one.value),
    ['core'],
  );
  assert.is(config.handling?.default?.value, 'vgp');
  assert.is(config.handling?.handlers[0]?.id.value, 'w0');
  assert.is(config.handling?.assign?.value[0]?.value, 'db-skip-locked');
});

test('the sample has no handlers', () => {
  const { config, found } = read(
    '<workflow_schedulers default="core"><core id="core" /></workflow_schedulers>',
  );
  assert.equal(found, []);
  assert.is(config.handling, undefined);
});

test('ids follow the default of the root', () => {
  assert.is(read('<w><core/></w>').config.schedulers[0]?.value, 'default');
  const { config } = read('<w default="x"><core/></w>');
  assert.is(config.default.value, 'x');
  assert.is(config.schedulers[0]?.value, 'x');
  assert.is(read('<w><core id="core"/></w>').config.default.origin.kind, 'default');
});

// [document, code, marked text]
const findings: [string, string, string][] = [
  ['<w><core/><handlers assign-with="db-skip-locked"/></w>', 'GX410', 'assign-with'],
  ['<w><core/><handlers assign_with="skip"/></w>', 'GX411', 'skip'],
  ['<w><core/><macros/></w>', 'GX440', 'macros'],
  ['<w><core/><condor/></w>', 'GX440', 'condor'],
  ['<w><core/><handlers/><handlers/></w>', 'GX441', 'handlers'],
  ['<w><handlers/></w>', 'GX402', 'w'],
  ['<w><core/><handlers><handler/></handlers></w>', 'GX402', 'handler'],
  ['<w><core/><handlers max_grab="x"/></w>', 'GX403', 'x'],
];
for (const [text, code, marked] of findings) {
  test(`reports ${code} in ${text}`, () => {
    for (const allowUnknown of [false, true]) {
      const { found } = read(text, allowUnknown);
      assert.equal(
        found.map((one) => one.code),
        [code],
      );
      assert.is(found[0]?.severity, 'error');
      assert.is(under(found[0]?.span), marked);
    }
  });
}

test('only the first handlers are read', () => {
  const { config } = read(
    '<w><core/><handlers><handler id="a"/></handlers><handlers><handler id="b"/></handlers></w>',
  );
  assert.equal(
    config.handling?.handlers.map((one) => one.id.value),
    ['a'],
  );
});

test.run();
