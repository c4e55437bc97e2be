// Reading of single options of the `galaxy:` section. Galaxy is lenient: text, numbers and booleans are converted
// where they are used, so these readers are too.

import type { GalaxyOption } from '../../model/deployment.ts';
import { type Located, written } from '../../model/located.ts';
import { isTrueWord } from '../../model/options.ts';
import { isSecretOption, isSecretSlip, optionInfo } from '../../schema/galaxy-options.ts';
import { toPlain } from '../../syntax/plain.ts';
import { get, type MapNode } from '../../syntax/tree.ts';

/** Every option as written. */
export function readOptions(galaxy: MapNode | undefined): GalaxyOption[] {
  // A hostile file has a hundred thousand slips.
  let slips = 200;
  return (galaxy?.entries ?? []).map(({ key, value }) => {
    const name = String(key.value);
    const secret = isSecretOption(name) || (!optionInfo(name) && slips-- > 0 && isSecretSlip(name));
    return { name, value: written(toPlain(value), value.span), secret };
  });
}

/** An option as text; undefined when absent, null, empty or no scalar. */
export function textOption(galaxy: MapNode | undefined, name: string): Located<string> | undefined {
  const text = writtenOption(galaxy, name);
  return text?.value === '' ? undefined : text;
}

/** As `textOption`, for an option that may be empty. */
export function writtenOption(galaxy: MapNode | undefined, name: string): Located<string> | undefined {
  const node = get(galaxy, name);
  if (node?.kind !== 'scalar' || node.type === 'null') return undefined;
  return written(node.type === 'str' ? String(node.value) : node.text, node.span);
}

/** Python's truth of an option, with Galaxy's reading of words: absent is false. */
export function isOn(galaxy: MapNode | undefined, name: string): boolean {
  const node = get(galaxy, name);
  if (node?.kind !== 'scalar') return false;
  return typeof node.value === 'string' ? isTrueWord(node.value) : Boolean(node.value);
}
