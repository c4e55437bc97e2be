// The old galaxy.yml with its text kept: `gravity:` where `uwsgi:` stood, and only those options changed that have to be.

import { type Entry, entry, type MapNode } from '../syntax/tree.ts';
import { plain, scalarText, writeYaml, type YamlEntry } from '../syntax/yaml-write.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { type Source, span } from '../text/source.ts';
import type { GalaxySection, OptionRow } from './galaxy-section.ts';
import { modeline } from './galaxy-yml.ts';
import { decide, type GravityPlan } from './gravity-section.ts';
import { commentsWithin, wholeLines } from './yaml-lines.ts';

export function editGalaxyYml(
  source: Source,
  root: MapNode,
  gravity: GravityPlan,
  galaxy: GalaxySection,
): string {
  const edits: TextEdit[] = [];
  const head = source.text.includes('yaml-language-server:') ? '' : `# ${modeline}\n`;
  const old = entry(root, 'uwsgi');
  const place = old ? wholeLines(span(source, old.key.span.start, old.value.span.end)) : span(source, 0);
  const comments = old ? commentsWithin(source, place) : [];
  const gravityEntry: YamlEntry = { key: 'gravity', before: comments, value: gravity.section };
  const text = writeYaml({ kind: 'map', entries: [gravityEntry] });
  edits.push({ span: place, text: old ? text : `${text}\n` });
  const section = entry(root, 'galaxy');
  const map = section?.value;
  if (map?.kind === 'map') {
    const rows = new Map(galaxy.rows.map((one) => [one.place.start, one]));
    const indent = ' '.repeat(columnOf(source, map.entries[0]?.key.span.start ?? 0));
    for (const one of map.entries) {
      const row =
        rows.get(one.key.span.start) ?? galaxy.rows.find((other) => other.name === String(one.key.value));
      if (row && !one.merged) edits.push(...optionEdits(source, one, row, indent));
    }
    const known = new Set(galaxy.rows.map((one) => one.key));
    const added = galaxy.section.entries.filter((one) => !known.has(one.key) && one.key !== 'celery_conf');
    if (added.length > 0) {
      const block = writeYaml({ kind: 'map', entries: added }).replace(/^(?=.)/gm, indent);
      const end = wholeLines(span(source, map.span.start, map.span.end)).end;
      edits.push({
        span: span(source, end),
        text: `${source.text[end - 1] === '\n' || end === 0 ? '' : '\n'}${block}`,
      });
    }
  }
  const edited = applyEdits(source, edits) ?? source.text;
  return `${head}${edited}`;
}

function optionEdits(source: Source, { key, value }: Entry, row: OptionRow, indent: string): TextEdit[] {
  const { outcome } = row;
  const question =
    outcome.fate === 'undecided'
      ? decide({ why: outcome.why ?? '', choices: outcome.choices ?? [] })
      : undefined;
  const whole = wholeLines(span(source, key.span.start, value.span.end));
  if (row.key === undefined) {
    const gone =
      question === undefined
        ? []
        : [`${indent}#${question.replace(' decide:', ` decide: "${row.name}":`)}\n`];
    const kept = commentsWithin(source, whole).map((one) => `${indent}#${one}\n`);
    return [{ span: whole, text: [...kept, ...gone].join('') }];
  }
  const edits: TextEdit[] = [];
  if (row.key.startsWith('celery_conf.')) {
    const inner = writeYaml({
      kind: 'map',
      entries: [
        {
          key: 'celery_conf',
          value: {
            kind: 'map',
            entries: [{ key: row.key.slice('celery_conf.'.length), value: plain(row.after ?? null) }],
          },
        },
      ],
    });
    return [{ span: whole, text: inner.replace(/^(?=.)/gm, indent) }];
  }
  if (row.key !== row.name) edits.push({ span: key.span, text: scalarText(row.key) });
  const changed = JSON.stringify(row.after) !== JSON.stringify(row.before);
  if (changed && (typeof row.after !== 'object' || row.after === null))
    edits.push({
      span: value.span,
      text: `${value.span.start === value.span.end ? ' ' : ''}${scalarText(row.after ?? null)}`,
    });
  if (question !== undefined) {
    const end = source.text.indexOf('\n', value.span.end);
    const at = end < 0 ? source.text.length : end;
    edits.push({ span: span(source, source.text[at - 1] === '\r' ? at - 1 : at), text: `  #${question}` });
  }
  return edits;
}

function columnOf(source: Source, offset: number): number {
  return offset - (source.text.lastIndexOf('\n', offset - 1) + 1);
}
