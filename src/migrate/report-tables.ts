// The tables of the report: sources, processes, options, paths, variables, handlers, proxy, connections.

import type { Instance } from '../model/deployment.ts';
import { isOlder } from '../model/release.ts';
import type { AccountedLine } from './accounts.ts';
import type { MigrationOptions } from './plan.ts';
import { placeOf, type ReportInput, type ReportTable } from './report.ts';
import { connectionTable, processTable, serversTable, shown, variableTable } from './report-processes.ts';
import { proxyTable } from './report-proxy.ts';

export function reportTables(input: ReportInput, lines: readonly AccountedLine[]): ReportTable[] {
  const { plan, verified } = input;
  const [after] = verified.compilation.deployment.instances;
  const tables: (ReportTable | undefined)[] = [
    sourcesTable(plan.instance, lines),
    eraTable(plan.instance, input.options),
    readersTable(input),
    serversTable(plan.instance),
    processTable(plan.instance, after),
    optionTable(input),
    unknownTable(input),
    pathTable(input),
    variableTable(plan.instance),
    handlerTable(input),
    urlTable(input),
    proxyTable(plan),
    goneTable(lines),
    defaultsTable(input),
    connectionTable(plan.instance, after),
    findingsTable(input),
  ];
  return tables.filter((one) => one !== undefined && one.rows.length > 0) as ReportTable[];
}

const readers: Readonly<Record<string, string>> = {
  python2: 'Python 2 (ConfigParser, PasteDeploy)',
  python3: 'Python 3 (ConfigParser)',
  uwsgi: 'uWSGI',
  supervisor: 'supervisord',
  yaml: 'PyYAML',
  xml: 'XML',
};

function sourcesTable({ legacy }: Instance, lines: readonly AccountedLine[]): ReportTable {
  const known = new Set((legacy?.files ?? []).map((one) => one.path));
  const jobs = [...new Set(lines.map((one) => one.file))].filter((one) => !known.has(one));
  return {
    id: 'sources',
    title: 'What was read',
    columns: ['file', 'as', 'read as by'],
    rows: [
      ...(legacy?.files ?? []).map((one) => [one.path, one.role, readers[one.reader] ?? one.reader]),
      ...jobs.map((one) => [one, 'jobs', one.endsWith('.xml') ? 'XML' : 'PyYAML']),
    ],
  };
}

function eraTable({ legacy }: Instance, { from, to }: MigrationOptions): ReportTable | undefined {
  if (!legacy) return undefined;
  const { era, started } = legacy;
  const release = from ?? `${era.from ?? 'any release'} to ${era.until}`;
  return {
    id: 'era',
    title: 'Where it comes from',
    columns: ['what', 'taken for', 'because'],
    rows: [
      [
        'release',
        release,
        from === undefined ? era.evidence.map((one) => one.text).join('; ') : '--from-release says so',
      ],
      ['started by', started.by, started.evidence],
      [
        'goes to',
        to ?? 'any release since 22.01',
        to === undefined ? 'no --galaxy-version says which' : '--galaxy-version says so',
      ],
    ],
    ...(from === undefined ? { notes: ['If the release is another, say so: --from-release.'] } : {}),
  };
}

// What one reader of a file takes otherwise than another is found when the file is read.
function readersTable({ before }: ReportInput): ReportTable {
  const found = before.diagnostics.filter(({ code }) => /^GX1[567]\d$/.test(code));
  return {
    id: 'readers',
    title: 'Lines that readers take differently',
    columns: ['line', 'what', 'code'],
    rows: found.map((one) => [placeOf(one), one.message, one.code]),
  };
}

const mask = '********';

function optionTable({ plan }: ReportInput): ReportTable {
  return {
    id: 'options',
    title: 'Options of Galaxy',
    columns: ['option', 'was', 'is', 'what happened', 'why'],
    rows: plan.galaxy.rows.map((one) => [
      one.name,
      one.secret ? mask : shown(one.before),
      one.key === undefined
        ? ''
        : `${one.key === one.name ? '' : `${one.key}: `}${one.secret ? mask : shown(one.after)}`,
      one.outcome.fate,
      one.outcome.why ?? '',
    ]),
  };
}

function unknownTable({ plan }: ReportInput): ReportTable {
  const rows = plan.galaxy.rows.filter((one) => one.outcome.fate === 'kept' && one.outcome.notable);
  return {
    id: 'unknown',
    title: 'Options that no release of Galaxy knows',
    columns: ['option', 'what'],
    rows: rows.map((one) => [one.name, one.outcome.why ?? '']),
    notes: ['They had no effect and have none now, unless code of your own reads them.'],
  };
}

function pathTable({ plan }: ReportInput): ReportTable {
  const rows = plan.galaxy.rows.filter(
    (one) => one.outcome.fate === 'replaced' && /^relative paths/.test(one.outcome.why ?? ''),
  );
  return {
    id: 'paths',
    title: 'Paths whose beginning moved',
    columns: ['option', 'was', 'is'],
    rows: rows.map((one) => [one.name, shown(one.before), shown(one.after)]),
  };
}

function handlerTable({ plan: { strategy } }: ReportInput): ReportTable {
  const lost = strategy.names.some((one) => one.after === undefined);
  return {
    id: 'handlers',
    title: 'Handler names',
    columns: ['before', 'after'],
    rows: strategy.names.map((one) => [one.before, one.after ?? 'nobody has this name: drain it first']),
    notes: [
      `${strategy.why[0]?.toUpperCase()}${strategy.why.slice(1)}.`,
      ...(lost
        ? [
            'Jobs in the database carry the name of their handler, and wait for ever when it is gone: see the steps.',
          ]
        : []),
    ],
  };
}

function urlTable({ plan }: ReportInput): ReportTable {
  return {
    id: 'destinations',
    title: 'Addresses of runners',
    columns: ['address', 'destination', 'note'],
    rows: plan.urls.map((one) => [one.value.value, one.id, one.note ?? '']),
    notes: [
      'Jobs in the database carry the address as their destination; those that still run are found by it.',
    ],
  };
}

function goneTable(lines: readonly AccountedLine[]): ReportTable {
  const rows = lines.flatMap(({ file, line, outcome }) =>
    outcome?.notable && outcome.fate === 'dropped' && line.kind !== 'continuation'
      ? [
          [
            `${file}:${line.number}`,
            line.key ?? (line.section === undefined ? '' : `[${line.section}]`),
            outcome.why ?? '',
          ],
        ]
      : [],
  );
  return {
    id: 'gone',
    title: 'Gone without a successor, worth a look',
    columns: ['line', 'what', 'why'],
    rows,
  };
}

// Of the options whose default changed, those that move data, jobs or pages when nobody sets them.
const watched = [
  'file_path',
  'job_working_directory',
  'new_file_path',
  'tool_dependency_dir',
  'tool_config_file',
  'job_config_file',
  'monitor_thread_join_timeout',
  'log_destination',
  'static_style_dir',
  'library_import_dir',
  'cleanup_job',
];

function defaultsTable({ plan, defaults, options }: ReportInput): ReportTable {
  const set = new Set(plan.galaxy.rows.flatMap((one) => (one.key === undefined ? [] : [one.key])));
  for (const key of plan.added.keys()) set.add(key);
  const from = options.from ?? plan.instance.legacy?.era.until;
  const rows = defaults
    .changed()
    .filter(
      (one) =>
        watched.includes(one.name) && !set.has(one.name) && (from === undefined || isOlder(from, one.in)),
    )
    .map((one) => [one.name, shown(one.before), shown(one.after), one.in]);
  return {
    id: 'defaults',
    title: 'Not set, and the default is another now',
    columns: ['option', 'was', 'is', 'since'],
    rows,
  };
}

function findingsTable({ verified }: ReportInput): ReportTable {
  return {
    id: 'findings',
    title: 'What validation says about the new files',
    columns: ['where', 'severity', 'what', 'code'],
    rows: verified.diagnostics.map((one) => [placeOf(one), one.severity, one.message, one.code]),
  };
}
