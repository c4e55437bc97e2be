// Colour is one decision for each stream, and one function that every renderer is handed.

import type { Severity } from '../diagnostics/diagnostic.ts';

/** What a piece of a report is; how it looks is the palette's business. */
export type Style = Severity | 'strong' | 'dim' | 'label' | 'added' | 'removed';

/** Text in a style. The plain palette returns the text itself, so both forms hold the same characters. */
export type Paint = (style: Style, text: string) => string;

export type ColourChoice = 'auto' | 'always' | 'never';

/**
 * Whether a stream gets colour: the flag, then NO_COLOR (no-color.org: any non-empty value), FORCE_COLOR
 * (`0` and `false` mean off), TERM=dumb, and last whether the stream is a terminal.
 */
export function wantsColour(
  choice: ColourChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env.NO_COLOR) return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (env.TERM === 'dumb') return false;
  return isTTY;
}

const codes: Record<Style, string> = {
  error: '1;31',
  warning: '1;33',
  info: '1;36',
  strong: '1',
  dim: '2',
  label: '34',
  added: '32',
  removed: '31',
};

export const plain: Paint = (_style, text) => text;

export const ansi: Paint = (style, text) => (text === '' ? '' : `\x1b[${codes[style]}m${text}\x1b[0m`);

/** The palette of a stream. */
export function palette(coloured: boolean): Paint {
  return coloured ? ansi : plain;
}

/** A unified diff with its lines in colour. */
export function paintPatch(patch: string, paint: Paint): string {
  return patch.split('\n').map(paintLine).join('\n');

  function paintLine(line: string): string {
    if (line.startsWith('--- ') || line.startsWith('+++ ')) return paint('strong', line);
    if (line.startsWith('@@')) return paint('dim', line);
    if (line.startsWith('-')) return paint('removed', line);
    return line.startsWith('+') ? paint('added', line) : line;
  }
}
