// The back end systemd: units for a system's manager, or for a user's.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Backend, OutputFile, TargetOptions } from '../backend.ts';
import { carrier } from '../carry.ts';
import { comment } from '../comment.ts';
import { baseName, clash, fileNamePart, title } from '../names.ts';
import { checkUnits } from './check.ts';
import { description, unitName } from './escape.ts';
import { reportUnfit } from './findings.ts';
import { type Plan, planTemplates, planUnits } from './layouts.ts';
import { readUnits } from './read.ts';
import { serviceUnit } from './service.ts';
import { systemReady, type UnitContext } from './unit.ts';
import { wrapperUnit } from './wrapper.ts';

export const systemd: Backend = {
  name: 'systemd',
  summary: 'units for systemd: one service a process, and a target for all',
  layouts: [
    { name: 'units', summary: 'one unit a process' },
    {
      name: 'template',
      summary: 'one template unit (`galaxy-handler@.service`) for processes that differ by a number',
    },
    { name: 'wrapper', summary: "one unit that runs Galaxy's own `galaxy` command" },
  ],
  render(deployment, options, templates, report) {
    const carry = carrier('systemd', report);
    const owners = new Map<string, Plan>();
    const system = options.systemd.mode === 'system';
    return deployment.instances.flatMap((instance) => {
      const context: UnitContext = {
        instance,
        title: title(deployment, instance),
        base: fileNamePart(baseName(deployment, instance)),
        system,
        online: system ? 'network-online.target' : '',
        wantedBy: system ? 'multi-user.target' : 'default.target',
        directory: options.systemd.directory,
        comment: comment('#', instance),
        templates,
        carry,
      };
      reportUnfit(instance, system, report);
      if (options.layout === 'wrapper') {
        const file = instance.gravityFile.value;
        const shared = deployment.instances.filter((one) => one.gravityFile.value === file).length > 1;
        return wrapperUnit(context, shared, report);
      }
      return instanceUnits(context, options, owners, report);
    });
  },
  read: readUnits,
  check: checkUnits,
};

function instanceUnits(
  context: UnitContext,
  options: TargetOptions,
  owners: Map<string, Plan>,
  report: Report,
): OutputFile[] {
  const { base, instance } = context;
  const processes = instance.services.flatMap((one) => one.processes);
  const plans = (options.layout === 'template' ? planTemplates : planUnits)(base, processes);
  const services = plans.flatMap((plan) => {
    const owner = owners.get(plan.unit);
    owners.set(plan.unit, plan);
    if (owner) report(clash('unit', `${plan.unit}.service`, plan.process, owner.process));
    return owner ? [] : planFiles(plan, context, earlierUnits(plan, plans));
  });
  const target = {
    comment: context.comment,
    description: description(context.title),
    services: plans.flatMap((one) => one.wants),
    online: context.online,
    after: systemReady,
    wantedBy: context.wantedBy,
  };
  return [
    ...services,
    { path: `${base}.target`, text: context.templates('systemd/target', target), mode: 0o644 },
  ];
}

/** Supervisor's order of start: the units of the next lower priority, where a file gives priorities at all. */
function earlierUnits({ process }: Plan, plans: readonly Plan[]): string[] {
  const priority = (one: Plan) => one.process.priority?.value ?? usualPriority;
  const own = process.priority?.value ?? usualPriority;
  const lower = plans.map(priority).filter((one) => one < own);
  const next = Math.max(...lower);
  return plans
    .filter((one) => lower.length > 0 && priority(one) === next)
    .flatMap((one) => (one.range ? one.wants : [`${one.unit}.service`]));
}

// Of supervisor, for a program without one.
const usualPriority = 999;

function planFiles(plan: Plan, context: UnitContext, earlier: readonly string[]): OutputFile[] {
  const { range, process } = plan;
  const origin = process.serverName ?? process.argv[0] ?? context.instance.name;
  const path = context.carry(unitName(`${plan.unit}.service`), `the name "${plan.label}"`, origin);
  // Problems name a process, so each is tried; the pattern of several is only written.
  const tried = (range?.members ?? []).map((one) => serviceUnit(one, plan.unit, one.name, context, earlier));
  if (tried.includes(undefined)) return [];
  const unit = serviceUnit(process, plan.unit, `${context.title} ${plan.label}`, context, earlier);
  if (!unit || path === undefined) return [];
  const text = context.templates('systemd/service', unit.data);
  return [
    { path, text: range ? range.fill(text, () => '%i') : text, mode: 0o644 },
    ...(unit.environmentFile ? [unit.environmentFile] : []),
  ];
}
