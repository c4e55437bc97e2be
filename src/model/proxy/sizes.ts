// Sizes as web servers write them: `10g`, `32k`, `4096`.

/** In bytes. */
export function sizeInBytes(size: string): number {
  const power = { k: 10, m: 20, g: 30 }[size.at(-1)?.toLowerCase() ?? ''] ?? 0;
  return Number.parseInt(size, 10) * 2 ** power;
}
