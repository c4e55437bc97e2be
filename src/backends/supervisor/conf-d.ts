// The layout `conf.d`: one file an instance, numbered processes folded into one program, all in one group.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Deployment, Instance, Process } from '../../model/deployment.ts';
import { foldProcesses, type Group } from '../../model/fold.ts';
import { isWritten } from '../../model/located.ts';
import type { Templates } from '../../schema/templates.ts';
import type { OutputFile } from '../backend.ts';
import { type Carry, carrier } from '../carry.ts';
import { comment } from '../comment.ts';
import { baseName, clash } from '../names.ts';
import { hasSecrets, maskSecrets } from '../secrets.ts';
import * as grammar from './escape.ts';
import { reportUnfit } from './findings.ts';
import { type ProgramForm, programData } from './program.ts';

export function confD(deployment: Deployment, templates: Templates, report: Report): OutputFile[] {
  const carry = carrier('supervisor', report);
  const owners = new Map<string, Process>();
  return deployment.instances.flatMap((instance) => {
    reportUnfit(instance, true, report);
    const group = deployment.named ? instance.name.value : 'galaxy';
    const file = baseName(deployment, instance);
    if (carry(grammar.name(group), 'the name of the instance', instance.name) === undefined) return [];
    const programs = foldProcesses(instance.services.flatMap((one) => one.processes)).flatMap((one) => {
      const process = firstOf(one);
      // A program that somebody wrote keeps its name and its group.
      const name = process.program?.value ?? `${group}_${labelOf(one)}`;
      const owner = owners.get(name);
      owners.set(name, process);
      if (owner) report(clash('program', name, process, owner));
      return owner ? [] : [{ name, group: one, form: formOf(one, name, instance) }];
    });
    const text = (change: (process: Process) => Process): string => {
      const written = programs.flatMap((one) => {
        const program = section(one.group, one.form, change, carry, templates);
        return program === undefined ? [] : [{ name: one.name, program, process: firstOf(one.group) }];
      });
      return templates('supervisor/conf', {
        comment: comment(';', instance),
        programs: written.map((one) => one.program),
        groups: groupsOf(written, group),
      });
    };
    const secret = instance.services.some((one) => one.processes.some(hasSecrets));
    const plain = { path: `${file}.conf`, text: text((one) => one) };
    return [secret ? { ...plain, masked: text(maskSecrets), mode: 0o600 } : { ...plain, mode: 0o644 }];
  });
}

function groupsOf(
  programs: readonly { readonly name: string; readonly process: Process }[],
  own: string,
): { readonly name: string; readonly members: string }[] {
  const groups = new Map<string, string[]>();
  for (const { name, process } of programs) {
    const group = process.program ? process.programGroup?.value : own;
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), grammar.nameValue(name)]);
  }
  return [...groups].map(([name, members]) => ({ name, members: members.join(',') }));
}

function formOf(group: Group, name: string, instance: Instance): ProgramForm {
  // Without a folder of its own for logs, supervisord keeps them where it keeps all.
  const common = { name, user: true, log: [instance.logDir, firstOf(group).log].some(isWritten) };
  if (group.kind === 'single')
    return { ...common, processName: grammar.nameValue(group.process.name), count: '', first: '' };
  return {
    ...common,
    processName: grammar.nameValue(group.pattern.name),
    count: String(group.members.length),
    first: String(group.first),
  };
}

/** The text of a program; undefined when a value was refused, which has been reported. */
function section(
  group: Group,
  form: ProgramForm,
  change: (process: Process) => Process,
  carry: Carry,
  templates: Templates,
): string | undefined {
  const write = (process: Process): string | undefined => {
    const data = programData(change(process), form, carry);
    return data && templates('supervisor/program', data).replace(/\n$/, '');
  };
  if (group.kind === 'single') return write(group.process);
  // Problems name a process, so each is tried; the pattern of several is only written.
  if (group.members.map(write).includes(undefined)) return undefined;
  const text = write(group.pattern);
  return text && group.fill(text, (width) => (width === 0 ? '%(process_num)d' : `%(process_num)0${width}d`));
}

function labelOf(group: Group): string {
  return group.kind === 'single' ? group.process.name : group.label;
}

function firstOf(group: Group): Process {
  return group.kind === 'single' ? group.process : group.pattern;
}
