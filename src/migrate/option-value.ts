// From the text of a legacy file to a value of the type that Galaxy has for the option, with the rules of the old
// release: what it took for true stays true.

import { isOlder } from '../model/release.ts';
import { type OptionInfo, optionInfo } from '../schema/galaxy-options.ts';
import { isFloatText, isIntText } from '../schema/galaxy-options-python.ts';
import type { Plain } from '../syntax/tree.ts';

export interface TypedValue {
  readonly value: Plain;
  /** How it was read, where that is not plain to see. */
  readonly note?: string;
  /** What a person has to choose from; the first is the value. */
  readonly choices?: readonly string[];
}

/**
 * @param info undefined for an option that is in no table: it stays text
 * @param release the last release that the file can be of
 * @param shown the value as messages may quote it
 */
export function typedValue(
  info: OptionInfo | undefined,
  text: string,
  release: string | undefined,
  shown: string,
): TypedValue {
  switch (info?.type) {
    case 'bool':
      return boolValue(text, release, shown);
    case 'int':
      return isIntText(text) ? number(Number(text)) : numberless(text, shown);
    case 'float':
      return isFloatText(text) && Number.isFinite(Number(text))
        ? number(Number(text))
        : numberless(text, shown);
    default:
      return textValue(info, text);
  }
}

// Galaxy's string_as_bool; "1" is true from 16.10.
function boolValue(text: string, release: string | undefined, shown: string): TypedValue {
  const word = text.toLowerCase();
  const value = /^(?:true|yes|on)$/.test(word) || (word === '1' && !isOlder(release, '16.10'));
  if (value || /^(?:false|no|off|0|)$/.test(word)) return { value };
  return {
    value,
    note: `Galaxy took "${shown}" for false`,
    choices: ['false, as it was', 'true, if that was meant'],
  };
}

function number(value: number): TypedValue {
  return Number.isSafeInteger(value) || !Number.isInteger(value)
    ? { value }
    : { value: String(value), note: 'the number is too large' };
}

// Galaxy would not have started with it, so nobody knows what was meant.
function numberless(text: string, shown: string): TypedValue {
  const empty = text === '' || /^none$/i.test(text);
  return {
    value: text,
    note: `${text === '' ? 'nothing' : `"${shown}"`} is no number, and Galaxy does not start with it`,
    choices: ['as it is', empty ? 'remove the line, for the default' : 'write the number alone'],
  };
}

function textValue(info: OptionInfo | undefined, text: string): TypedValue {
  const list = info?.type === 'seq' || info?.accepts.includes('seq') === true;
  if (text.includes('\n')) {
    const parts = linesOf(text);
    const accident = parts.slice(1).find(isOption);
    if (accident !== undefined)
      return {
        value: text,
        note: `"${nameOf(accident)}" was indented, so it became a part of this value and was never set`,
        choices: ['the value as Galaxy had it', `"${nameOf(accident)}" as an option of its own`],
      };
    if (list || info === undefined || parts.length < 2)
      return { value: joined(text), note: 'its lines were joined with commas' };
    return { value: text, note: 'a value of several lines', choices: ['the lines as they are', 'one line'] };
  }
  if (
    /^(?:None|False|none|null|True)$/.test(text) &&
    info !== undefined &&
    !info.truthWords &&
    !info.choices.includes(text)
  )
    return {
      value: text,
      note: `Galaxy took it for the text "${text}", which counts as set`,
      choices: [`the text "${text}", as it was`, 'remove the line, to leave it unset'],
    };
  if (/^(["']).*\1$/.test(text) && text.length > 1)
    return { value: text, note: 'the quotes were part of the value, and still are' };
  return { value: text };
}

/** The lines of a value as one list with commas. */
export function joined(text: string): string {
  return linesOf(text)
    .map((one) => one.replace(/,$/, ''))
    .join(',');
}

function linesOf(text: string): string[] {
  return text.split(/\s*\n\s*/).filter((one) => one !== '');
}

// The classic accident: an option that somebody indented.
function isOption(line: string): boolean {
  const name = nameOf(line);
  return name !== '' && optionInfo(name) !== undefined;
}

function nameOf(line: string): string {
  return /^([A-Za-z_][\w.-]*)\s*[=:]/.exec(line)?.[1] ?? '';
}
