// How every template is compiled, when gxgen is built and when `--templates` replaces one: text comes in escaped, a
// field the data does not have is a fault, and no helper beyond the built-in ones exists.

export const compileOptions = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  preventIndent: true,
} as const;
