// Counts which settings the corpus writes, and which kinds of configuration it holds.

import { type Case, galaxySections, gravitySections, isSection, type Section } from './case.ts';
import { galaxy } from './settings.ts';
import type { Value } from './yaml-text.ts';

/** Settings of handlers: Gravity does not list them, because it does not validate them. */
export const handlerSettings = [
  'processes',
  'name_template',
  'pools',
  'environment',
  'start_timeout',
  'stop_timeout',
  'umask',
  'memory_limit',
  'memory_high',
].map((key) => `handlers.${key}`);

/** Galaxy's own options that reach a unit or a program through Gravity. */
export const galaxyOptions = [
  ...Object.keys(galaxy),
  'galaxy_infrastructure_url',
  'interactivetools_enable',
  'root',
  'job_config_file',
  'job_config',
].map((key) => `galaxy:${key}`);

/** In how many cases each setting is written, and each kind of file or name appears. */
export function count(cases: readonly Case[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const one of cases) {
    const seen = new Set<string>(kinds(one));
    for (const section of gravitySections(one)) addGravity(section, seen);
    for (const section of galaxySections(one))
      for (const key of Object.keys(section)) seen.add(`galaxy:${key}`);
    for (const name of seen) totals.set(name, (totals.get(name) ?? 0) + 1);
  }
  return totals;
}

function addGravity(section: Section, seen: Set<string>): void {
  for (const [key, value] of Object.entries(section)) {
    seen.add(key);
    const entries: Value[] = Array.isArray(value)
      ? value
      : isSection(value) && key === 'handlers'
        ? Object.values(value)
        : [value];
    for (const entry of entries) {
      if (isSection(entry)) for (const sub of Object.keys(entry)) seen.add(`${key}.${sub}`);
    }
    if (Array.isArray(value)) {
      seen.add(`list of ${key}`);
      if (value.some((entry) => isSection(entry) && entry.enable === false))
        seen.add(`list of ${key} with a disabled entry`);
    }
  }
}

/** Kinds that are no setting; the suite asks for each of them. */
export const wantedKinds = [
  'job_conf.xml',
  'job_conf.yml',
  'several files',
  'list form',
  'split mode',
  'named instance',
  'gunicorn older than 25.1.0',
  'gunicorn from 25.1.0',
  'no requirements.txt',
  'no virtualenv',
  'list of gunicorn',
  'list of gunicorn with a disabled entry',
  'list of tusd',
  'list of tusd with a disabled entry',
  'PATH in an environment',
  'VIRTUAL_ENV in an environment',
  'PYTHONPATH in an environment',
  'extra_args with quotes',
  'padded process numbers',
];

function* kinds(one: Case): Generator<string> {
  for (const path of Object.keys(one.files)) {
    if (path.endsWith('/job_conf.xml')) yield 'job_conf.xml';
    if (path.endsWith('/job_conf.yml')) yield 'job_conf.yml';
  }
  const sections = gravitySections(one);
  if (one.configs.length > 1) yield 'several files';
  else if (sections.length > 1) yield 'list form';
  else if (sections.some((section) => 'galaxy_config_file' in section)) yield 'split mode';
  if (sections.length === 1 && sections[0]?.instance_name !== undefined) yield 'named instance';
  if (one.gunicorn === null) yield 'no requirements.txt';
  else
    yield /^gunicorn==(2[6-9]|25\.[1-9])/.test(one.gunicorn)
      ? 'gunicorn from 25.1.0'
      : 'gunicorn older than 25.1.0';
  if (one.virtualenv === null) yield 'no virtualenv';
  const text = JSON.stringify(sections);
  for (const name of ['PATH', 'VIRTUAL_ENV', 'PYTHONPATH'])
    if (text.includes(`"${name}":`)) yield `${name} in an environment`;
  if (/"extra_args":"[^"]*(\\"|')/.test(text)) yield 'extra_args with quotes';
  if (text.includes('{process:03d}')) yield 'padded process numbers';
}
