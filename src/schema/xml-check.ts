// An XML tree against its schema. The schema speaks of an element as of a mapping: attributes are the keys that start
// with "@", the text is "#text", any other key is a child element, and a list means that the child may repeat.

import type { Fix, Label } from '../diagnostics/diagnostic.ts';
import { problem, type Report, type Severity } from '../diagnostics/diagnostic.ts';
import type { XmlAttribute, XmlElement } from '../syntax/xml-tree.ts';
import type { Span } from '../text/source.ts';
import { certain, suggest } from '../text/suggest.ts';
import { type Shape, shapeOf } from './shape.ts';
import { correctWord, isPlural, renameTags } from './xml-fix.ts';

export interface XmlCheckOptions {
  /** Unknown names are only mentioned (`--allow-unknown`). */
  readonly allowUnknown?: boolean;
}

/** What a shape says about one element, by the names that stand in the file. */
interface ElementShape {
  readonly shape: Shape;
  readonly attributes: ReadonlyMap<string, Shape>;
  readonly children: ReadonlyMap<string, { readonly shape: Shape; readonly repeats: boolean }>;
  readonly text: Shape | undefined;
  readonly closed: boolean;
  readonly requiredAttributes: readonly string[];
  readonly requiredChildren: readonly string[];
}

interface Pass {
  readonly report: Report;
  readonly unknown: Severity;
  /** Unknown names for which a near one may still be looked for: hostile files have a hundred thousand of them. */
  left: number;
}

const mostSuggestions = 200;

/**
 * Reports unknown, missing, repeated and wrong parts of a document: GX400 to GX404. The name of the root is not
 * checked: Galaxy never looks at it.
 * @param name name of the schema: `job-conf-xml`
 */
export function checkXml(
  name: string,
  root: XmlElement,
  report: Report,
  options: XmlCheckOptions = {},
): void {
  const shape = shapeOf(name);
  const unknown = options.allowUnknown ? 'info' : (shape.unknown ?? 'warning');
  checkElement(root, elementShape(shape), { report, unknown, left: mostSuggestions });
}

/** Labels that show where a macro was expanded; empty for what stands where it is written. */
export function expansionLabels(element: XmlElement): Label[] {
  return element.expandedAt.map((span) => ({ span, text: 'expanded here' }));
}

function checkElement(element: XmlElement, expected: ElementShape, pass: Pass): void {
  checkAttributes(element, expected, pass);
  const { text } = expected;
  if (text && element.text.trim() !== '')
    checkValue(element.text, element.textSpan, element, text, element.name, pass);
  if (element.children.length > 0) checkChildren(element, expected, pass);
  for (const key of expected.requiredChildren) {
    if (element.children.some((one) => one.name === key)) continue;
    const why = expected.shape.property(key)?.why;
    pass.report(
      problem('GX402', `"${element.name}" has no "${key}" element`, element.nameSpan, {
        labels: expansionLabels(element),
        ...(why === undefined ? {} : { why }),
        help: `add <${key}>`,
      }),
    );
  }
}

function checkChildren(element: XmlElement, expected: ElementShape, pass: Pass): void {
  const first = new Map<string, XmlElement>();
  for (const child of element.children) {
    const known = expected.children.get(child.name);
    if (!known) {
      if (expected.closed) unknownElement(child, element, expected, pass);
      continue;
    }
    const earlier = known.repeats ? undefined : first.get(child.name);
    if (earlier) repeatedElement(child, earlier, element, pass);
    else {
      if (!known.repeats) first.set(child.name, child);
      checkElement(child, elementShape(known.shape), pass);
    }
  }
}

function checkAttributes(element: XmlElement, expected: ElementShape, pass: Pass): void {
  const { attributes } = element;
  for (const one of attributes) {
    const known = expected.attributes.get(one.name);
    if (known) checkValue(one.value, one.valueSpan, element, known, one.name, pass);
    else if (expected.closed && !isReserved(one.name)) unknownAttribute(one, element, expected, pass);
  }
  for (const key of expected.requiredAttributes) {
    if (attributes.some((one) => one.name === key)) continue;
    const why = expected.attributes.get(key)?.why;
    pass.report(
      problem('GX402', `"${element.name}" has no "${key}"`, element.nameSpan, {
        labels: expansionLabels(element),
        ...(why === undefined ? {} : { why }),
        help: `add ${key}="..."`,
      }),
    );
  }
}

function checkValue(
  value: string,
  span: Span,
  element: XmlElement,
  shape: Shape,
  name: string,
  pass: Pass,
): void {
  const { values, pattern } = shape;
  const wrong = values ? !values.includes(value) : pattern !== undefined && !pattern.test(value);
  if (!wrong) return;
  const listed = values?.map((one) => `"${one}"`).join(' or ');
  const form = shape.form ?? (listed === undefined ? 'of another form' : listed);
  const fix =
    element.expandedAt.length > 0 ? undefined : correctWord(value, (values ?? []).map(String), span);
  const near = values && suggest(value, values.map(String));
  pass.report(
    problem(
      'GX403',
      `"${name}" must be ${form}, not "${shorten(value)}"`,
      span.end > span.start ? span : element.nameSpan,
      {
        labels: expansionLabels(element),
        ...(shape.why === undefined ? {} : { why: shape.why }),
        help: shape.help ?? `write ${near === undefined ? form : `"${near}"`}`,
        ...(fix ? { fix } : {}),
      },
    ),
  );
}

function unknownAttribute(one: XmlAttribute, element: XmlElement, expected: ElementShape, pass: Pass): void {
  const { shape } = expected;
  const elsewhere = own(shape.elsewhere, `@${one.name}`);
  const names = [...expected.attributes.keys()].sort();
  const alias = pass.left > 0 ? own(shape.aliases, `@${one.name}`)?.slice(1) : undefined;
  const near = alias ?? (pass.left-- > 0 ? suggest(one.name, names) : undefined);
  const taken = near !== undefined && element.attributes.some((other) => other.name === near);
  const meant = taken ? undefined : near;
  const list =
    names.length === 0
      ? `"${element.name}" takes no attributes`
      : `"${element.name}" takes ${names.join(', ')}`;
  pass.report(
    problem(
      'GX401',
      `unknown attribute "${one.name}" in "${element.name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      one.nameSpan,
      {
        severity: pass.unknown,
        labels: expansionLabels(element),
        why: 'Galaxy ignores it without a message',
        help: elsewhere ?? list,
        ...(meant === undefined || element.expandedAt.length > 0
          ? {}
          : {
              fix: {
                title: `rename it to "${meant}"`,
                safe: pass.unknown !== 'info' && (alias !== undefined || certain(one.name, names) === meant),
                edits: [{ span: one.nameSpan, text: meant }],
              },
            }),
      },
    ),
  );
}

function unknownElement(child: XmlElement, parent: XmlElement, expected: ElementShape, pass: Pass): void {
  const { shape } = expected;
  const elsewhere = own(shape.elsewhere, child.name);
  const names = [...expected.children.keys()].sort();
  // Past that many neither aliases nor near names: whether the right one is there already takes a search each time.
  const looked = pass.left-- > 0;
  const meant = looked ? (own(shape.aliases, child.name) ?? suggest(child.name, names)) : undefined;
  const list =
    names.length === 0
      ? `"${parent.name}" has no child elements`
      : `"${parent.name}" may hold ${names.join(', ')}`;
  pass.report(
    problem(
      'GX400',
      `unknown element "${child.name}" in "${parent.name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      child.nameSpan,
      {
        severity: pass.unknown,
        labels: expansionLabels(child),
        why: 'Galaxy ignores it, and everything in it, without a message',
        help: elsewhere ?? list,
        ...(meant === undefined || elsewhere !== undefined
          ? {}
          : renaming(child, parent, expected, meant, pass)),
      },
    ),
  );
}

// Not where the other name is taken by an element that may stand only once.
function renaming(
  child: XmlElement,
  parent: XmlElement,
  expected: ElementShape,
  to: string,
  pass: Pass,
): { fix?: Fix } {
  const { name } = child;
  const once = expected.children.get(to)?.repeats === false;
  const edits = once && parent.children.some((one) => one.name === to) ? undefined : renameTags(child, to);
  if (!edits) return {};
  const known = own(expected.shape.aliases, name) === to;
  const sure = known || (!isPlural(name, to) && certain(name, expected.children.keys()) === to);
  return { fix: { title: `rename it to "${to}"`, safe: sure && pass.unknown !== 'info', edits } };
}

function repeatedElement(child: XmlElement, first: XmlElement, parent: XmlElement, pass: Pass): void {
  pass.report(
    problem('GX404', `a second "${child.name}" in "${parent.name}"`, child.nameSpan, {
      labels: [{ span: first.nameSpan, text: 'Galaxy reads only this one' }, ...expansionLabels(child)],
      why: 'Galaxy ignores it, and everything in it, without a message',
      help: `move its content into the first "${child.name}"`,
    }),
  );
}

const known = new WeakMap<Shape, ElementShape>();

function elementShape(shape: Shape): ElementShape {
  let found = known.get(shape);
  if (!found) {
    const attributes = new Map<string, Shape>();
    const children = new Map<string, { shape: Shape; repeats: boolean }>();
    for (const key of shape.keys) {
      const property = shape.property(key);
      if (!property || key === '#text') continue;
      if (key.startsWith('@')) attributes.set(key.slice(1), property);
      else
        children.set(key, { shape: property.items ?? property, repeats: property.types.includes('array') });
    }
    const { required } = shape;
    found = {
      shape,
      attributes,
      children,
      text: shape.property('#text'),
      closed: shape.closed,
      requiredAttributes: required.filter((key) => key.startsWith('@')).map((key) => key.slice(1)),
      requiredChildren: required.filter((key) => !key.startsWith('@')),
    };
    known.set(shape, found);
  }
  return found;
}

/** Names that belong to XML itself. */
function isReserved(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xml:');
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function shorten(text: string): string {
  const flat = text.trim().replace(/\s+/g, ' ');
  return flat.length > 40 ? `${flat.slice(0, 37)}...` : flat;
}
