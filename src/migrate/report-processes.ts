// Tables of the report about what runs: servers, processes, variables, connections to the database.

import type { Instance, Process, Service } from '../model/deployment.ts';
import { endpointWords } from '../model/facts.ts';
import type { Plain } from '../syntax/tree.ts';
import { variablesOf } from './environment.ts';
import type { ReportTable } from './report.ts';

/** A value as a cell shows it. */
export const shown = (value: Plain | undefined) =>
  value === undefined
    ? ''
    : value === null
      ? '(nothing)'
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

export function serversTable({ legacy }: Instance): ReportTable {
  return {
    id: 'servers',
    title: 'Who is who',
    columns: ['server', 'taken for', 'because'],
    rows: (legacy?.servers ?? []).map((one) => [one.name.value, one.class, one.reasons.join('; ')]),
  };
}

export function processTable(before: Instance, after: Instance | undefined): ReportTable {
  const rows = (when: string, instance: Instance | undefined) =>
    (instance?.services ?? []).flatMap((service) =>
      service.processes.map((one) => [when, ...processRow(service, one)]),
    );
  return {
    id: 'processes',
    title: 'Processes',
    columns: ['', 'name', 'kind', 'listens', 'workers', 'user', 'umask', 'log'],
    rows: [...rows('before', before), ...rows('after', after)],
  };
}

function processRow({ kind, settings }: Service, process: Process): string[] {
  const count =
    kind === 'gunicorn'
      ? settings.workers
      : kind === 'uwsgi' || kind === 'zergling'
        ? (settings.processes ?? settings.workers)
        : undefined;
  return [
    process.serverName?.value ?? process.name,
    kind,
    process.listens.map(endpointWords).join(', '),
    shown(count?.value),
    process.user?.value ?? '',
    process.umask.value,
    process.log.value,
  ];
}

export function variableTable(instance: Instance): ReportTable {
  const processes = instance.services.flatMap((one) => one.processes);
  const rows = processes.flatMap((process) => {
    const { kept, gone } = variablesOf(process);
    const name = process.serverName?.value ?? process.name;
    return [
      ...kept.map((one) => [name, one.name, 'kept', one.note ?? '']),
      ...gone.map((one) => [name, one.name, 'dropped', one.why]),
    ];
  });
  return {
    id: 'variables',
    title: 'Environment',
    columns: ['process', 'variable', 'what happened', 'why'],
    rows,
  };
}

export function connectionTable(before: Instance, after: Instance | undefined): ReportTable | undefined {
  const option = (instance: Instance | undefined, name: string, fallback: number) => {
    const value = instance?.options.find((one) => one.name === name)?.value.value;
    return value === undefined || value === null || Number.isNaN(Number(value)) ? fallback : Number(value);
  };
  const each = (instance: Instance | undefined) =>
    option(instance, 'database_engine_option_pool_size', 5) +
    option(instance, 'database_engine_option_max_overflow', 10);
  const count = (instance: Instance | undefined) =>
    (instance?.services ?? []).reduce((sum, service) => {
      const workers = Number(service.settings.workers?.value ?? service.settings.processes?.value ?? 1) || 1;
      const web = service.kind === 'gunicorn' || service.kind === 'uwsgi' || service.kind === 'zergling';
      return service.kind === 'zergpool' ? sum : sum + service.processes.length * (web ? workers : 1);
    }, 0);
  if (!after) return undefined;
  const row = (when: string, instance: Instance | undefined) => [
    when,
    String(count(instance)),
    String(each(instance)),
    String(count(instance) * each(instance)),
  ];
  return {
    id: 'connections',
    title: 'Connections to the database, at most',
    columns: ['', 'processes', 'for each', 'in all'],
    rows: [row('before', before), row('after', after)],
    notes: ['PostgreSQL takes 100 unless it was told otherwise (max_connections).'],
  };
}
