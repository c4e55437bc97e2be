// The comments of job_conf.xml by where they belong in a job_conf.yml: each above the entry in front of which it stood.

import type { XmlComment, XmlElement } from '../syntax/xml-tree.ts';
import type { Span } from '../text/source.ts';
import type { Comments } from './accounts.ts';

export interface JobComments {
  /** In front of the first section, or before the root. */
  top(): Comments;
  /** In front of a section, as `plugins`, and at the end of the one before. */
  of(section: string): Comments;
  /** Everywhere in a section. */
  within(section: string): Comments;
  /** In front of an entry, and inside of it. @param place its start tag */
  above(place: Span): Comments;
  /** Whatever was not asked for. */
  rest(): Comments;
}

/** For a job configuration that no XML file holds. */
export const noComments: JobComments = {
  top: () => [],
  of: () => [],
  within: () => [],
  above: () => [],
  rest: () => [],
};

/** @param document every comment of the document */
export function jobComments(root: XmlElement, document: readonly XmlComment[]): JobComments {
  const taken = new Set<number>();
  const inFront = new Map<number, XmlComment[]>();
  const sections = new Map<string, XmlElement>();
  for (const section of root.children) {
    if (!sections.has(section.name)) sections.set(section.name, section);
    attach(section, inFront);
  }
  attach(root, inFront);
  const elements = new Map(
    root.children.flatMap((section) => section.children).map((one) => [one.openSpan.start, one]),
  );

  const take = (comments: readonly XmlComment[]): Comments =>
    comments
      .filter((one) => !taken.has(one.span.start))
      .flatMap((one) => {
        taken.add(one.span.start);
        return linesOf(one);
      });
  return {
    top: () => take(document.filter((one) => one.span.start < root.openSpan.start)),
    of: (name) => {
      const section = sections.get(name);
      return section ? take(inFront.get(section.openSpan.start) ?? []) : [];
    },
    within: (name) => {
      const section = sections.get(name);
      return section ? take(nested(section)) : [];
    },
    above: ({ start }) => {
      const element = elements.get(start);
      return take([...(inFront.get(start) ?? []), ...(element ? nested(element) : [])]);
    },
    rest: () => take(document),
  };
}

/** Each comment of an element to the child that follows it. */
function attach(element: XmlElement, inFront: Map<number, XmlComment[]>): void {
  for (const comment of element.comments) {
    const next = element.children.find((one) => one.span.start >= comment.span.end);
    if (!next) continue;
    const list = inFront.get(next.openSpan.start) ?? [];
    list.push(comment);
    inFront.set(next.openSpan.start, list);
  }
}

function nested(element: XmlElement): XmlComment[] {
  return [...element.comments, ...element.children.flatMap(nested)].sort(
    (a, b) => a.span.start - b.span.start,
  );
}

/** A comment of several lines is several comments. */
function linesOf({ text }: XmlComment): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const trimmed = lines.map((line, index) => (index === 0 ? line.trimEnd() : ` ${line.trim()}`.trimEnd()));
  while (trimmed.length > 1 && trimmed[0]?.trim() === '') trimmed.shift();
  while (trimmed.length > 1 && trimmed.at(-1)?.trim() === '') trimmed.pop();
  return trimmed;
}
