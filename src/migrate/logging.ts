// Logging sections of an INI, which Python's fileConfig reads, as the `logging` of galaxy.yml, which its dictConfig reads:
// all of it or nothing, as half of it would lose messages.

import type { LegacySection } from '../model/legacy.ts';
import type { Plain } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import { handlerSettings } from './logging-args.ts';

export type LoggingPlan =
  | { readonly ok: true; readonly value: Plain }
  /** @param place the section in which the obstacle stands */
  | { readonly ok: false; readonly why: string; readonly place: Span };

/** The sections that belong to it. */
export const loggingSection = /^(?:loggers|handlers|formatters)$|^(?:logger|handler|formatter)_/;

/** Undefined where the files have no logging. */
export function planLogging(all: readonly LegacySection[]): LoggingPlan | undefined {
  const files = [...new Set(all.filter((one) => one.name === 'loggers').map((one) => one.header.source))];
  const [first, ...others] = files.map((source) =>
    readLogging(all.filter((one) => one.header.source === source && loggingSection.test(one.name))),
  );
  if (!first?.ok) return first;
  const same = others.every((one) => one.ok && JSON.stringify(one.value) === JSON.stringify(first.value));
  const place = all.find((one) => one.name === 'loggers' && one.header.source === files[1])?.header;
  return same || !place ? first : { ok: false, why: 'the files do not log in the same way', place };
}

type Settings = { [key: string]: Plain };

class Obstacle {
  readonly why: string;
  readonly place: Span;

  constructor(why: string, place: Span) {
    this.why = why;
    this.place = place;
  }
}

function readLogging(sections: readonly LegacySection[]): LoggingPlan {
  const found = [formattersOf, loggersOf, handlersOf].map((one) => one(sections));
  const obstacle = found.find((one) => one instanceof Obstacle);
  if (obstacle instanceof Obstacle) return { ok: false, why: obstacle.why, place: obstacle.place };
  const [formatters, loggers, handlers] = found as Settings[];
  const { '': root = {}, ...named } = loggers ?? {};
  const value: Plain = {
    version: 1,
    disable_existing_loggers: false,
    ...(Object.keys(formatters ?? {}).length > 0 ? { formatters: formatters ?? {} } : {}),
    handlers: handlers ?? {},
    ...(Object.keys(named).length > 0 ? { loggers: named } : {}),
    root,
  };
  return { ok: true, value };
}

/** By the name that code uses; of the root the empty one. */
function loggersOf(sections: readonly LegacySection[]): Settings | Obstacle {
  const handlers = namesIn(sections, 'handlers');
  const names = namesIn(sections, 'loggers');
  if (names instanceof Obstacle) return names;
  if (handlers instanceof Obstacle) return handlers;
  const out: Settings = {};
  for (const name of names) {
    const section = sectionOf(sections, `logger_${name}`);
    if (section instanceof Obstacle) return section;
    const get = getterOf(section);
    const used = split(get('handlers') ?? '');
    const unknown = used.find((one) => !handlers.includes(one));
    if (unknown !== undefined) return new Obstacle(`no handler is called "${unknown}"`, section.header);
    const level = get('level');
    const propagate = get('propagate');
    const key = name === 'root' ? '' : get('qualname');
    if (key === undefined) return new Obstacle('"qualname" is missing', section.header);
    if (propagate !== undefined && !/^\d+$/.test(propagate))
      return new Obstacle('"propagate" is no number', section.header);
    out[key] = {
      ...(level === undefined ? {} : { level }),
      handlers: used,
      // A logger without the option propagates; the root has nobody to do so to.
      ...(name === 'root' || propagate === undefined ? {} : { propagate: propagate !== '0' }),
    };
  }
  const list = sections.find((one) => one.name === 'loggers') as LegacySection;
  return out[''] === undefined ? new Obstacle('the logger "root" is missing', list.header) : out;
}

function handlersOf(sections: readonly LegacySection[]): Settings | Obstacle {
  const names = namesIn(sections, 'handlers');
  const formatters = namesIn(sections, 'formatters');
  if (names instanceof Obstacle) return names;
  const out: Settings = {};
  for (const name of names) {
    const section = sectionOf(sections, `handler_${name}`);
    if (section instanceof Obstacle) return section;
    const get = getterOf(section);
    const kind = get('class') ?? '';
    const settings = handlerSettings(kind, get('args') ?? '()');
    const further = section.options.find(
      (one) => !['class', 'args', 'level', 'formatter'].includes(one.name) && one.value.value !== '',
    );
    if (!settings || further)
      return new Obstacle(
        `handler "${name}" is more than can be translated: ${further ? further.name : `${kind}${get('args') ?? '()'}`}`,
        section.header,
      );
    const level = get('level');
    const formatter = get('formatter') ?? '';
    if (formatter !== '' && (formatters instanceof Obstacle || !formatters.includes(formatter)))
      return new Obstacle(`no formatter is called "${formatter}"`, section.header);
    out[name] = {
      ...settings,
      ...(level === undefined ? {} : { level }),
      ...(formatter === '' ? {} : { formatter }),
    };
  }
  return out;
}

function formattersOf(sections: readonly LegacySection[]): Settings | Obstacle {
  const names = namesIn(sections, 'formatters');
  if (names instanceof Obstacle) return names;
  const out: Settings = {};
  for (const name of names) {
    const section = sectionOf(sections, `formatter_${name}`);
    if (section instanceof Obstacle) return section;
    const get = getterOf(section);
    const kind = get('class') ?? 'logging.Formatter';
    if (!/^(?:logging\.)?Formatter$/.test(kind))
      return new Obstacle(`formatter "${name}" is code of your own: ${kind}`, section.header);
    const [format, datefmt, style] = [get('format'), get('datefmt'), get('style')];
    out[name] = {
      ...(format === undefined ? {} : { format }),
      ...(datefmt === undefined ? {} : { datefmt }),
      ...(style === undefined ? {} : { style }),
    };
  }
  return out;
}

function namesIn(sections: readonly LegacySection[], name: string): string[] | Obstacle {
  const section = sectionOf(sections, name);
  return section instanceof Obstacle ? section : split(getterOf(section)('keys') ?? '');
}

function sectionOf(sections: readonly LegacySection[], name: string): LegacySection | Obstacle {
  const loggers = sections[0] as LegacySection;
  return (
    sections.find((one) => one.name === name) ??
    new Obstacle(`the section [${name}] is missing`, loggers.header)
  );
}

function getterOf({ options }: LegacySection) {
  return (key: string): string | undefined => options.findLast((one) => one.name === key)?.value.value;
}

function split(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
