// Stands in for the package "is-unsafe" in the bundle: fast-xml-parser asks it about the values of entities, which gxgen
// does not let it read, and its tables of patterns are made when it is loaded.

export const HTML: readonly unknown[] = [];
export const XML: readonly unknown[] = [];

export function isUnsafe(): never {
  throw new Error('the bundle reads no entities');
}
