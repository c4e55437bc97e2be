/** Precompiled templates by name, written by `src/build/templates.ts`. */
export const precompiled: Readonly<Record<string, () => unknown>>;
