// `$(NAME)` and `%(name)` in the values of uWSGI, after everything has been read (core/config.c of 2.0).

/** What stands for a name in brackets, or undefined: then it stays as it is written. */
export type Lookup = (name: string) => string | undefined;

/** Sizes that no configuration of people comes near; past them values are left as they are. */
const longestValue = 100_000;
const mostSteps = 1_000;
const longestTogether = 4_000_000;

/** Fills values one after the other. */
export class Filler {
  #left = longestTogether;

  /** A value that names itself has no end for uWSGI. Here it has one, and `onEndless` is told. */
  fill(text: string, sign: '$' | '%', lookup: Lookup, onEndless: () => void = () => undefined): string {
    let filled = text;
    let at = filled.indexOf(`${sign}(`);
    for (let step = 0; at >= 0; step++) {
      if (step >= mostSteps) {
        onEndless();
        break;
      }
      const end = closing(filled, at + 2, sign);
      if (end < 0) break;
      const found = filled[end] === ')' && end > at + 2 ? lookup(filled.slice(at + 2, end)) : undefined;
      if (found === undefined) {
        at = filled.indexOf(`${sign}(`, end);
        continue;
      }
      if (filled.length + found.length > longestValue || found.length > this.#left) {
        onEndless();
        break;
      }
      this.#left -= found.length;
      filled = filled.slice(0, at) + found + filled.slice(end + 1);
      // What was put in is looked at again, together with the character before it; a sign at the very beginning is not.
      at = filled.indexOf(`${sign}(`, Math.max(1, at - 1));
    }
    return filled;
  }
}

// The bracket that ends a name, or a sign before it: names begin anew at each sign.
function closing(text: string, from: number, sign: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === sign) return at;
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && depth-- === 0) return at;
  }
  return -1;
}

/** A name alone, or a sum: `processes * 2`, names and numbers beside each other without a sign between them. */
export function placeholder(name: string, option: Lookup): string | undefined {
  if (!name.includes(' ')) return option(name);
  let value: string | undefined;
  let sign = '';
  for (const word of name.split(' ').filter((one) => one !== '')) {
    if (/^[-+*/]$/.test(word)) {
      sign = word;
    } else if (word === '++' || word === '--') {
      if (value !== undefined) value = String(whole(value) + (word === '++' ? 1n : -1n));
      sign = '';
    } else {
      const next = /^\d+$/.test(word) ? word : (option(word) ?? '');
      value = sign === '' ? (value ?? '') + next : String(reckon(sign, whole(value ?? ''), whole(next)));
      sign = '';
    }
  }
  return value?.slice(0, longestValue);
}

function whole(text: string): bigint {
  return BigInt(/^\s*([-+]?\d{1,18})/.exec(text)?.[1]?.replace('+', '') ?? 0);
}

function reckon(sign: string, left: bigint, right: bigint): bigint {
  if (sign === '+') return left + right;
  if (sign === '-') return left - right;
  if (sign === '*') return left * right;
  return right === 0n ? 0n : left / right;
}
