// Thrown by the program of every day (src/build/bundle.ts) where it meets what only the whole program can do.

/** The run so far has written nothing; the whole program begins it anew. */
export class HandOver extends Error {}
