// From YAML as written to the tree of values, as PyYAML's safe loader constructs it: tags, implicit types, anchors,
// and what it refuses. Goes on after an error, so that one run shows every one.

import type { Code } from '../diagnostics/codes.ts';
import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../text/source.ts';
import type { Entry, Node, ScalarNode } from './tree.ts';
import { constructScalar, type Fail, failTag, known, scalarNode, tagOf } from './yaml-construct-scalar.ts';
import { deepestNesting, mostNodes } from './yaml-limits.ts';
import { mergeEntries, type OwnEntry } from './yaml-map.ts';
import type { RawAlias, RawMap, RawNode, RawSeq } from './yaml-raw.ts';
import { warnKey } from './yaml-warnings.ts';

/** What an alias brings: a node, how many nodes it is, and how deep. Nothing yet while the node is being built. */
interface Anchored {
  readonly place: Span;
  built?: { readonly node: Node; readonly size: number; readonly height: number };
}

/** The tree, or undefined when PyYAML would refuse the file or it is beyond the limits; errors are reported. */
export function construct(raw: RawNode, source: Source, report: Report): Node | undefined {
  return new Construction(source, report).run(raw);
}

const enough = new Error('a limit is reached');

class Construction {
  readonly #source: Source;
  readonly #report: Report;
  readonly #anchors = new Map<string, Anchored>();
  #failures = 0;
  #size = 0;
  /** Levels below and with the node built last. */
  #height = 0;

  constructor(source: Source, report: Report) {
    this.#source = source;
    this.#report = report;
  }

  run(raw: RawNode): Node | undefined {
    try {
      const node = this.#build(raw);
      return this.#failures > 0 ? undefined : node;
    } catch (error) {
      if (error === enough) return undefined;
      throw error;
    }
  }

  #span(raw: RawNode): Span {
    return span(this.#source, raw.start, raw.end);
  }

  readonly #fail: Fail = (code, message, raw, details = {}) => {
    this.#failures++;
    this.#report(problem(code, message, this.#span(raw), details));
  };

  #build(raw: RawNode): Node {
    if (raw.kind === 'alias') return this.#alias(raw);
    const sizeBefore = this.#size++;
    const anchored = raw.anchor === undefined ? undefined : this.#anchor(raw.anchor, raw);
    let node: Node;
    if (raw.kind === 'scalar') {
      node = constructScalar(raw, this.#span(raw), this.#fail, this.#report);
      this.#height = 0;
    } else {
      node = raw.kind === 'map' ? this.#map(raw) : this.#seq(raw);
      if (++this.#height > deepestNesting)
        this.#tooMuch('GX110', `more than ${deepestNesting} levels of nesting`, raw);
    }
    if (anchored) anchored.built = { node, size: this.#size - sizeBefore, height: this.#height };
    return node;
  }

  #tooMuch(code: Code, message: string, raw: RawNode): never {
    this.#fail(code, message, raw, { help: 'write the values out, or use fewer aliases' });
    throw enough;
  }

  #anchor(name: string, raw: RawNode): Anchored {
    const anchored: Anchored = { place: this.#span(raw) };
    const before = this.#anchors.get(name);
    if (before)
      this.#fail('GX113', `the anchor "&${name}" is defined twice`, raw, {
        labels: [{ span: before.place, text: 'first defined here' }],
        help: 'give one of them another name',
      });
    else if (!/^[0-9A-Za-z_-]+$/.test(name))
      this.#fail('GX113', `"&${name}" is no name of an anchor`, raw, {
        help: 'use letters, digits, "-" and "_"; if the text is meant, put it in quotes',
      });
    this.#anchors.set(name, anchored);
    return anchored;
  }

  #alias(raw: RawAlias): Node {
    const target = this.#anchors.get(raw.name)?.built;
    if (target) {
      this.#size += target.size;
      if (this.#size > mostNodes)
        this.#tooMuch(
          'GX111',
          `aliases make this file larger than ${mostNodes.toLocaleString('en')} values`,
          raw,
        );
      this.#height = target.height;
      return target.node;
    }
    this.#height = 0;
    const open = this.#anchors.get(raw.name);
    if (open)
      this.#fail('GX112', `"*${raw.name}" stands inside the value it refers to`, raw, {
        labels: [
          { span: span(this.#source, open.place.start, open.place.start + 1), text: 'the value begins here' },
        ],
      });
    else
      this.#fail('GX112', `no anchor "&${raw.name}" stands before this alias`, raw, {
        help: 'define the anchor further up; text that begins with "*" goes in quotes',
      });
    return scalarNode(this.#span(raw), 'null', null, '', 'plain');
  }

  #seq(raw: RawSeq): Node {
    this.#checkTag(raw, 'seq', 'list');
    let height = 0;
    const items = raw.items.map((item) => {
      const node = this.#build(item);
      height = Math.max(height, this.#height);
      return node;
    });
    this.#height = height;
    return { kind: 'seq', span: this.#span(raw), items };
  }

  #map(raw: RawMap): Node {
    this.#checkTag(raw, 'map', 'mapping');
    const own: OwnEntry[] = [];
    const merged: Entry[] = [];
    let height = 0;
    for (const [rawKey, rawValue] of raw.pairs) {
      const merge = rawKey.kind === 'scalar' && tagOf(rawKey) === 'merge';
      const key = merge ? undefined : this.#key(rawKey);
      const failures = this.#failures;
      const value = this.#build(rawValue);
      height = Math.max(height, this.#height);
      if (merge) {
        if (this.#failures === failures) this.#merge(value, rawValue, merged);
      } else if (key) own.push({ key, value });
    }
    this.#height = height;
    return { kind: 'map', span: this.#span(raw), entries: mergeEntries(merged, own, this.#report) };
  }

  #key(raw: RawNode): ScalarNode | undefined {
    // `=` means something only to YAML's forgotten "default value" of a mapping; as a key PyYAML takes it for text.
    if (raw.kind === 'scalar' && raw.style === 'plain' && raw.text === '=' && raw.tag === undefined)
      return scalarNode(this.#span(raw), 'str', '=', '=', 'plain');
    const node = this.#build(raw);
    if (node.kind !== 'scalar') {
      const { text } = this.#source;
      const braces = text.startsWith('{{', raw.start) || text.startsWith('{{', raw.start - 1);
      this.#fail('GX116', `a ${node.kind === 'map' ? 'mapping' : 'list'} cannot be a key`, raw, {
        help: braces
          ? 'if "{{ ... }}" is meant as text, put the whole value in quotes'
          : 'if the text is meant, put it in quotes',
      });
      return undefined;
    }
    if (raw.kind === 'scalar') warnKey(node, this.#report);
    // A key that is an alias is looked for where the alias stands.
    return raw.kind === 'alias' ? { ...node, span: this.#span(raw) } : node;
  }

  /** Entries that a merge key brings; of a list of mappings the first one that has a key wins. */
  #merge(value: Node, raw: RawNode, merged: Entry[]): void {
    const sources = value.kind === 'seq' ? value.items.toReversed() : [value];
    for (const source of sources) {
      if (source.kind === 'map') for (const entry of source.entries) merged.push({ ...entry, merged: true });
      else {
        this.#fail('GX117', 'the value of "<<" is neither a mapping nor a list of mappings', raw, {
          help: 'give it an alias such as "*defaults"; a key that is really called "<<" goes in quotes',
        });
        return;
      }
    }
  }

  #checkTag(raw: RawMap | RawSeq, expected: 'map' | 'seq', kind: string): void {
    if (raw.tag === undefined || raw.tag === '!' || raw.tag === known + expected) return;
    failTag(raw, raw.tag, kind, this.#fail);
  }
}
