// The leaves of the job configuration and of the workflow schedulers file, for facts.ts.

import type { Plain } from '../syntax/tree.ts';
import type { Instance } from './deployment.ts';
import { type Facts, masked } from './fact.ts';
import { byDefault, type Located } from './located.ts';
import type { Destination, Handling, Param, Runner, ToolMapping, Written } from './routing.ts';

export function jobFacts({ jobs, workflowSchedulers }: Instance, facts: Facts): void {
  noteHandling([], jobs.handling, facts);
  for (const runner of jobs.runners) noteRunner(runner, facts);
  for (const destination of jobs.destinations) noteDestination(destination, facts);
  facts.maybe(['destinations', 'default'], jobs.defaultDestination);
  for (const tool of jobs.tools) noteTool(tool, facts);
  for (const limit of jobs.limits) {
    const name = [limit.type, limit.id, limit.tag].flatMap((one) => one?.value ?? []).join(' ');
    const at = facts.entry(['limit', name], limit.value ?? exists(limit));
    facts.maybe([...at, 'window'], limit.window);
  }
  for (const { id, fields } of jobs.resourceGroups) facts.addList(['resources', id.value], fields);
  facts.maybe(['resources', 'default'], jobs.defaultResourceGroup);
  if (!workflowSchedulers) return;
  facts.add(['workflow', 'default'], workflowSchedulers.default);
  facts.addList(['workflow', 'schedulers'], workflowSchedulers.schedulers);
  if (workflowSchedulers.handling) noteHandling(['workflow'], workflowSchedulers.handling, facts);
}

function noteHandling(before: readonly string[], handling: Handling, facts: Facts): void {
  const { assign, handlers } = handling;
  if (assign)
    facts.add([...before, 'handling', 'assign'], { ...assign, value: assign.value.map((one) => one.value) });
  facts.maybe([...before, 'handling', 'default'], handling.default);
  facts.maybe([...before, 'handling', 'max_grab'], handling.maxGrab);
  facts.maybe([...before, 'handling', 'ready_window_size'], handling.readyWindowSize);
  for (const handler of handlers) {
    const at = facts.entry([...before, 'handler', handler.id.value], exists(handler));
    if (handler.tags) facts.addList([...at, 'tags'], handler.tags);
    if (handler.plugins) facts.addList([...at, 'plugins'], handler.plugins);
    for (const { name, value } of handler.environment) {
      facts.add([...at, 'environment', name.value], value, masked(name.value, value.value));
    }
  }
}

function noteRunner(runner: Runner, facts: Facts): void {
  const at = facts.entry(['runner', runner.id.value], exists(runner));
  facts.maybe([...at, 'load'], runner.load);
  facts.maybe([...at, 'workers'], runner.workers);
  noteParams(at, runner.params, facts);
}

function noteDestination(destination: Destination, facts: Facts): void {
  const at = facts.entry(['destination', destination.id.value], exists(destination));
  facts.maybe([...at, 'runner'], destination.runner);
  facts.addList([...at, 'tags'], destination.tags);
  facts.maybe([...at, 'shell'], destination.shell);
  facts.maybe([...at, 'metrics'], destination.metrics);
  noteParams(at, destination.params, facts);
  destination.env.forEach(({ name, file, execute, value }, index) => {
    if (name && value) facts.add([...at, 'env', name.value], value, masked(name.value, value.value));
    else facts.maybe([...at, 'env', `${file ? 'file' : 'exec'} ${index + 1}`], file ?? execute);
  });
  destination.resubmit.forEach((one, index) => {
    const parts = Object.entries({
      condition: one.condition,
      destination: one.destination,
      handler: one.handler,
      delay: one.delay,
    }).flatMap(([key, value]) => (value ? [`${key}=${value.value}`] : []));
    facts.add([...at, 'resubmit', String(index + 1)], {
      value: parts,
      origin: { kind: 'source', span: one.span },
    });
  });
}

function noteTool(tool: ToolMapping, facts: Facts): void {
  const params = tool.params
    .map(({ name, value }) => `${name.value}=${masked(name.value, value.value) ?? value.value}`)
    .sort();
  const name = tool.id?.value ?? `class ${tool.class?.value ?? ''}`;
  const at = facts.entry(['tool', [name, ...params].join(' ')], exists(tool));
  facts.maybe([...at, 'handler'], tool.handler);
  facts.maybe([...at, 'destination'], tool.destination);
  facts.maybe([...at, 'resources'], tool.resources);
}

function noteParams(at: readonly string[], params: readonly Param[], facts: Facts): void {
  for (const { name, value, from } of params) {
    const own = facts.entry([...at, 'param', name.value], value, masked(name.value, value.value));
    if (from) facts.add([...own, 'from'], { ...from.name, value: `${from.kind} ${from.name.value}` });
  }
}

function exists(entry: Partial<Written>): Located<Plain> {
  return entry.span ? { value: true, origin: { kind: 'source', span: entry.span } } : byDefault(true);
}
