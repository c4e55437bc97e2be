// What stands above the services in `gravity:`: the root, the virtualenv, the user, logs and umask. Gravity has one of each,
// and where the old processes had several, or none is known, a person decides.

import type { Instance, Process } from '../model/deployment.ts';
import { plain, type YamlEntry } from '../syntax/yaml-write.ts';
import type { Question } from './strategy.ts';
import { uwsgiSettings } from './uwsgi-settings.ts';

/** A comment that asks for a decision. */
export function decide({ why, choices }: Pick<Question, 'why' | 'choices'>): string {
  return ` decide: ${why} (${choices.join(' | ')})`;
}

interface Setting {
  readonly key: string;
  readonly value: string | undefined;
  readonly question?: Question | undefined;
}

/** @param questions where open questions are added */
export function topEntries(instance: Instance, questions: Question[]): YamlEntry[] {
  const processes = instance.services.flatMap((one) => one.processes);
  const group = instance.group?.value ?? processes.find((one) => one.group)?.group?.value;
  const settings: Setting[] = [
    { key: 'process_manager', value: 'systemd' },
    rootSetting(instance, processes),
    virtualenvSetting(instance),
    userSetting(instance, processes),
    groupSetting(instance, group ?? uwsgiSettings(instance).group),
    { key: 'log_dir', value: logDirOf(instance) },
    { key: 'umask', value: commonUmask(processes) },
  ];
  return settings.flatMap(({ key, value, question }): YamlEntry[] => {
    if (value === undefined) return [];
    if (question) questions.push(question);
    return [{ key, value: plain(value), ...(question ? { beside: decide(question) } : {}) }];
  });
}

function rootSetting({ root }: Instance, processes: readonly Process[]): Setting {
  const other = processes.find((one) => one.cwd.value !== root.value);
  const question = other && {
    about: 'galaxy_root',
    why: `"${nameOf(other)}" was started in "${other.cwd.value}", and Gravity starts everything in the root of Galaxy`,
    choices: [root.value, other.cwd.value],
  };
  return { key: 'galaxy_root', value: root.value, question };
}

// A wrapper that changes the group (`sg galaxy -c ...`) is not carried over, so the group has to be.
function groupSetting({ legacy }: Instance, known: string | undefined): Setting {
  const key = 'galaxy_group';
  const own = (legacy?.programs ?? []).filter(({ role }) => role !== 'other' && role !== 'reports');
  const groups = [...new Set(own.flatMap((one) => one.unixGroup ?? []))];
  const value = known ?? groups[0];
  const without = own.find((one) => one.unixGroup !== value);
  if (known !== undefined || value === undefined || !without) return { key, value };
  const why = `a wrapper of the command changed to the group "${value}", but not that of program "${without.name.value}", and Gravity has one group for all`;
  const other = without.unixGroup ?? 'that of the user';
  return { key, value, question: { about: key, why, choices: [value, other] } };
}

function virtualenvSetting({ virtualenv, root }: Instance): Setting {
  const key = 'virtualenv';
  if (virtualenv) return { key, value: virtualenv.value };
  const value = `${root.value}/.venv`;
  const why = 'no file says which virtualenv Galaxy runs in; run.sh makes this one';
  return { key, value, question: { about: key, why, choices: [value, 'another one'] } };
}

function userSetting(instance: Instance, processes: readonly Process[]): Setting {
  const key = 'galaxy_user';
  const own = processes.filter((one) => one.user !== undefined);
  const user = instance.user?.value ?? own[0]?.user?.value ?? uwsgiSettings(instance).user;
  if (user === undefined) {
    const why = 'no file says which user Galaxy runs as, and systemd needs one';
    return { key, value: 'galaxy', question: { about: key, why, choices: ['galaxy', 'another one'] } };
  }
  const other =
    own.find((one) => one.user?.value !== user) ??
    (own.length > 0 ? processes.find((one) => one.user === undefined) : undefined);
  if (!other) return { key, value: user };
  const was = other.user?.value;
  const whose =
    was === undefined ? 'has no user of its own, so it ran as whoever started it' : `ran as "${was}"`;
  const why = `"${nameOf(other)}" ${whose}, and Gravity runs everything as one user`;
  return { key, value: user, question: { about: key, why, choices: [user, was ?? 'another one'] } };
}

function nameOf({ serverName, name }: Process): string {
  return serverName?.value ?? name;
}

// The old server wrote its logs into the root unless it was told otherwise; Gravity has a folder for them.
function logDirOf({ logDir, root }: Instance): string | undefined {
  return logDir.origin.kind === 'default' || logDir.value === root.value ? undefined : logDir.value;
}

/** The umask of most processes, where anybody wrote one. */
function commonUmask(processes: readonly Process[]): string | undefined {
  if (!processes.some((one) => one.umask.origin.kind !== 'default')) return undefined;
  const counts = new Map<string, number>();
  for (const { umask } of processes) counts.set(umask.value, (counts.get(umask.value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}
