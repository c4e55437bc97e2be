// The reading side of Apache, as Apache 2.4 does it: lines, definitions, quotes, sections. Only what generated files
// may hold; anything else fails the test.

/** A directive, or a section with what stands in it. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly section?: readonly Directive[];
}

/** @param before what was read earlier and may hold definitions */
export function readApache(text: string, before = text): Directive[] {
  const defined = /^Define GXD \$$/m.test(before);
  const open: { name: string; words: string[]; section: Directive[] }[] = [
    { name: '', words: [], section: [] },
  ];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/^[ \t]+/, '');
    // A line that ends so goes on in the next one, comments too.
    if (line.endsWith('\\')) throw new Error('a line goes on');
    if (line === '' || line.startsWith('#')) continue;
    const top = open.at(-1) as (typeof open)[number];
    const closing = /^<\/(\w+)>$/.exec(line);
    if (closing) {
      if (open.length < 2 || closing[1] !== top.name) throw new Error(`unexpected ${line}`);
      open.pop();
      open.at(-1)?.section.push(top);
      continue;
    }
    const [, bracket, name = '', rest = ''] = /^(<?)(\w+)(?:[ \t]+(.*))?$/s.exec(line) ?? [];
    if (name === '') throw new Error(`no directive: ${line}`);
    if (bracket && !rest.endsWith('>')) throw new Error('a section does not end');
    const body = resolve(bracket ? rest.slice(0, -1) : rest, defined);
    const words = name.startsWith('Rewrite') ? rewriteWords(body) : readWords(body);
    if (bracket) open.push({ name, words, section: [] });
    else top.section.push({ name, words });
  }
  if (open.length !== 1) throw new Error('a section is open');
  return open[0]?.section ?? [];
}

// Before anything else, and not a second time.
function resolve(text: string, defined: boolean): string {
  return text.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    if (name !== 'GXD' || !defined) throw new Error(`a variable: ${whole}`);
    return '$';
  });
}

function readWords(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    let word = '';
    if (line[at] === '"') {
      at++;
      while (line[at] !== '"') {
        if (at >= line.length) throw new Error('unbalanced quote');
        if (line[at] === '\\' && /["\\]/.test(line[at + 1] ?? '')) at++;
        word += line[at++];
      }
      at++;
      if (at < line.length && line[at] !== ' ') throw new Error('a word goes on behind its quote');
    } else
      while (at < line.length && line[at] !== ' ') {
        if (/["'\\\t]/.test(line[at] ?? '')) throw new Error('a special character outside quotes');
        word += line[at++];
      }
    words.push(word);
  }
  return words;
}

// mod_rewrite: a quote groups, and nothing escapes one.
function rewriteWords(line: string): string[] {
  const words: string[] = [];
  let rest = line;
  while (rest !== '') {
    const found = /^ *(?:"([^"]*)"|([^" ]+))(?= |$)/s.exec(rest);
    if (!found) throw new Error(`no word: ${rest}`);
    words.push(found[1] ?? found[2] ?? '');
    rest = rest.slice(found[0].length);
  }
  return words;
}

/** What a rewriting makes of its target when no reference is in it; those to groups stay. */
export function expandRewritten(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** Every directive of the tree, those in sections too. */
export function flat(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((one) => [one, ...flat(one.section ?? [])]);
}

/** The words of every directive of that name. */
export function wordsOf(directives: readonly Directive[], name: string): (readonly string[])[] {
  return flat(directives)
    .filter((one) => one.name === name && !one.section)
    .map((one) => one.words);
}
