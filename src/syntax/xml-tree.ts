// The positioned XML tree: what a strict XML parser would give, each part with its place.

import type { Span } from '../text/source.ts';

/** Has the form of the model's `Located`, and goes into it as it is: a file may have 300,000, and copies cost memory. */
export interface XmlAttribute {
  readonly name: string;
  /** References decoded, line ends and tabs turned into spaces, as XML demands. */
  readonly value: string;
  readonly nameSpan: Span;
  /** The value without its quotes. */
  readonly valueSpan: Span;
  /** The same place, as a value of the model has it. */
  readonly origin: { readonly kind: 'source'; readonly span: Span };
}

export interface XmlComment {
  /** The characters between the markers. */
  readonly text: string;
  /** With the markers. */
  readonly span: Span;
}

export interface XmlElement {
  readonly name: string;
  /** The name in the start tag. */
  readonly nameSpan: Span;
  /** From `<` of the start tag to `>` of the end tag. */
  readonly span: Span;
  /** The start tag. */
  readonly openSpan: Span;
  /** In document order; names are unique. */
  readonly attributes: readonly XmlAttribute[];
  /** Child elements in document order. */
  readonly children: readonly XmlElement[];
  /**
   * Characters before the first child element, references decoded, line ends as LF, comments left out. Not trimmed:
   * Galaxy loads job_conf.xml without stripping white space (`xml_macros.raw_xml_tree`).
   */
  readonly text: string;
  /** The same characters without surrounding white space; empty and behind the start tag when there are none. */
  readonly textSpan: Span;
  /** Comments that stand directly in this element. */
  readonly comments: readonly XmlComment[];
  /** Places of the `<expand>` elements that put this element here, innermost first; empty for what stands where it is written. */
  readonly expandedAt: readonly Span[];
}

/** The attribute with that name, or undefined. */
export function attribute(element: XmlElement, name: string): XmlAttribute | undefined {
  for (const one of element.attributes) if (one.name === name) return one;
  return undefined;
}

/** The first child element with that name, or undefined. */
export function firstChild(element: XmlElement, name: string): XmlElement | undefined {
  for (const one of element.children) if (one.name === name) return one;
  return undefined;
}

/** All child elements with that name, in document order. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((one) => one.name === name);
}
