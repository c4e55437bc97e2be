// A tree against its schema: one diagnostic for each mistake, at the place where it is written.

import type { ErrorObject } from 'ajv';
import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Node, Plain, ScalarNode } from '../syntax/tree.ts';
import { buildData } from './data.ts';
import { explainKeyType, explainMissingKey, explainUnknownKey } from './explain-key.ts';
import { explainType } from './explain-type.ts';
import { explainValue } from './explain-value.ts';
import { keySpan, Locator, nameOf, type Place, unknownSeverity, valueSpan } from './locate.ts';
import { reduceErrors } from './reduce.ts';
import { shapeOf } from './shape.ts';
import { type Validate, validators } from './validators.gen.js';

export interface CheckOptions {
  /** Unknown keys are only mentioned (`--allow-unknown`). */
  readonly allowUnknown?: boolean;
  /** The key that `node` stands under, for messages about the whole of it. */
  readonly key?: ScalarNode;
}

/**
 * Checks a value against a schema and reports what is wrong: GX200 to GX206 and GX208.
 * @param name name of the schema: `gravity`
 * @param node the value; nothing is reported for undefined
 */
export function checkSchema(
  name: string,
  node: Node | undefined,
  report: Report,
  options: CheckOptions = {},
): void {
  if (node === undefined) return;
  const { key, allowUnknown } = options;
  const shape = shapeOf(name);
  const root: Place = { node, shape, name: shape.name ?? name, ...(key ? { key } : {}) };
  const data = buildData(root, (one, place) => {
    const { message, details } = explainKeyType(one, place);
    report(problem('GX206', message, one.span, { ...details, severity: unknownSeverity(place) }));
  });
  const errors = errorsOf(name, data);
  const locator = new Locator(root);
  const meant = new Map<string, Set<string>>();
  let suggestions = mostSuggestions;
  for (const error of errors.filter(isUnknownKey)) {
    const place = locator.find(error.instancePath);
    const unknown = locator.child(
      place,
      String(error.params.additionalProperty ?? error.params.unevaluatedProperty),
    );
    if (!unknown?.key) continue;
    const { message, details, meant: slip } = explainUnknownKey(unknown.key, place, suggestions-- > 0);
    const severity = allowUnknown ? 'info' : unknownSeverity(place);
    // Whoever allows unknown keys may mean this one.
    const { fix } = details;
    const offered = fix && allowUnknown ? { fix: { ...fix, safe: false } } : {};
    report(problem('GX200', message, unknown.key.span, { ...details, ...offered, severity }));
    if (slip !== undefined)
      meant.set(error.instancePath, (meant.get(error.instancePath) ?? new Set()).add(slip));
  }
  for (const error of errors) {
    // That the right key is missing follows from the slip that was reported.
    const follows =
      error.keyword === 'required' && meant.get(error.instancePath)?.has(error.params.missingProperty);
    if (!isUnknownKey(error) && !follows) reportOther(error, locator, report);
  }
}

function reportOther(error: ErrorObject, locator: Locator, report: Report): void {
  const place = locator.find(error.instancePath);
  if (error.keyword === 'required') {
    const { message, details } = explainMissingKey(String(error.params.missingProperty), place);
    report(problem('GX205', message, keySpan(place), details));
  } else if (error.keyword === 'propertyNames') {
    const named = locator.child(place, String(error.params.propertyName));
    const form = place.shape?.names?.form ?? 'of another form';
    const message = `a key of ${nameOf(place)} must be ${form}`;
    report(problem('GX204', message, named?.key?.span ?? keySpan(place)));
  } else if (error.keyword === 'type') {
    const { message, details } = explainType(place);
    report(problem('GX201', message, valueSpan(place), details));
  } else {
    const { code, message, details } = explainValue(error, place);
    report(problem(code, message, valueSpan(place), details));
  }
}

// A hostile file may hold a hundred thousand unknown keys, and a search for the nearest name takes a while.
const mostSuggestions = 200;

const compiled = new Map<string, Validate>();

/** What the compiled check says, one error for each mistake. Throws when there is no such check: a fault in gxgen. */
function errorsOf(name: string, data: Plain): ErrorObject[] {
  let validate = compiled.get(name);
  if (!validate) {
    validate = validators[name]?.();
    if (!validate) throw new Error(`schema "${name}" has no "x-name", so it was not compiled`);
    compiled.set(name, validate);
  }
  if (validate(data)) return [];
  const errors = [...(validate.errors ?? [])];
  // The compiled function keeps its last errors, and with them the data.
  validate.errors = null;
  return reduceErrors(errors);
}

function isUnknownKey({ keyword }: ErrorObject): boolean {
  return keyword === 'additionalProperties' || keyword === 'unevaluatedProperties';
}
