// YAML as it is written: structure, text and places, before tags, anchors and types mean anything. It keeps the
// classes of the `yaml` package out of every file but one.

export interface RawScalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  /** Without quotes, escapes and indentation. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
  /** Resolved (`tag:yaml.org,2002:int`), or `!` for the non-specific tag. */
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

export interface RawMap {
  readonly kind: 'map';
  readonly start: number;
  readonly end: number;
  /** Key and value in the order in which they are written, merge keys and duplicates included. */
  readonly pairs: readonly (readonly [key: RawNode, value: RawNode])[];
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

export interface RawSeq {
  readonly kind: 'seq';
  readonly start: number;
  readonly end: number;
  readonly items: readonly RawNode[];
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

export interface RawAlias {
  readonly kind: 'alias';
  readonly start: number;
  readonly end: number;
  /** The anchor it names, without `*`. */
  readonly name: string;
}

export type RawNode = RawScalar | RawMap | RawSeq | RawAlias;
