// Stands in for the package `string-width` inside yargs. The real one costs 40 ms at every start (a segmenter and
// an emoji table) to measure help texts, and ours are plain ASCII.

export default function stringWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
  return text.replace(/\x1b\[[0-9;]*m/g, '').length;
}
