// Stands in for node:module in the bundle, which has a `require` of its own and never asks for another; loading the
// module takes longer than parsing the command line.

export function createRequire(): never {
  throw new Error('the bundle has no use for createRequire');
}
