// Where tusd takes uploads, and how the addresses it makes for them are kept right: its own arguments say both.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { goFlag } from '../arguments.ts';
import type { Instance, Process, Service } from '../deployment.ts';
import { type Located, spanOf } from '../located.ts';
import { textOption } from '../options.ts';
import { join, normalize, trimSlashes } from '../paths.ts';
import { uploadDirectory } from '../tusd.ts';
import type { Route } from './routes.ts';
import type { ProxySettings } from './settings.ts';
import { companions } from './upstream.ts';

export interface TusInput {
  readonly instance: Instance;
  readonly settings: ProxySettings;
  readonly name: string;
  readonly prefix: Located<string>;
  readonly report: Report;
}

export function tusRoutes(input: TusInput): Route[] {
  const { instance, name } = input;
  const all = instance.services.filter((one) => one.kind === 'tusd');
  const people = textOption(instance, 'tus_upload_store');
  const store = textOption(instance, 'tus_upload_store_job_files');
  const forJobs = store ? all.filter((one) => storesIn(one, store, instance)) : [];
  // One tusd serves both where both are kept in one directory.
  const forPeople = all.filter(
    (one) => !forJobs.includes(one) || (people !== undefined && storesIn(one, people, instance)),
  );
  return [
    ...tusRoute(`${name}_tusd`, '/api/upload/resumable_upload', forPeople, input),
    ...tusRoute(`${name}_tusd_jobs`, '/api/job_files/resumable_upload', forJobs, input),
  ];
}

function tusRoute(
  name: string,
  under: string,
  services: readonly Service[],
  { settings, prefix, report }: TusInput,
): Route[] {
  const upstream = companions(name, services, report);
  if (!upstream) return [];
  const path = `${prefix.value}${under}`;
  const processes = services.flatMap((one) => one.processes);
  const rewrite = settings.uploads.tusStyle.value === 'rewrite';
  const bases = processes.map(baseOf);
  const base = rewrite ? (bases[0] ?? '') : path;
  for (const [index, one] of processes.entries()) {
    const fits = bases[index] === base && base !== '' && (rewrite || isBehindProxy(one));
    if (!fits) report(misplaced(one, rewrite, base));
  }
  return [{ kind: 'tus', path, upstream, target: rewrite ? base : '', jobs: name.endsWith('_jobs') }];
}

/** Without a slash at the end: `/files`, which is what tusd takes where nothing is said. */
function baseOf({ argv }: Process): string {
  const bare = trimSlashes(goFlag(argv, 'base-path')?.value ?? 'files');
  return bare === '' ? '' : `/${bare}`;
}

function isBehindProxy({ argv }: Process): boolean {
  return argv.some(({ value }) => /^--?behind-proxy(=(1|t|true))?$/i.test(value));
}

function misplaced(process: Process, rewrite: boolean, base: string) {
  const written = goFlag(process.argv, 'base-path');
  return problem(
    'GX754',
    rewrite && base === ''
      ? `"${process.name}" answers at every address, so nothing can be put in place of its own`
      : rewrite
        ? `"${process.name}" does not answer at ${base}, as another tusd of the same uploads does`
        : `"${process.name}" is not started for addresses below ${base}`,
    spanOf(written ?? process.argv[0]),
    {
      help: rewrite
        ? 'remove -base-path from extra_args'
        : `write extra_args: -behind-proxy -base-path ${base}, or remove "tus_style" from gxgen.yml`,
    },
  );
}

function storesIn(service: Service, store: Located<string>, { root }: Instance): boolean {
  const folder = uploadDirectory(service);
  const whole = (path: string) => normalize(join(root.value, path));
  return folder !== undefined && whole(folder.value) === whole(store.value);
}
