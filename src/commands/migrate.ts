// gxgen migrate: an old configuration to galaxy.yml with `gravity:`, with a report, a diff and a proof.

import { sortDiagnostics } from '../diagnostics/collect.ts';
import type { Host } from '../host/host.ts';
import { type Migration, type MigrationOptions, migrate as run } from '../migrate/index.ts';
import { reportJson } from '../migrate/report-json.ts';
import { reportMarkdown } from '../migrate/report-markdown.ts';
import { reportText } from '../migrate/report-text.ts';
import { writeMigration } from '../migrate/write.ts';
import { compile } from '../pipeline.ts';
import { type ColourChoice, paintPatch, palette, wantsColour } from '../report/colour.ts';
import { type Arguments, type Command, exits, inputOptions, reportOptions, UsageError } from './command.ts';
import { writeReport } from './compiling.ts';

export const migrate: Command = {
  name: 'migrate',
  words: 'LEGACY...',
  summary: 'turn galaxy.ini, uWSGI and supervisor files into galaxy.yml, with a report and a proof',
  options: {
    'job-conf': {
      type: 'string',
      value: 'FILE',
      describe: 'the job configuration, where the files do not name it',
    },
    supervisor: {
      type: 'string',
      many: true,
      value: 'FILE',
      describe: 'a hand-written supervisor file that starts Galaxy',
    },
    'deployed-as': {
      type: 'string',
      value: 'PATH',
      describe: 'the path that the first file has on the server',
    },
    write: { type: 'boolean', describe: 'write the new files; without it nothing is written' },
    out: { type: 'string', value: 'DIR', describe: 'the directory to write to' },
    format: {
      type: 'string',
      choices: ['text', 'markdown', 'json'],
      default: 'text',
      describe: 'of the report',
    },
    'keep-ports': { type: 'boolean', describe: 'one Gunicorn for each old web server, on its port' },
    'keep-relative': { type: 'boolean', describe: 'leave relative paths as they are' },
    python3: { type: 'boolean', describe: 'read INI files as Python 3 does, and not as Python 2 did' },
    'from-release': {
      type: 'string',
      value: 'RELEASE',
      describe: 'the Galaxy release of the old files, for example 17.09',
    },
    'galaxy-version': {
      ...inputOptions['galaxy-version'],
      describe: 'the Galaxy release to migrate to; without it, any that Gravity starts',
    },
    'job-conf-format': {
      type: 'string',
      choices: ['xml', 'yaml'],
      describe: 'of the new job configuration; without it, as it is',
    },
    'separate-handlers': {
      type: 'boolean',
      describe: 'handlers of their own, where the web server did the jobs',
    },
    color: reportOptions.color,
  },
  run(args, host) {
    if (args.words.length === 0) throw new UsageError('name the old files: gxgen migrate galaxy.ini');
    const out = args.text('out');
    if (args.on('write') && out === undefined) throw new UsageError('--write needs --out DIR');
    if (!args.on('write') && out !== undefined) throw new UsageError('--out does nothing without --write');
    const from = releaseOf(args, 'from-release');
    const to = releaseOf(args, 'galaxy-version');
    const jobConf = args.text('job-conf');
    const deployedAs = args.text('deployed-as');
    const compilation = compile(
      {
        files: args.words,
        supervisor: args.texts('supervisor'),
        allowUnknown: true,
        advice: false,
        ...(jobConf === undefined ? {} : { jobConf }),
        ...(deployedAs === undefined ? {} : { deployedAs }),
        python3: args.on('python3'),
        ...(from === undefined ? {} : { galaxyVersion: from }),
      },
      host,
    );
    const options: MigrationOptions = {
      keepPorts: args.on('keep-ports'),
      keepRelative: args.on('keep-relative'),
      separateHandlers: args.on('separate-handlers'),
      jobFormat: args.text('job-conf-format') as 'xml' | 'yaml' | undefined,
      from,
      to,
    };
    // What is wrong with how the old files are run is the old server's business; what could not be read is not.
    const reading = sortDiagnostics(
      compilation.diagnostics.filter(
        ({ code, severity }) => /^GX(?:0|1|9)/.test(code) && severity !== 'info',
      ),
    );
    const judged = { secrets: compilation.secrets, unreadable: compilation.unreadable };
    const code = writeReport(reading, judged, host.stderr, 'text', args, host);
    if (code === exits.usage) return code;
    const migration = run(compilation, options, host, out);
    if (!migration) return code === exits.clean ? nothingLegacy(args, host) : code;
    for (const { legacy, configFile, place } of compilation.deployment.instances)
      if (!legacy)
        host.stderr.write(
          `gxgen: ${place?.source.path ?? configFile.value} is of the present form already, and is left out\n`,
        );
    if (out !== undefined) {
      const { diagnostics, written, unchanged } = writeMigration(migration, host, out);
      const failed = writeReport(
        diagnostics,
        { secrets: () => [], unreadable: false },
        host.stderr,
        'text',
        args,
        host,
      );
      if (failed !== exits.clean) return failed;
      host.stderr.write(
        `gxgen: ${written} ${written === 1 ? 'file' : 'files'} written to ${out}, ${unchanged} unchanged\n`,
      );
    }
    print(migration, args, host);
    return migration.report.clean ? code : exits.problems;
  },
};

function releaseOf(args: Arguments, name: string): string | undefined {
  const text = args.text(name);
  if (text !== undefined && !/^\d\d\.\d{1,2}$/.test(text))
    throw new UsageError(`"${text}" is no Galaxy release; write it as 17.09 or 24.0`);
  return text;
}

function nothingLegacy(args: Arguments, host: Host): number {
  const verdict = `nothing to migrate: ${args.words.join(', ')} ${args.words.length === 1 ? 'is' : 'are'} of the present form already`;
  host.stdout.write(
    args.text('format') === 'json'
      ? `${JSON.stringify({ version: 1, clean: true, verdict }, null, 2)}\n`
      : `${verdict}\n`,
  );
  return exits.clean;
}

function print({ report, files, change, redact }: Migration, args: Arguments, host: Host): void {
  const format = args.text('format');
  if (format === 'json') {
    host.stdout.write(reportJson(report, files, change, redact));
    return;
  }
  if (format === 'markdown') {
    host.stdout.write(reportMarkdown(report, change, redact));
    return;
  }
  const coloured = wantsColour((args.text('color') ?? 'auto') as ColourChoice, host.env, host.stdout.isTTY);
  const paint = palette(coloured);
  host.stdout.write(`${paintPatch(redact(change), paint)}\n${reportText(report, paint, redact)}`);
}
