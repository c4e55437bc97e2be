// Which handler processes a configuration asks for: static ones from the job configuration, dynamic ones from
// `gravity.handlers`, and what happens when both mean the same name. Source: Gravity 1.2.3, `use_service_instances`
// off, which is how its direct style names processes.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { derived, type Located, spanOf } from '../located.ts';
import { fillNameTemplate } from '../name-template.ts';
import type { StaticHandler } from '../routing.ts';
import type { CommonSettings, HandlerDefinition, HandlerSettings } from '../settings.ts';

// More than any server runs; a slip such as a missing space must not fill the memory.
const mostProcesses = 10_000;
// A unit and its files are named after the process, and no file name is longer than 255 bytes.
const longestName = 200;

export interface ExpandedHandler extends HandlerSettings {
  readonly dynamic: boolean;
}

/** Static handlers first, in the order of the job configuration, then dynamic ones in the order of the mapping. */
export function expandHandlers(
  instanceName: string,
  statics: readonly StaticHandler[],
  staticSettings: (handler: StaticHandler) => CommonSettings,
  definitions: readonly HandlerDefinition[],
  report: Report,
): ExpandedHandler[] {
  const claimed = new Map<string, { place: Located<string>; explicit: boolean }>();
  const explicit = new Map<string, Located<string>>();
  for (const one of definitions) if (isExplicit(one)) explicit.set(one.name.value, one.name);

  const dynamic: ExpandedHandler[] = [];
  let left = mostProcesses;
  for (const definition of definitions) {
    left -= Math.max(0, definition.processes.value);
    if (left < 0) {
      report(tooMany(definition));
      break;
    }
    const names = isExplicit(definition)
      ? [definition.name]
      : templateNames(definition, instanceName, report);
    const kept: Located<string>[] = [];
    for (const name of names) {
      const other = claimed.get(name.value);
      const replacement = isExplicit(definition) ? undefined : explicit.get(name.value);
      if (replacement) report(replaced(definition, name, replacement));
      else if (other) report(claimedTwice(name, other.place));
      else {
        claimed.set(name.value, { place: name, explicit: isExplicit(definition) });
        kept.push(name);
      }
    }
    dynamic.push({ ...definition, serverNames: kept, dynamic: true });
  }

  const seen = new Set<string>();
  const fixed: ExpandedHandler[] = [];
  for (const handler of statics) {
    const id = handler.id.value;
    // A repeated id is the job configuration's own problem: Galaxy ignores the second one.
    if (seen.has(id)) continue;
    seen.add(id);
    const twin = claimed.get(id);
    if (twin) report(staticTwin(handler.id, twin.place));
    else
      fixed.push({
        ...staticSettings(handler),
        name: handler.id,
        serverNames: [handler.id],
        pools: [],
        dynamic: false,
      });
  }
  return [...fixed, ...dynamic];
}

// One process whose name ends in a digit is that process; any other name is a stem to be numbered.
function isExplicit(definition: HandlerDefinition): boolean {
  return (
    definition.nameTemplate === undefined &&
    definition.processes.value === 1 &&
    /[0-9\P{ASCII}]$/u.test(definition.name.value) &&
    /\p{N}$/u.test(definition.name.value)
  );
}

function templateNames(
  definition: HandlerDefinition,
  instanceName: string,
  report: Report,
): Located<string>[] {
  const { name, nameTemplate } = definition;
  const template = nameTemplate?.value.trim() || '{name}_{process}';
  const names: Located<string>[] = [];
  for (let index = 0; index < definition.processes.value; index++) {
    const filled = fillNameTemplate(template, {
      name: name.value,
      process: index,
      instance_name: instanceName,
    });
    if (filled.ok && filled.text.length > longestName) {
      report(tooLong(definition));
      return [];
    }
    if (!filled.ok) {
      report(
        problem(
          'GX340',
          `"name_template" of handler "${name.value}" cannot be filled: ${filled.message}`,
          spanOf(nameTemplate),
          {
            why: 'the handler would have no name, and its processes could not be started',
            help: 'for example "{name}_{process}", which is what an absent name_template means',
          },
        ),
      );
      return [];
    }
    names.push(
      derived(filled.text, nameTemplate ? 'name_template' : 'the name of the handler', spanOf(name)),
    );
  }
  return names;
}

function tooLong({ name, nameTemplate }: HandlerDefinition) {
  return problem('GX340', 'the names of a handler are too long', spanOf(nameTemplate) ?? spanOf(name), {
    why: `files are named after its processes, so gxgen makes no name of more than ${longestName} characters`,
    help: 'give it a shorter name',
  });
}

function tooMany({ name, processes }: HandlerDefinition) {
  return problem('GX345', `more than ${mostProcesses} handler processes`, spanOf(processes) ?? spanOf(name), {
    why: 'no machine runs that many, so gxgen expands neither this handler nor those below it',
    help: 'correct the number of processes',
  });
}

function replaced(definition: HandlerDefinition, name: Located<string>, by: Located<string>) {
  const label = spanOf(name);
  return problem(
    'GX341',
    `"${by.value}" stands in for a process of "${definition.name.value}" with the same name`,
    spanOf(by),
    {
      ...(label ? { labels: [{ span: label, text: `also makes "${name.value}"` }] } : {}),
      why: 'one process is started under that name, with the settings of its own entry',
    },
  );
}

function claimedTwice(name: Located<string>, first: Located<string>) {
  const label = spanOf(first);
  return problem('GX342', `two handler processes are called "${name.value}"`, spanOf(name), {
    ...(label ? { labels: [{ span: label, text: 'first claimed here' }] } : {}),
    why: 'both would own the same rows of the job table, and one unit file cannot start both',
    help: 'give each process a name of its own, for example by {process} in its name_template',
  });
}

function staticTwin(id: Located<string>, dynamic: Located<string>) {
  const label = spanOf(dynamic);
  return problem(
    'GX343',
    `handler "${id.value}" is both in the job configuration and a dynamic handler`,
    spanOf(id),
    {
      ...(label ? { labels: [{ span: label, text: 'the dynamic handler' }] } : {}),
      why: 'one process is started: the dynamic one with its pools, which also has the tags of the static entry',
      help: 'rename one of them if two processes were meant',
    },
  );
}
