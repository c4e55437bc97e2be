// The layout `self-contained`: a supervisord of Galaxy's own in one folder, with the files, programs and processes that
// Gravity writes in its direct style.

import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Deployment, Instance, Process } from '../../model/deployment.ts';
import type { Templates } from '../../schema/templates.ts';
import type { OutputFile } from '../backend.ts';
import { type Carry, carrier } from '../carry.ts';
import { comment } from '../comment.ts';
import { clash } from '../names.ts';
import { hasSecrets, maskSecrets } from '../secrets.ts';
import * as grammar from './escape.ts';
import { reportUnfit } from './findings.ts';
import { programData } from './program.ts';

const folder = 'supervisord.conf.d';

export function selfContained(deployment: Deployment, templates: Templates, report: Report): OutputFile[] {
  const carry = carrier('supervisor', report);
  const owners = new Map<string, Process>();
  const files = deployment.instances.flatMap((instance) => {
    reportUnfit(instance, false, report);
    const group = instance.name.value;
    if (carry(grammar.name(group), 'the name of the instance', instance.name) === undefined) return [];
    const programs = instance.services
      .flatMap((one) => one.processes)
      .flatMap((process) => {
        const name = deployment.named ? `${group}_${process.type}_${process.name}` : process.name;
        const owner = owners.get(name);
        owners.set(name, process);
        if (owner) report(clash('program', name, process, owner));
        return owner ? [] : [{ name, process }];
      });
    const written = programs.flatMap(({ name, process }) => {
      const file = programFile(process, name, deployment.named, instance, carry, templates);
      return file ? [{ name, file }] : [];
    });
    const members = written.map((one) => grammar.nameValue(one.name)).join(',');
    const groupFile = {
      path: `${folder}/group_${group}.conf`,
      text: templates('supervisor/group-file', { comment: comment(';', instance), group, members }),
      mode: 0o644,
    };
    const own = written.map((one) => one.file);
    return deployment.named ? [...own, groupFile] : own;
  });
  const main = deployment.instances[0];
  return main ? [supervisordFile(deployment, main, carry, templates), ...files] : files;
}

function programFile(
  process: Process,
  name: string,
  named: boolean,
  instance: Instance,
  carry: Carry,
  templates: Templates,
): OutputFile | undefined {
  const form = {
    name,
    processName: named ? grammar.nameValue(process.name) : '%(program_name)s',
    count: '1',
    first: '0',
    user: false,
    log: true,
  };
  const text = (one: Process): string | undefined => {
    const data = programData(one, form, carry);
    if (!data) return undefined;
    const program = templates('supervisor/program', data).replace(/\n$/, '');
    return templates('supervisor/program-file', { comment: comment(';', instance), program });
  };
  const plain = text(process);
  const masked = hasSecrets(process) ? text(maskSecrets(process)) : undefined;
  if (plain === undefined) return undefined;
  const path = `${folder}/${instance.name.value}.d/${process.type}_${process.name}.conf`;
  return masked === undefined
    ? { path, text: plain, mode: 0o644 }
    : { path, text: plain, masked, mode: 0o600 };
}

function supervisordFile(
  deployment: Deployment,
  main: Instance,
  carry: Carry,
  templates: Templates,
): OutputFile {
  const users = new Set(deployment.instances.map((one) => one.user?.value));
  // One supervisord has one account; started by root it becomes that account, started by the account it stays.
  const user =
    users.size === 1 && main.user ? carry(grammar.account(main.user.value), 'the user', main.user) : '';
  return {
    path: 'supervisord.conf',
    text: templates('supervisor/supervisord', { comment: comment(';', main), user: user ?? '' }),
    mode: 0o644,
  };
}
