// Of everything a compiled schema complains about, one error for each mistake.

import type { ErrorObject } from 'ajv';

// Errors about a whole mapping, of which each stands for itself.
const separate = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'required',
  'propertyNames',
  'dependentRequired',
]);

// A wrong type explains everything else about a value; then the likeliest first.
const order = [
  'type',
  'enum',
  'const',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'anyOf',
  'oneOf',
  'not',
  'contains',
  'false schema',
];

/** The errors to report, in the order in which they were found. */
export function reduceErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept = withoutBranches(errors);
  const best = new Map<string, ErrorObject>();
  for (const error of kept) {
    if (separate.has(error.keyword)) continue;
    const other = best.get(error.instancePath);
    if (other === undefined || rank(error) < rank(other)) best.set(error.instancePath, error);
  }
  const seen = new Set<string>();
  return kept.filter((error) => {
    if (!separate.has(error.keyword)) return best.get(error.instancePath) === error;
    const id = JSON.stringify([error.instancePath, error.keyword, error.params]);
    if (seen.has(id)) return false;
    seen.add(id);
    // What is no mapping cannot lack a key.
    return best.get(error.instancePath)?.keyword !== 'type';
  });
}

/** Without the errors of the branches of a failed `anyOf` or `oneOf`, and without the frame of an `if`. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword === 'if' || error.propertyName !== undefined) continue;
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') dropBranches(kept, error);
    kept.push(error);
  }
  return kept;
}

// The compiled check puts the errors of the branches right before the error of the whole.
function dropBranches(kept: ErrorObject[], whole: ErrorObject): void {
  const siblings = whole.schemaPath.slice(0, whole.schemaPath.lastIndexOf('/') + 1);
  for (let last = kept.at(-1); last; last = kept.at(-1)) {
    const inside =
      last.instancePath === whole.instancePath || last.instancePath.startsWith(`${whole.instancePath}/`);
    if (!inside || last.schemaPath === `${siblings}${last.keyword}`) return;
    kept.pop();
  }
}

function rank(error: ErrorObject): number {
  const found = order.indexOf(error.keyword);
  return found < 0 ? order.length : found;
}
