// gxgen rollback: puts back the files of an earlier generation, byte for byte.

import { backends } from '../backends/index.ts';
import { leftBehind } from '../deploy/dropped.ts';
import { examine } from '../deploy/examine.ts';
import { readFiles } from '../deploy/generations.ts';
import { gravityBeside } from '../deploy/gravity-set.ts';
import { previousGeneration } from '../deploy/history.ts';
import type { Installation } from '../deploy/install.ts';
import { type Manifest, readGeneration, readManifest } from '../deploy/manifest.ts';
import { rollbackDiff } from '../deploy/rollback-diff.ts';
import { type Held, openSession } from '../deploy/session.ts';
import { keptGenerations } from '../deploy/state.ts';
import { readTodo } from '../deploy/todo.ts';
import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { carryOut, type Prepared } from './applying.ts';
import { yesOption } from './asking.ts';
import { type Arguments, type Command, reportOptions, UsageError } from './command.ts';
import { installedDirectories, installedOption } from './installed.ts';

export const rollback: Command = {
  name: 'rollback',
  words: '',
  summary: 'put back what was installed before, byte for byte',
  options: {
    ...installedOption,
    to: { type: 'string', value: 'GENERATION', describe: 'which one (gxgen history lists them)' },
    ...yesOption,
    run: { type: 'boolean', describe: 'also give the commands that restart what has to be restarted' },
    adopt: { type: 'boolean', describe: 'replace files that others wrote or edited' },
    'allow-orphans': {
      type: 'boolean',
      describe: 'go on although jobs would be left behind, or an instance goes',
    },
    ...reportOptions,
  },
  run(args, host) {
    const named = installedDirectories(args, host.cwd);
    const to = wantedGeneration(args, named.length);
    const found: Diagnostic[] = [];
    const session = openSession(
      host,
      named.map(({ directory }) => directory),
      false,
      (one) => found.push(one),
    );
    for (const one of session.news) host.stderr.write(`gxgen: ${one}\n`);
    try {
      const prepared = session.held.flatMap((held) => prepare(host, held, to, args, found) ?? []);
      return carryOut(prepared, found, { command: 'rollback', secrets: () => [] }, args, host);
    } finally {
      session.close();
    }
  },
};

function wantedGeneration(args: Arguments, directories: number): number | undefined {
  const text = args.text('to');
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new UsageError(`--to takes the number of a generation, not "${text}"`);
  if (directories > 1)
    throw new UsageError('--to goes with one --installed: each directory has its own numbers');
  return Number(text);
}

function prepare(
  host: Host,
  held: Held,
  to: number | undefined,
  args: Arguments,
  found: Diagnostic[],
): Prepared | undefined {
  const report: Report = (one) => found.push(one);
  const { directory, shown } = held;
  const current = readManifest(host, directory, report);
  if (!current) {
    if (found.length === 0) report(problem('GX852', `gxgen has installed nothing in "${shown}"`, shown));
    return undefined;
  }
  const wanted = findGeneration(host, held, to, current, report);
  const files = wanted && readFiles(host, directory, wanted);
  if (!wanted || !files) return undefined;
  if ('damaged' in files) {
    report(
      problem('GX853', `generation ${wanted.generation} is damaged: "${files.damaged}"`, shown, {
        why: 'nothing was changed',
        help: 'go back to another one (gxgen history), or install anew: gxgen apply',
      }),
    );
    return undefined;
  }
  const backend = backends.find((one) => one.name === wanted.target);
  if (!backend) {
    report(
      problem(
        'GX853',
        `generation ${wanted.generation} is for "${wanted.target}", which is no target`,
        shown,
      ),
    );
    return undefined;
  }
  const paths = [...files.keys(), ...current.files.map(({ path }) => path)];
  const taken = args.on('adopt') ? gravityBeside(host, directory, paths) : [];
  const diff = rollbackDiff(host, { backend, held, current, wanted, files, taken }, report);
  found.push(...leftBehind(diff, args.on('allow-orphans')));
  const examination = examine(
    host,
    {
      directory,
      shown,
      owned: current.files,
      wanted: [...files].map(([path, content]) => ({ path, content })),
      taken,
      adopt: args.on('adopt'),
      exactly: true,
    },
    report,
  );
  const installation: Installation = {
    held,
    about: {
      target: wanted.target,
      ...(wanted.layout === undefined ? {} : { layout: wanted.layout }),
      ...(wanted.mode === undefined ? {} : { mode: wanted.mode }),
      command: 'rollback',
      from: `generation ${wanted.generation}`,
      origin: wanted.origin ?? wanted.generation,
      sources: wanted.sources,
      ...(wanted.model === undefined ? {} : { model: wanted.model }),
    },
    files,
    secret: new Set(wanted.files.filter((one) => one.secret).map(({ path }) => path)),
    examination,
  };
  const same =
    examination.changes.length === 0 && JSON.stringify(current.model) === JSON.stringify(wanted.model);
  const left = readTodo(host, directory, current.generation);
  return { held, diff, installation, news: !same, left };
}

function findGeneration(
  host: Host,
  { directory, shown }: Held,
  to: number | undefined,
  current: Manifest,
  report: Report,
): Manifest | undefined {
  const number = to ?? previousGeneration(host, directory, current);
  const kept = keptGenerations(host, directory);
  if (number !== undefined && kept.includes(number)) return readGeneration(host, directory, number, report);
  report(
    number === undefined
      ? problem('GX852', `there is no generation before the one in "${shown}"`, shown, {
          help: `kept: ${kept.join(', ')}`,
        })
      : problem('GX852', `generation ${number} of "${shown}" is not kept`, shown, {
          help: `kept: ${kept.join(', ')}`,
        }),
  );
  return undefined;
}
