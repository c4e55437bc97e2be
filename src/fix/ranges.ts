// Ranges of one text that do not overlap, kept in order: hostile files have a hundred thousand of them.

export interface Range {
  readonly start: number;
  readonly end: number;
}

export class Ranges {
  readonly #list: Range[] = [];

  /** Adds a range; only where `meets` is false for it. */
  add(range: Range): void {
    this.#list.splice(this.#after(range.start), 0, range);
  }

  /**
   * True when the range has a character in common with one of these. An empty one, here or there, also meets what it
   * touches: which of two insertions at one place comes first would be a guess.
   */
  meets(range: Range): boolean {
    const next = this.#after(range.start);
    for (const one of [this.#list[next - 2], this.#list[next - 1], this.#list[next], this.#list[next + 1]]) {
      if (!one) continue;
      const touch = one.start === one.end || range.start === range.end;
      if (
        touch
          ? range.start <= one.end && one.start <= range.end
          : range.start < one.end && one.start < range.end
      )
        return true;
    }
    return false;
  }

  [Symbol.iterator](): Iterator<Range> {
    return this.#list.values();
  }

  /** The index of the first range that starts after `offset`. */
  #after(offset: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#list[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Ranges that may overlap, as ranges that do not. */
export function merged(ranges: readonly Range[]): Ranges {
  const result = new Ranges();
  let open: { start: number; end: number } | undefined;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (open && start <= open.end) open.end = Math.max(open.end, end);
    else {
      if (open) result.add(open);
      open = { start, end };
    }
  }
  if (open) result.add(open);
  return result;
}
