// The schemas of the XML files are published as JSON schemas: what they say to a schema compiler is what gxgen checks.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeCompiler, readSchemas } from '../../src/build/schemas.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Shape } from '../../src/schema/shape.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import { checkXml } from '../../src/schema/xml-check.ts';
import { parseXml } from '../../src/syntax/xml.ts';
import type { XmlElement } from '../../src/syntax/xml-tree.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('schema/xml-check');

const compiler = makeCompiler();
for (const [name, schema] of readSchemas('schemas')) {
  if (name === 'job-conf-xml' || name === 'workflow-schedulers') compiler.addSchema(schema);
}

/** An element as the schema speaks of it. */
function toJson(element: XmlElement, shape: Shape | undefined): object {
  const json: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) json[`@${name}`] = value;
  if (element.text.trim() !== '') json['#text'] = element.text;
  for (const child of element.children) {
    const property = shape?.property(child.name);
    const value = toJson(child, property?.items ?? property);
    if (!property?.types.includes('array')) json[child.name] = value;
    else json[child.name] = [...((json[child.name] as object[] | undefined) ?? []), value];
  }
  return json;
}

const documents: Record<string, string[]> = {
  'job-conf-xml': [
    '<job_conf/>',
    '<job_conf><destinations/></job_conf>',
    '<anything><destinations default="x"/></anything>',
    '<job_conf><destinations/><plugins workers="x"/></job_conf>',
    '<job_conf><destinations/><plugins workers=" 4 "/></job_conf>',
    '<job_conf><destinations/><plugins><plugin id="a" type="runner"/></plugins></job_conf>',
    '<job_conf><destinations/><plugins><plugin id="a" type="ruunner"/></plugins></job_conf>',
    '<job_conf><destinations/><plugins><plugin id="a"/></plugins></job_conf>',
    '<job_conf><destinations/><plugins><runner/></plugins></job_conf>',
    '<job_conf><destinations/><handlers max_grab=""><handler id="a" tags=""><plugin id="x"/></handler></handlers></job_conf>',
    '<job_conf><destinations/><handlers><handler id="a"><plugin/></handler></handlers></job_conf>',
    '<job_conf><destinations/><handlers ready_window_size="1.5"/></job_conf>',
    '<job_conf><destinations><destination id="a" runner="b" shell="c"/></destinations></job_conf>',
    '<job_conf><destinations><destination id="a" runner="b"><param id="x" y="z">1</param><job_metrics a="b"><c/></job_metrics></destination></destinations></job_conf>',
    '<job_conf><destinations><destination id="a" runner="b"><env id="x" raw="TRUE">1</env><resubmit/></destination></destinations></job_conf>',
    '<job_conf><destinations><destination id="a" runner="b"><env id="x" raw="2">1</env></destination></destinations></job_conf>',
    '<job_conf><destinations/><limits><limit type="x">1</limit></limits><tools><tool/></tools></job_conf>',
    '<job_conf><destinations/><limits><limit type="">1</limit></limits></job_conf>',
    '<job_conf><destinations/><limits><limit>1</limit></limits></job_conf>',
    '<job_conf><destinations/><resources><group>a</group></resources></job_conf>',
    '<job_conf><destinations/><macros a="b"><anything/></macros></job_conf>',
  ],
  'workflow-schedulers': [
    '<w default="core"><core id="core"/></w>',
    '<w/>',
    '<w><core/><core id="b" max="1"/><handlers assign_with="x"/></w>',
    '<w><core/><handlers assign-with="x"/></w>',
    '<w><core/><other/></w>',
  ],
};

for (const [name, texts] of Object.entries(documents)) {
  for (const text of texts) {
    test(`${name}: ${text}`, () => {
      const root = parseXml(makeSource('a.xml', text), () => {});
      if (!root) throw new Error('not well-formed');
      const found: Diagnostic[] = [];
      checkXml(name, root, (one) => found.push(one));
      const valid = compiler.validate(`${name}.schema.json`, toJson(root, shapeOf(name)));
      assert.is(
        found.length,
        valid ? 0 : (compiler.errors?.length ?? 0),
        found.map((one) => one.message).join('; '),
      );
    });
  }
}

test.run();
