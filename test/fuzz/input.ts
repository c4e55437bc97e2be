// The inputs: configurations of the fixtures with damage done to them, and random bytes under their names.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';

export interface Input {
  readonly seed: number;
  /** Words of `gxgen validate`. */
  readonly words: readonly string[];
  /** By path from /srv/galaxy. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

interface Seed {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What is named on the command line. */
  readonly main: string;
}

const formats = ['text', 'concise', 'json', 'sarif', 'github', 'junit'];
const targets = ['systemd', 'supervisor', 'commands'];

/** Every configuration of the fixtures, sorted by name; beside each, snippets of all others are at hand. */
export class Inputs {
  readonly #seeds: readonly Seed[];
  readonly #lines: readonly string[];
  readonly #formats: readonly string[];

  readonly #ini: boolean;

  /**
   * @param knownFormats of `--format`
   * @param ini legacy configurations instead of those of Gravity
   */
  constructor(knownFormats: readonly string[], ini = false) {
    this.#ini = ini;
    this.#formats = formats.filter((one) => knownFormats.includes(one));
    this.#seeds = ini ? [...readSeeds('fixtures', /\.ini$/), ...readVectors()] : readSeeds('fixtures');
    const decoder = new TextDecoder();
    const texts = this.#seeds.flatMap(({ files }) => Object.values(files).map((one) => decoder.decode(one)));
    this.#lines = [...new Set(texts.flatMap((text) => text.split('\n')))].sort();
  }

  /** The input of a number: the same one in every run. */
  at(seed: number): Input {
    const random = new Random(seed);
    const { files, main } = random.pick(this.#seeds);
    const damaged: Record<string, Uint8Array> = { ...files };
    const names = Object.keys(files);
    for (let count = 1 + random.int(2); count > 0; count--) {
      const name = random.pick(names);
      const bytes = damaged[name] ?? new Uint8Array();
      damaged[name] = random.once(12) ? randomBytes(random) : mutate(bytes, random, this.#lines);
    }
    if (random.once(20)) damaged[random.pick(names)] = damaged[random.pick(names)] ?? new Uint8Array();
    const supervisor = names.filter((one) => one.endsWith('.conf')).flatMap((one) => ['--supervisor', one]);
    return { seed, words: [...this.#words(random), ...supervisor, main], files: damaged };
  }

  #words(random: Random): string[] {
    const words: string[] = [];
    if (random.once(3)) words.push('--format', random.pick(this.#formats));
    if (random.once(3)) words.push('--target', random.pick(targets));
    // Without a release the rules are asked for several; that takes its time and is worth it now and then.
    if (!random.once(4))
      words.push('--galaxy-version', random.pick(['17.09', '21.01', '22.05', '24.2', '99.9']));
    if (random.once(10)) words.push('--allow-unknown');
    if (this.#ini && random.once(3)) words.push('--python3');
    if (random.once(12)) words.push('--fix');
    else if (random.once(40)) words.push('--fix', '--dry-run');
    return words;
  }
}

function readVectors(): Seed[] {
  const folder = 'test/legacy/vectors';
  return readdirSync(folder)
    .sort()
    .map((name) => ({ main: name, files: { [name]: new Uint8Array(readFileSync(join(folder, name))) } }));
}

function readSeeds(folder: string, wanted = /(galaxy|gravity)\.yml$/): Seed[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const home = join(folder, name, 'in');
      // A case of the command line alone has no files.
      if (!existsSync(home)) return [];
      const paths = readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => relative(home, join(one.parentPath, one.name)))
        .sort();
      const main = paths.find((path) => wanted.test(path));
      // Large files are for speed tests; here they would only take time.
      const files = Object.fromEntries(
        paths.map((path) => [path, new Uint8Array(readFileSync(join(home, path)))]),
      );
      const size = Object.values(files).reduce((sum, one) => sum + one.length, 0);
      return main === undefined || size > 50_000 ? [] : [{ main, files }];
    });
}

function randomBytes(random: Random): Uint8Array {
  const length = random.int(random.once(10) ? 4000 : 200);
  const kind = random.int(4);
  const alphabet = random.pick([
    ':- \n#"\'{}[]&*!|>%@`,?',
    '<>/="\'& \n!-?[]abc',
    ' \t\r\n\u0000\u0085\u2028',
    '[]=:;#% \n\tab()$@{}',
  ]);
  return kind === 0
    ? Uint8Array.from({ length }, () => random.int(256))
    : new TextEncoder().encode(Array.from({ length }, () => random.pick([...alphabet])).join(''));
}
