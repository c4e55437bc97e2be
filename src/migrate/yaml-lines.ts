// Lines and comments of a YAML text that is edited in place.

import { yamlComments } from '../syntax/yaml-compose.ts';
import { type Source, type Span, span } from '../text/source.ts';

/** The whole lines that a span touches, the last line end included. */
export function wholeLines({ source, start, end }: Span): Span {
  const from = source.text.lastIndexOf('\n', start - 1) + 1;
  const to = source.text.indexOf('\n', Math.max(from, end - 1));
  return span(source, from, to < 0 ? source.text.length : to + 1);
}

/** The comments that stand in a part of the text, without their marker. */
export function commentsWithin(source: Source, { start, end }: Span): string[] {
  return yamlComments(source)
    .filter((one) => one.start >= start && one.end <= end)
    .map((one) => source.text.slice(one.start, one.end).replace(/^#/, '').trimEnd());
}
