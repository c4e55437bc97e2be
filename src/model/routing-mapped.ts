// The names that work is sent to: what no name leads to never gets any.

import type { Instance } from './deployment.ts';

const found = new WeakMap<Instance, ReadonlySet<string>>();

/**
 * Handlers and tags that tools and resubmissions are mapped to, and the defaults of jobs and workflows. Looked up once
 * for an instance: several rules ask, and there may be 100,000 tools.
 */
export function mappedNames(instance: Instance): ReadonlySet<string> {
  let names = found.get(instance);
  if (!names) {
    names = namesOf(instance);
    found.set(instance, names);
  }
  return names;
}

function namesOf({ jobs, workflowSchedulers }: Instance): Set<string> {
  const names = new Set<string>();
  const add = (one: { readonly value: string } | undefined) => one && names.add(one.value);
  for (const tool of jobs.tools) add(tool.handler);
  for (const { resubmit } of jobs.destinations) for (const one of resubmit) add(one.handler);
  add(jobs.handling.default);
  add(workflowSchedulers?.handling?.default);
  return names;
}

/**
 * True for a tag that says that it is meant to get no work: how a handler is emptied before it is removed, and how one
 * is kept that only takes jobs by its own name.
 */
export function isDrain(tag: string): boolean {
  return /drain|retire|unused|disabled|nodefault|no[-_]?default|^none$|^off$|placeholder|dummy/i.test(tag);
}
