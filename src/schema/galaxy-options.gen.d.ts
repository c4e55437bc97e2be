/** The table of Galaxy's options in short, written by `src/build/galaxy-table.ts`. */

/** Galaxy releases the table covers, oldest first. */
export const releases: readonly string[];
/** Starts of the names of options that Galaxy passes on. */
export const prefixes: readonly string[];
/** One option a line, fields divided by tabs. */
export const lines: string;
