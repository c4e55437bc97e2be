// A job_conf.yml that is there already keeps its text; only how jobs are given to handlers changes.

import { entry, type Node } from '../syntax/tree.ts';
import { plain, writeYaml, type YamlEntry } from '../syntax/yaml-write.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { type Source, type Span, span } from '../text/source.ts';
import { grabMethod } from './job-conf-xml.ts';
import { type Outcome, replaced } from './outcome.ts';
import type { Strategy } from './strategy.ts';
import { commentsWithin, wholeLines } from './yaml-lines.ts';

export interface YmlEdit {
  readonly text: string;
  readonly outcomes: readonly { readonly place: Span; readonly outcome: Outcome }[];
}

export function editJobConfYml(source: Source, root: Node, strategy: Strategy): YmlEdit {
  const handling = entry(root, 'handling');
  const edits: TextEdit[] = [];
  const outcomes: { place: Span; outcome: Outcome }[] = [];
  if (strategy.kind === 'dynamic' && !isReady(handling?.value)) {
    const text = writeYaml({ kind: 'map', entries: [handlingEntry(source, handling)] });
    if (handling) {
      const place = wholeLines(span(source, handling.key.span.start, handling.value.span.end));
      edits.push({ span: place, text });
      outcomes.push({
        place: handling.key.span,
        outcome: replaced('job_conf.yml', `whoever is free takes a job: assign ${grabMethod}`),
      });
    } else
      edits.push({
        span: span(source, source.text.length),
        text: `${source.text.endsWith('\n') ? '' : '\n'}${text}`,
      });
  }
  if (strategy.kind === 'all-in-one' && handling) {
    const place = wholeLines(span(source, handling.key.span.start, handling.value.span.end));
    const comments = commentsWithin(source, place).map((one) => `#${one}\n`);
    edits.push({ span: place, text: comments.join('') });
    outcomes.push({
      place: handling.key.span,
      outcome: replaced('gravity', 'without handlers the web server takes the jobs'),
    });
  }
  return { text: applyEdits(source, edits) ?? source.text, outcomes };
}

function isReady(handling: Node | undefined): boolean {
  const assign = entry(handling, 'assign')?.value;
  const processes = entry(handling, 'processes')?.value;
  const grabs =
    assign?.kind === 'seq' &&
    assign.items.some(
      (one) => one.kind === 'scalar' && /^db-(?:skip-locked|transaction-isolation)$/.test(one.text),
    );
  return (
    grabs &&
    (processes === undefined || (processes.kind === 'map' && processes.entries.length === 0)) &&
    !entry(handling, 'default')
  );
}

function handlingEntry(source: Source, handling: ReturnType<typeof entry>): YamlEntry {
  const number = (key: string): YamlEntry[] => {
    const value = entry(handling?.value, key)?.value;
    return value?.kind === 'scalar' && typeof value.value === 'number'
      ? [{ key, value: plain(value.value) }]
      : [];
  };
  const place = handling && wholeLines(span(source, handling.key.span.start, handling.value.span.end));
  return {
    key: 'handling',
    ...(place ? { before: commentsWithin(source, place) } : {}),
    value: {
      kind: 'map',
      entries: [
        { key: 'assign', value: plain([grabMethod]) },
        ...number('max_grab'),
        ...number('ready_window_size'),
      ],
    },
  };
}
