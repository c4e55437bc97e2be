// "did you mean": the nearest known name, by edit distance with transpositions.

/** The candidate nearest to `word`, or undefined when none is near enough to be a likely slip. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const found = distance(wanted, fold(candidate), bestDistance);
    if (found < bestDistance || (found === bestDistance && best !== undefined && candidate < best)) {
      if (found >= bestDistance && best === undefined) continue;
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

// With more slips than these, what was meant is a guess.
const mostSlips = 2;

/**
 * The only candidate that `word` can be a slip of: the same but for case and "-", "_", ".", or at most two edits away
 * (in words of less than six letters one, and likewise in the part of a name that differs: "tool_x" is no slip of "topk_x")
 * with no other candidate as near as that. Undefined when there is a choice.
 */
export function certain(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word);
  const most = Math.min(mostSlips, Math.max(1, Math.floor(word.length / 3)));
  const same = new Set<string>();
  const near = new Set<string>();
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const other = fold(candidate);
    if (other === wanted) same.add(candidate);
    else if (distance(wanted, other, most) <= most) near.add(candidate);
  }
  const [only, ...more] = same.size > 0 ? same : near;
  if (only === undefined || more.length > 0) return undefined;
  return same.size > 0 || fewSlips(wanted, fold(only)) ? only : undefined;
}

/** False for two slips in a word of a name that is short: then it is another word. */
function fewSlips(a: string, b: string): boolean {
  const [left, right] = [a.split('_'), b.split('_')];
  if (left.length !== right.length) return true;
  return left.every((word, index) => {
    const other = right[index] ?? '';
    const most = Math.max(word.length, other.length) < 6 ? 1 : mostSlips;
    return distance(word, other, most) <= most;
  });
}

// Case and the choice of "-", "_" or "." between words are the commonest slips, and cost nothing.
function fold(word: string): string {
  return word.toLowerCase().replace(/[-.\s]/g, '_');
}

/** Damerau-Levenshtein (adjacent transpositions count one), cut off at `limit`. */
function distance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return smallest;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
