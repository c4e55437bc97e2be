// What uWSGI reads otherwise than people do, in `[uwsgi]`: each at its place.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type IniOption, type IniTree, valueSpan } from '../../syntax/ini-tree.ts';
import type { UwsgiTree } from '../../syntax/ini-uwsgi.ts';
import { type Source, type Span, span } from '../../text/source.ts';

/** What uWSGI reads otherwise than people do, in `[uwsgi]`. */
export function reportUwsgiReading(tree: UwsgiTree, python: IniTree, report: Report): void {
  for (const place of tree.joins) {
    report(
      problem('GX165', 'a "%" at the end of the line takes the next line with it', place, {
        help: 'write "%%", or another word; this holds for comments too',
      }),
    );
  }
  for (const { name, header } of python.blocks) {
    const seen = tree.blocks.some(
      (one) => one.name === 'uwsgi' && one.header.start <= header.start && one.header.end >= header.end,
    );
    if (name.trim() === 'uwsgi' && !seen)
      report(
        problem('GX167', 'uWSGI does not see this header', lineOf(header), {
          help: 'write [uwsgi] and nothing else on the line',
        }),
      );
  }
  for (const block of tree.blocks) {
    if (block.name !== 'uwsgi') continue;
    for (const option of block.options) reportUwsgiOption(option, report);
  }
}

function reportUwsgiOption(option: IniOption, report: Report): void {
  const { key, keySpan, value } = option;
  const place = valueSpan(option);
  const raw = place.source.text.slice(place.start, place.end);
  if (key.includes(':')) {
    report(
      problem('GX164', `uWSGI knows no option "${key}"`, keySpan, {
        help: `write ${key.replace(/:\s*/, ' = ')}${key.endsWith(':') ? value : ''}`,
      }),
    );
    return;
  }
  const comment = /[ \t]([;#].*)$/.exec(raw);
  if (comment) {
    const at = place.start + comment.index + 1;
    report(
      problem(
        'GX154',
        `uWSGI reads this comment as a part of the value of "${key}"`,
        span(place.source, at, place.end),
        {
          why: 'it knows comments at the beginning of a line only',
          help: 'move the comment to a line of its own',
        },
      ),
    );
  }
  for (const match of raw.matchAll(/%(.)/g)) {
    const letter = match[1] as string;
    const at = place.start + match.index;
    const where = span(place.source, at, at + 2);
    if (/[bghijktuvGIJTUV]/.test(letter))
      report(
        problem('GX170', `"%${letter}" is known on the server only`, where, {
          help: 'write what it stands for',
        }),
      );
    else if (!/[%([dcnespDCNESP0-9]/.test(letter))
      report(
        problem('GX166', `uWSGI knows no "%${letter}", so both characters vanish`, where, {
          help: 'write "%%" for a percent sign',
        }),
      );
  }
}

function lineOf({ source, start }: Span): Span {
  const end = source.text.indexOf('\n', start);
  const line: Source = source;
  return span(line, start, end < 0 ? source.text.length : end);
}
