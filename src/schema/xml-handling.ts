// `<handlers>`, which job_conf.xml and workflow_schedulers_conf.xml share.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { written } from '../model/located.ts';
import type { Handling, StaticHandler } from '../model/routing.ts';
import { readMethods } from '../model/routing-methods.ts';
import { attribute, type XmlElement } from '../syntax/xml-tree.ts';
import { expansionLabels } from './xml-check.ts';
import { commaList, filledTextOf, integerOf, runtimeValueOf, textOf, writtenAt } from './xml-read.ts';

/**
 * Reads the element, or its absence. Handlers without an id are left out, as Galaxy does.
 * @param report for GX410 and GX411
 * @param workflows true for the handlers of workflow_schedulers_conf.xml
 */
export function readHandlers(element: XmlElement | undefined, report: Report, workflows = false): Handling {
  if (!element) return { handlers: [] };
  const assign = readAssign(element, report, workflows);
  const fallback = filledTextOf(element, 'default');
  const defaultFrom = runtimeValueOf(element, 'default_');
  const maxGrab = integerOf(element, 'max_grab');
  const readyWindowSize = integerOf(element, 'ready_window_size');
  const handlers: StaticHandler[] = [];
  for (const child of element.children) {
    if (child.name !== 'handler') continue;
    const handler = readHandler(child);
    if (handler) handlers.push(handler);
  }
  return {
    span: element.openSpan,
    ...(assign ? { assign } : {}),
    ...(isBroken(element, assign) ? { assignBroken: true } : {}),
    ...(fallback ? { default: fallback } : {}),
    ...(defaultFrom ? { defaultFrom } : {}),
    ...(maxGrab ? { maxGrab } : {}),
    ...(readyWindowSize ? { readyWindowSize } : {}),
    handlers,
  };
}

function readAssign(element: XmlElement, report: Report, workflows: boolean): Handling['assign'] {
  const hyphen = attribute(element, 'assign-with');
  const right = attribute(element, 'assign_with');
  if (hyphen) {
    report(
      problem('GX410', 'unknown attribute "assign-with"; it is spelt "assign_with"', hyphen.nameSpan, {
        labels: expansionLabels(element),
        why: workflows
          ? 'Galaxy ignores it: no method is set, and every process schedules workflows, web processes too'
          : 'Galaxy ignores it: no method is set, and web processes go on handling jobs',
        help: right ? 'remove it' : 'write "assign_with"',
        ...(right || element.expandedAt.length > 0
          ? {}
          : {
              fix: {
                title: 'rename it to "assign_with"',
                safe: true,
                edits: [{ span: hyphen.nameSpan, text: 'assign_with' }],
              },
            }),
      }),
    );
  }
  if (!right || right.value === '') return undefined;
  // Galaxy trims the items of a list, but not a single one.
  const methods = readMethods(commaList(right, right.value.includes(',')), report);
  return written(methods, right.valueSpan);
}

// Methods that are none were left out.
function isBroken(element: XmlElement, assign: Handling['assign']): boolean {
  if (attribute(element, 'assign-with')) return true;
  const items =
    attribute(element, 'assign_with')
      ?.value.split(',')
      .filter((one) => one.trim() !== '') ?? [];
  return items.length !== (assign?.value.length ?? 0);
}

function readHandler(element: XmlElement): StaticHandler | undefined {
  const id = textOf(element, 'id');
  if (!id) return undefined;
  const tags = attribute(element, 'tags');
  const plugins = element.children.flatMap((one) => (one.name === 'plugin' ? (textOf(one, 'id') ?? []) : []));
  return {
    ...writtenAt(element),
    id,
    ...(tags ? { tags: commaList(tags, true) } : {}),
    ...(plugins.length > 0 ? { plugins } : {}),
    environment: [],
  };
}
