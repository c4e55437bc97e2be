// CONTRACT (to be implemented): typed reading of one checked section, with the defaults of its schema.

import type { MapNode, Node } from '../syntax/tree.ts';
import type { Located } from '../model/located.ts';
import type { Span } from '../text/source.ts';

/**
 * One mapping as its schema reads it. A value of the wrong type was already reported by `checkSchema` and reads as
 * the default, so callers never test types again.
 */
export interface Section {
  /** The mapping as written; undefined when the file has none. */
  readonly node: MapNode | undefined;
  /** True when the key is written with a value other than null. */
  has(key: string): boolean;
  /** Place of the key, for messages about it. */
  keySpan(key: string): Span | undefined;
  /** The value as written, whatever its type. */
  raw(key: string): Node | undefined;
  str(key: string): Located<string>;
  int(key: string): Located<number>;
  num(key: string): Located<number>;
  bool(key: string): Located<boolean>;
  /** Like the above, for nullable settings without a default. */
  maybeStr(key: string): Located<string> | undefined;
  maybeInt(key: string): Located<number> | undefined;
  maybeNum(key: string): Located<number> | undefined;
  maybeBool(key: string): Located<boolean> | undefined;
  /** Items of a list of strings; a wrong item is left out. */
  strings(key: string): readonly Located<string>[];
  /** A nested mapping; an empty section with defaults when absent. */
  section(key: string): Section;
  /** A setting that is a mapping or a list of mappings: always a list (`[]` only for an empty list). */
  sections(key: string): readonly Section[];
  /** The pairs of a free mapping in order: handler name -> section, variable -> text. */
  entries(key: string): readonly { readonly key: Located<string>; readonly value: Node; readonly section: Section }[];
}
