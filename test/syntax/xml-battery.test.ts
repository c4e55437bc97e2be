// Small documents with the verdicts of xmllint (libxml2 2.9.14) and lxml 6, recorded by running them: "refused" by
// both, "refused by lxml" only (name spaces), or "accepted" by both.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parseXml } from '../../src/syntax/xml.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('xml battery');
const rows = JSON.parse(readFileSync('test/syntax/xml-battery.json', 'utf8')) as [string, string][];

test('the battery is as large as it says', () => {
  assert.ok(rows.filter(([, verdict]) => verdict !== 'accepted').length >= 130);
  assert.ok(rows.filter(([, verdict]) => verdict === 'accepted').length >= 70);
});

for (const [text, verdict] of rows) {
  test(`${verdict}: ${JSON.stringify(text)}`, () => {
    const found: Diagnostic[] = [];
    const root = parseXml(makeSource('job_conf.xml', text), (one) => found.push(one));
    // The one deliberate difference: declarations of document types are refused, whatever they say.
    const refused = verdict !== 'accepted' || text.includes('<!DOCTYPE');
    assert.is(found.length, refused ? 1 : 0, found.map((one) => one.message).join('; '));
    if (!refused) assert.ok(root);
    for (const one of found) {
      assert.is(one.severity, 'error');
      assert.ok(one.span && one.span.start <= one.span.end && one.span.end <= text.length);
      assert.ok(one.help, one.message);
    }
  });
}

test.run();
