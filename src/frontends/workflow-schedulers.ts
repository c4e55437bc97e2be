// workflow_schedulers_conf.xml -> WorkflowSchedulers, as Galaxy 22.05 and later reads it. Unlike job_conf.xml it takes
// no macros, and Galaxy refuses what it does not know.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { byDefault, derived, type Located, spanOf, written } from '../model/located.ts';
import type { WorkflowSchedulers } from '../model/routing.ts';
import { makeClaims } from '../schema/claims.ts';
import { checkXml } from '../schema/xml-check.ts';
import { readHandlers } from '../schema/xml-handling.ts';
import { textOf } from '../schema/xml-read.ts';
import type { XmlElement } from '../syntax/xml-tree.ts';

export interface WorkflowSchedulersOptions {
  /** Unknown attributes are only mentioned (`--allow-unknown`); unknown elements stay errors, since Galaxy refuses them. */
  readonly allowUnknown: boolean;
}

/**
 * Reads the whole file. Everything wrong in it is reported, and what is right comes back.
 * @param file the path as people see it
 */
export function readWorkflowSchedulers(
  root: XmlElement,
  file: string,
  report: Report,
  options: WorkflowSchedulersOptions,
): WorkflowSchedulers {
  const claims = makeClaims(report);
  const fallback = textOf(root, 'default') ?? byDefault('default');
  const schedulers: Located<string>[] = [];
  let handlers: XmlElement | undefined;
  for (const child of root.children) {
    if (child.name === 'core') schedulers.push(textOf(child, 'id') ?? idFrom(fallback, child));
    else if (child.name !== 'handlers') claims.named(unknownElement(child));
    else if (handlers) claims.named(secondHandlers(child, handlers));
    else handlers = child;
  }
  const handling = handlers && readHandlers(handlers, claims.named, true);
  checkXml('workflow-schedulers', root, claims.general, options);
  return { file, default: fallback, schedulers, ...(handling ? { handling } : {}) };
}

function idFrom(fallback: Located<string>, element: XmlElement): Located<string> {
  const span = spanOf(fallback);
  return span
    ? written(fallback.value, span)
    : derived(fallback.value, "the root's default", element.nameSpan);
}

function unknownElement(element: XmlElement) {
  const macros = element.name === 'macros' || element.name === 'expand';
  return problem(
    'GX440',
    `unknown element "${element.name}" in a workflow schedulers file`,
    element.nameSpan,
    {
      why: macros
        ? 'macros do not work in this file, and Galaxy does not start'
        : 'Galaxy takes it for a kind of scheduler that it does not have, and does not start',
      help: macros ? 'write out what the macros stand for' : 'the elements are <core> and <handlers>',
    },
  );
}

function secondHandlers(element: XmlElement, first: XmlElement) {
  return problem('GX441', 'a second "handlers"', element.nameSpan, {
    labels: [{ span: first.nameSpan, text: 'the first' }],
    why: 'Galaxy does not start',
    help: 'move its handlers into the first',
  });
}
