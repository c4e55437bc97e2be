// A hash that tells texts apart and stays the same for ever: for fingerprints, not for secrets.

/** 64 bits as 16 hexadecimal digits, over UTF-16 units; two rounds of multiply and shift (cyrb64, public domain). */
export function hash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return digits(b) + digits(a);
}

function digits(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
