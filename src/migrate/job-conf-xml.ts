// job_conf.xml kept as it is, but for what the new processes need: the handlers and the tools that name one.

import { attribute, childrenNamed, firstChild, type XmlElement } from '../syntax/xml-tree.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { type Source, type Span, span } from '../text/source.ts';
import { dropped, kept, type Outcome, replaced, undecided } from './outcome.ts';
import type { Strategy } from './strategy.ts';

export interface XmlEdit {
  readonly text: string;
  /** What becomes of the places that change; everything else is kept. */
  readonly outcomes: readonly { readonly place: Span; readonly outcome: Outcome }[];
  /** True when the file holds what cannot be changed by editing it, such as handlers that a macro makes. */
  readonly manual: boolean;
}

/** The method by which whoever is free takes a job. */
export const grabMethod = 'db-skip-locked';

export function editJobConfXml(source: Source, root: XmlElement, strategy: Strategy): XmlEdit {
  const edits: TextEdit[] = [];
  const outcomes: { place: Span; outcome: Outcome }[] = [];
  const handlers = firstChild(root, 'handlers');
  const manual = handlers?.children.some((one) => one.name !== 'handler') ?? false;
  if (strategy.kind === 'static') {
    if (handlers && !manual) editStatic(handlers, strategy, edits, outcomes);
  } else {
    const after = strategy.kind === 'dynamic' ? handlersText(source, handlers) : undefined;
    if (!handlers && after !== undefined) {
      const [place, indent] = insertion(source, root);
      edits.push({ span: place, text: `${indent}${after}\n` });
    } else if (handlers && !manual && !isReady(handlers, strategy)) {
      const text = after ?? commentsText(source, handlers);
      edits.push({ span: text === '' ? withBlanksBefore(handlers.span) : handlers.span, text });
      bookHandlers(handlers, strategy, outcomes);
    }
  }
  for (const tool of childrenNamed(firstChild(root, 'tools') ?? root, 'tool')) {
    const handler = attribute(tool, 'handler');
    if (!handler || !strategy.gone.has(handler.value)) continue;
    edits.push({
      span: withBlanksBefore(attributeSpan(source, handler.nameSpan, handler.valueSpan)),
      text: '',
    });
    outcomes.push({
      place: handler.nameSpan,
      outcome: replaced(
        'job_conf.xml',
        `nobody is called "${handler.value}" any more, so any handler takes the job`,
        true,
      ),
    });
  }
  return { text: applyEdits(source, edits) ?? source.text, outcomes, manual };
}

/** Nothing to do: no handler by name, and a method that numbered handlers need. */
function isReady(handlers: XmlElement, strategy: Strategy): boolean {
  if (strategy.kind !== 'dynamic') return false;
  const assign = attribute(handlers, 'assign_with')?.value ?? '';
  return (
    handlers.children.length === 0 &&
    /db-skip-locked|db-transaction-isolation/.test(assign) &&
    !attribute(handlers, 'default')
  );
}

function handlersText(source: Source, handlers: XmlElement | undefined): string {
  const limits = ['max_grab', 'ready_window_size'].flatMap((name) => {
    const found = handlers && attribute(handlers, name);
    return found ? [` ${name}="${source.text.slice(found.valueSpan.start, found.valueSpan.end)}"`] : [];
  });
  const head = `<handlers assign_with="${grabMethod}"${limits.join('')}`;
  const inner = handlers ? commentsIn(handlers) : [];
  if (inner.length === 0) return `${head}/>`;
  const indent = indentOf(source, handlers?.span.start ?? 0);
  const lines = inner.map((one) => `${indent}    ${source.text.slice(one.start, one.end)}`);
  return `${head}>\n${lines.join('\n')}\n${indent}</handlers>`;
}

/** The comments of an element that goes, each on a line of its own. */
function commentsText(source: Source, element: XmlElement): string {
  const indent = indentOf(source, element.span.start);
  return commentsIn(element)
    .map((one) => source.text.slice(one.start, one.end))
    .join(`\n${indent}`);
}

function commentsIn(element: XmlElement): Span[] {
  return [...element.comments.map((one) => one.span), ...element.children.flatMap(commentsIn)].sort(
    (a, b) => a.start - b.start,
  );
}

function bookHandlers(
  handlers: XmlElement,
  strategy: Strategy,
  outcomes: { place: Span; outcome: Outcome }[],
): void {
  const web = strategy.kind === 'all-in-one';
  const method = attribute(handlers, 'assign_with')?.value ?? '';
  outcomes.push({
    place: handlers.openSpan,
    outcome: web
      ? dropped('without handlers the web server takes the jobs')
      : replaced(
          'job_conf.xml',
          /uwsgi-mule-message/.test(method)
            ? `messages to mules are gone: assign_with="${grabMethod}"`
            : `whoever is free takes a job: assign_with="${grabMethod}"`,
        ),
  });
  const after = new Map(strategy.names.map((one) => [one.before, one.after]));
  for (const one of handlers.children) {
    const id = attribute(one, 'id')?.value ?? '';
    const name = after.get(id);
    outcomes.push({
      place: one.openSpan,
      outcome:
        name === undefined
          ? replaced('gravity', `nobody is called "${id}" afterwards; see the steps about handlers`, true)
          : replaced('gravity.handlers', `a process of that name: ${name}`),
    });
  }
}

/** Handlers that stay, without those that were web servers. */
function editStatic(
  handlers: XmlElement,
  strategy: Strategy,
  edits: TextEdit[],
  outcomes: { place: Span; outcome: Outcome }[],
): void {
  const stays = new Set(strategy.statics.map(({ id }) => id.value));
  const questions = new Map(strategy.questions.map((one) => [one.about, one]));
  const assign = attribute(handlers, 'assign_with');
  if (assign && /uwsgi-mule-message/.test(assign.value)) {
    edits.push({ span: assign.valueSpan, text: grabMethod });
    outcomes.push({
      place: assign.nameSpan,
      outcome: replaced('job_conf.xml', `messages to mules are gone: assign_with="${grabMethod}"`),
    });
  }
  for (const one of handlers.children) {
    const id = attribute(one, 'id')?.value ?? '';
    const question = questions.get(id);
    if (question) {
      edits.push({
        span: span(one.span.source, one.span.end),
        text: ` <!-- decide: ${xmlComment(question.why)} (${xmlComment(question.choices.join(' | '))}) -->`,
      });
      outcomes.push({
        place: one.openSpan,
        outcome: undecided(question.why, question.choices, 'job_conf.xml'),
      });
    } else if (!stays.has(id)) {
      edits.push({ span: withBlanksBefore(one.span), text: '' });
      outcomes.push({
        place: one.openSpan,
        outcome: dropped(`"${id}" is a web server, and takes no jobs beside handlers`, true),
      });
    } else outcomes.push({ place: one.openSpan, outcome: kept('job_conf.xml', `Gravity starts "${id}"`) });
  }
}

/** Text that can stand in a comment of XML. */
function xmlComment(text: string): string {
  return text.replace(/-(?=-)|-$/g, '- ');
}

function attributeSpan(source: Source, name: Span, value: Span): Span {
  return span(source, name.start, value.end + 1);
}

function withBlanksBefore({ source, start, end }: Span): Span {
  let from = start;
  while (from > 0 && /\s/.test(source.text[from - 1] as string)) from--;
  return span(source, from, end);
}

function indentOf(source: Source, offset: number): string {
  const line = source.text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(source.text.slice(line, offset))?.[0] ?? '';
}

/** In front of the destinations, or of whatever comes last. */
function insertion(source: Source, root: XmlElement): [Span, string] {
  const before = firstChild(root, 'destinations') ?? root.children.at(-1);
  const offset = before?.span.start ?? root.openSpan.end;
  const indent = indentOf(source, offset);
  const line = offset - indent.length;
  return [span(source, line), indent];
}
