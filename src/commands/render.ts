// gxgen render: the files that run Galaxy, on stdout or into a directory.

import type { OutputFile } from '../backends/backend.ts';
import { backends } from '../backends/index.ts';
import { writeFiles } from '../deploy/write.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { type Arguments, type Command, exits, inputOptions, reportOptions, UsageError } from './command.ts';
import { compileArguments, type Rendered, renderParts, targetParts, writeReport } from './compiling.ts';
import { foldedInto } from './folding.ts';
import { type Judged, judge } from './judging.ts';
import { chooseTemplates } from './templates.ts';

export const render: Command = {
  name: 'render',
  words: '[FILE]...',
  summary: 'write what runs Galaxy: units, programs, command lines',
  options: {
    ...inputOptions,
    target: {
      type: 'string',
      many: true,
      choices: backends.map((one) => one.name),
      describe: 'what to write for; without it, process_manager in the file decides',
    },
    layout: { type: 'string', value: 'NAME', describe: `form of the output: ${layoutNames()}` },
    instance: { type: 'string', value: 'NAME', describe: 'only this instance' },
    out: { type: 'string', value: 'DIR', describe: 'write the files there instead of to stdout' },
    templates: { type: 'string', value: 'DIR', describe: 'take templates from here where it has them' },
    format: { type: 'string', choices: ['files', 'json'], default: 'files', describe: 'of stdout' },
    ...reportOptions,
  },
  run(args, host) {
    const product = make(args, host);
    const judged = foldedInto(product, host, (one) => make(args, one));
    const code = writeReport(judged.diagnostics, judged, host.stderr, 'text', args, host);
    if (code !== exits.clean) return code;
    const { rendered } = product;
    const out = args.text('out');
    return out === undefined ? print(rendered, args, host) : write(rendered, out, args, host);
  },
};

interface Product extends Judged {
  readonly rendered: readonly Rendered[];
}

function make(args: Arguments, host: Host): Product {
  const compilation = compileArguments(args, host);
  const diagnostics: Diagnostic[] = [...compilation.diagnostics];
  const report = (one: Diagnostic) => diagnostics.push(one);
  const templates = chooseTemplates(args.text('templates'), host, report);
  const parts = targetParts(compilation.deployment, args.texts('target'));
  const rendered = renderParts(parts, args.text('layout'), compilation, templates, report);
  return { ...judge({ ...compilation, diagnostics }, host, { complete: false }), rendered };
}

// Several targets share a directory, so each gets a folder of its own.
function placed(rendered: readonly Rendered[]): OutputFile[] {
  const several = rendered.length > 1;
  return rendered.flatMap(({ target, files }) =>
    files.map((file) => (several ? { ...file, path: `${target}/${file.path}` } : file)),
  );
}

function print(rendered: readonly Rendered[], args: Arguments, host: Host): number {
  const files = placed(rendered);
  if (args.text('format') === 'json') {
    const list = files.map(({ path, mode, text, masked }) => ({
      path,
      mode: mode.toString(8).padStart(4, '0'),
      secret: masked !== undefined,
      text: masked ?? text,
    }));
    host.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
  } else {
    host.stdout.write(
      files.length === 1
        ? shown(files[0] as OutputFile)
        : files.map((file) => `==> ${file.path} <==\n${shown(file)}`).join('\n'),
    );
  }
  const secret = files.filter((file) => file.masked !== undefined).map((file) => file.path);
  if (secret.length > 0) {
    host.stderr.write(
      `gxgen: secret values are masked in ${secret.join(', ')}; --out writes them, readable by the owner only\n`,
    );
  }
  return exits.clean;
}

function shown(file: OutputFile): string {
  return file.masked ?? file.text;
}

function write(rendered: readonly Rendered[], out: string, args: Arguments, host: Host): number {
  if (out === '') throw new UsageError('--out needs a directory');
  const files = placed(rendered);
  const { diagnostics, written, unchanged } = writeFiles(host, out, files);
  const nothingSecret = { secrets: () => [], unreadable: false };
  const code = writeReport(diagnostics, nothingSecret, host.stderr, 'text', args, host);
  if (code === exits.clean)
    host.stderr.write(
      `gxgen: ${written} ${written === 1 ? 'file' : 'files'} written to ${out}, ${unchanged} unchanged\n`,
    );
  return code;
}

function layoutNames(): string {
  return backends
    .map((one) => `${one.layouts.map((layout) => layout.name).join(', ')} (${one.name})`)
    .join('; ');
}
