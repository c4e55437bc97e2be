// Where the readers of one file disagree, and a value differs for it: each disagreement at its place, with both readings.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { looksSecret } from '../../model/secrets.ts';
import { isSecretOption } from '../../schema/galaxy-options.ts';
import { readPythonIni } from '../../syntax/ini-python.ts';
import { type IniOption, type IniTree, optionSpan, valueSpan } from '../../syntax/ini-tree.ts';
import { span } from '../../text/source.ts';
import { type IniFile, isRaw } from './ini-file.ts';
import { interpolate2, interpolate3 } from './interpolate.ts';

/** Of the two Pythons, in the sections that uWSGI does not read. */
export function reportDifferences(file: IniFile, report: Report): void {
  const chosen = file.tree;
  const two = file.reader === 'python2' ? chosen : readPythonIni(file.text.source, 'python2');
  const three = file.reader === 'python3' ? chosen : readPythonIni(file.text.source, 'python3');
  reportRefusals(two, three, file.reader, report);
  reportIgnored(two, report);
  const others = optionsByKey(three);
  for (const block of two.blocks) {
    if (block.name === 'uwsgi') continue;
    for (const option of block.options) {
      const other = others.get(option.keySpan.start);
      reportContinuations(option, report);
      if (other && !isRaw(block.name, option.key)) reportValues(option, other, file.reader, report);
    }
  }
}

function reportRefusals(two: IniTree, three: IniTree, reader: IniFile['reader'], report: Report): void {
  // What both refuse is told once.
  const told = new Set<number>();
  for (const { kind, span: place } of two.refusals) {
    told.add(place.start);
    const line = place.source.text.slice(place.start, place.end);
    const what =
      kind === 'no-section'
        ? 'the line stands before the first section'
        : 'the line is neither a section nor "key = value"';
    report(
      problem(kind === 'no-section' ? 'GX160' : 'GX159', what, place, {
        help:
          kind === 'no-section'
            ? 'begin the file with a section: [server:main]'
            : `write ${/^[\w-]+$/.test(line) ? `${line} = true` : 'key = value'}, or make it a comment with "#" in the first column`,
      }),
    );
  }
  const strict = reader === 'python3' ? 'error' : 'info';
  let toldUwsgi = false;
  const uwsgi = new Set(
    two.blocks
      .filter((one) => one.name === 'uwsgi')
      .flatMap((one) => one.options.map((option) => option.keySpan.start)),
  );
  for (const { kind, span: place, other } of three.refusals) {
    const labels = other ? [{ span: other, text: 'the first one' }] : [];
    const name = place.source.text.slice(place.start, place.end);
    if (kind === 'duplicate-section') {
      report(
        problem('GX158', `the section ${name} stands twice`, place, {
          severity: reader === 'python3' ? 'error' : 'warning',
          labels,
          why: 'Python 2 makes one of the two, Python 3 refuses the file',
          help: 'move its options to the first one',
        }),
      );
    } else if (kind === 'duplicate') {
      const inUwsgi = uwsgi.has(place.start);
      // Repeated keys are the rule there; that Python 3 refuses them needs to be said once.
      if (inUwsgi && toldUwsgi) continue;
      toldUwsgi ||= inUwsgi;
      report(
        problem('GX157', `"${name}" stands twice`, place, {
          severity: inUwsgi ? strict : reader === 'python3' ? 'error' : 'warning',
          labels,
          why: inUwsgi
            ? 'uWSGI reads both, Python 3 refuses the file'
            : 'Python 2 takes the last, Python 3 refuses the file',
          help: inUwsgi ? 'for Python 3 move [uwsgi] to a file of its own' : 'keep one of the two',
        }),
      );
    } else if (!told.has(place.start)) {
      report(
        problem(
          kind === 'no-section' ? 'GX160' : 'GX159',
          'Python 3 refuses the file because of this line',
          place,
          {
            severity: strict,
            help: 'make it a comment, or give it a value',
          },
        ),
      );
    }
  }
}

function reportIgnored(two: IniTree, report: Report): void {
  for (const { kind, span: place } of two.lines) {
    if (kind !== 'ignored') continue;
    report(
      problem('GX161', 'Python 2 passes over this line, because it begins with "rem"', place, {
        why: 'for Python 3 and uWSGI it is an option',
        help: 'begin a comment with "#"',
      }),
    );
  }
}

function reportContinuations(option: IniOption, report: Report): void {
  for (const { span: place } of option.pieces.slice(1)) {
    const text = place.source.text.slice(place.start, place.end);
    if (/^[;#]/.test(text)) {
      report(
        problem('GX156', `this comment is a part of the value of "${option.key}" for Python 2`, place, {
          labels: [{ span: option.keySpan, text: 'the option that it ends up in' }],
          why: 'Python 2 knows comments in the first column only; Python 3 passes over it',
          help: 'begin the line with "#"',
        }),
      );
    } else if (/^[A-Za-z][\w.-]*\s*[=:](?!\/\/)/.test(text)) {
      const key = /^[\w.-]+/.exec(text)?.[0] ?? '';
      report(
        problem('GX155', `"${key}" is not set: the line is a part of the value of "${option.key}"`, place, {
          labels: [{ span: option.keySpan, text: 'the option that it ends up in' }],
          why: 'an indented line continues the value above it; only uWSGI reads an option here',
          help: 'begin the line in the first column',
        }),
      );
    }
  }
}

function reportValues(two: IniOption, three: IniOption, reader: IniFile['reader'], report: Report): void {
  const place = optionSpan(three);
  if (two.value === '' && three.value === '""') {
    report(
      problem('GX168', `"${two.key}" is empty for Python 2 and two quotes for Python 3`, place, {
        help: 'leave the value empty',
      }),
    );
    return;
  }
  const first = two.value.split('\n')[0] ?? '';
  const other = three.value.split('\n')[0] ?? '';
  if (first !== other && other.startsWith(first)) {
    const start = valueSpan(three);
    const rest = other.slice(first.length);
    const at = start.start + first.length + (rest.length - rest.trimStart().length);
    report(
      problem(
        'GX154',
        `only Python 2 takes this for a comment behind the value of "${two.key}"`,
        span(place.source, at, start.start + other.length),
        {
          values: isOpen(two)
            ? [`${two.key} is ${shown(first)} (Python 2)`, `${two.key} is ${shown(other)} (Python 3)`]
            : [],
          help: 'move the comment to a line of its own',
        },
      ),
    );
    return;
  }
  if (first === other && withoutBlanks(three.value) === two.value && three.value !== two.value) {
    report(
      problem('GX169', `Python 3 keeps the empty lines in the value of "${two.key}"`, place, {
        help: 'remove the empty lines, or indent a "#" on them',
      }),
    );
    return;
  }
  // For Python 3 that is an error, and told as one.
  if (reader === 'python2') reportPercent(two, report);
}

// Told only where Python 2 is content: what it refuses is an error of its own.
function reportPercent(option: IniOption, report: Report): void {
  const { value, key } = option;
  if (!value.includes('%')) return;
  const any = () => 'x';
  const two = interpolate2(value, any);
  const three = interpolate3(value, any);
  if (!two.ok || (three.ok && three.text === two.text)) return;
  report(
    problem(
      'GX163',
      `Python 3 ${three.ok ? 'reads another value of' : 'cannot expand'} "${key}"`,
      valueSpan(option),
      {
        values: [
          ...(isOpen(option) ? [`${key} is ${shown(two.text)} (Python 2)`] : []),
          ...(three.ok
            ? isOpen(option)
              ? [`${key} is ${shown(three.text)} (Python 3)`]
              : []
            : [`Python 3 stops: ${three.message}`]),
        ],
        help: 'before Galaxy 20.01 the value is right as it is; for Python 3 write "%%" for a percent sign',
      },
    ),
  );
}

function optionsByKey(tree: IniTree): Map<number, IniOption> {
  return new Map(
    tree.blocks.flatMap((one) => one.options.map((option) => [option.keySpan.start, option] as const)),
  );
}

function withoutBlanks(text: string): string {
  return text
    .split('\n')
    .filter((one) => one !== '')
    .join('\n');
}

// A part of a secret is not known as one to who masks them, so it is never shown.
function isOpen({ key, value }: IniOption): boolean {
  return !isSecretOption(key) && !looksSecret(key, value);
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
