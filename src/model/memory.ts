// Amounts of memory, for people.

/** Gigabytes with at most two digits behind the point: `16`, `1.5`. @param bytes a whole number */
export function gigabytes(bytes: number): string {
  return String(Math.round((bytes / 2 ** 30) * 100) / 100);
}
