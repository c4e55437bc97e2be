// Which processes of Galaxy have to start again for a change that no unit shows: of a Galaxy option, of the job
// configuration, of Galaxy itself.

import type { Difference } from '../model/compare.ts';
import type { Deployment, Instance } from '../model/deployment.ts';
import { textOption } from '../model/options.ts';
import type { RunningProcess } from '../model/running.ts';
import { reloadable } from '../schema/galaxy-options.ts';

/** What a process is, told from its command: units that others wrote have no more than that. */
export type RunningKind =
  | 'gunicorn'
  | 'celery'
  | 'celery-beat'
  | 'gx-it-proxy'
  | 'tusd'
  | 'reports'
  | 'handler'
  | 'all'
  | 'other';

export function kindOf({ argv, serverName }: RunningProcess): RunningKind {
  const [program = ''] = argv;
  const has = (part: string) => argv.some((word) => word.includes(part));
  if (/(^|\/)galaxyctl$/.test(program)) return kindOfService(argv.at(-1) ?? '');
  if (serverName !== undefined) return 'handler';
  if (has('galaxy.webapps.galaxy.fast_factory')) return 'gunicorn';
  if (has('galaxy.webapps.reports')) return 'reports';
  if (argv.includes('galaxy.celery')) return argv.includes('beat') ? 'celery-beat' : 'celery';
  if (has('gx-it-proxy')) return 'gx-it-proxy';
  if (has('-hooks-http')) return 'tusd';
  return /(^|\/)galaxy$/.test(program) ? 'all' : 'other';
}

/** Gravity's name of a service, which `galaxyctl exec` starts by. */
function kindOfService(name: string): RunningKind {
  const known = /^(gunicorn|tusd)\d*$|^(celery|celery-beat|gx-it-proxy|reports)$/.exec(name);
  return ((known?.[1] ?? known?.[2]) as RunningKind | undefined) ?? 'handler';
}

/** True for a process that reads its own settings from Gravity's file when it starts. */
export function readsGravityFile({ argv }: RunningProcess): boolean {
  return /(^|\/)(galaxyctl|galaxy)$/.test(argv[0] ?? '');
}

const galaxyItself: readonly RunningKind[] = ['gunicorn', 'handler', 'celery', 'celery-beat', 'all'];
const readJobs: readonly RunningKind[] = ['gunicorn', 'handler', 'celery', 'all'];
const readWorkflows: readonly RunningKind[] = ['gunicorn', 'handler', 'all'];

// By the first part of a path.
const affected: Readonly<Record<string, readonly RunningKind[]>> = {
  destination: readJobs,
  destinations: readJobs,
  handler: readJobs,
  handling: readJobs,
  limit: readJobs,
  option: galaxyItself,
  resources: readJobs,
  runner: readJobs,
  tool: readJobs,
  workflow: readWorkflows,
};

/** The differences for which a process of that kind has to start again although its unit stays. */
export function changesFor(
  process: RunningProcess,
  changes: readonly Difference[],
  deployment: Deployment,
): Difference[] {
  const kind = kindOf(process);
  const instance = instanceOf(process, deployment);
  return changes.filter((one) => {
    if (instance && one.instance !== instance.name.value) return false;
    const [head = '', second = ''] = one.path;
    if (isReloaded(one, deployment)) return false;
    if (affected[head]?.includes(kind)) return true;
    if (head === 'instance' && second === 'release') return galaxyItself.includes(kind) || kind === 'reports';
    if (!readsGravityFile(process)) return false;
    return kind === 'all'
      ? head === 'service' || head === 'process'
      : head === 'service' && isOf(process, second);
  });
}

/** True for an option whose new value Galaxy takes while it runs, because it watches its file. */
export function isReloaded({ path, instance }: Difference, deployment: Deployment): boolean {
  const [head, name = ''] = path;
  if (head !== 'option') return false;
  const own = deployment.instances.find((one) => one.name.value === instance);
  return own !== undefined && reloadable(name, own.release?.value) && watches(own);
}

/** Whether Galaxy looks for changes of its file while it runs. */
function watches(instance: Instance): boolean {
  return ['true', 'auto', 'polling', 'yes', 'on', '1'].includes(
    (textOption(instance, 'watch_core_config')?.value ?? '').toLowerCase(),
  );
}

/** The instance whose configuration a process reads; undefined where its command does not tell. */
export function instanceOf(process: RunningProcess, { instances }: Deployment): Instance | undefined {
  if (instances.length === 1) return instances[0];
  const { argv, env } = process;
  const at = argv.indexOf('-c');
  const file = env.get('GALAXY_CONFIG_FILE') ?? (at > 0 ? argv[at + 1] : undefined);
  const byFile = instances.filter((one) => one.configFile.value === file);
  if (byFile.length === 1) return byFile[0];
  return instances.find(
    (one) =>
      argv.includes(one.name.value) ||
      process.group === one.name.value ||
      process.group === `galaxy-${one.name.value}.target`,
  );
}

function isOf(process: RunningProcess, service: string): boolean {
  const last = process.argv.at(-1) ?? '';
  return (
    service === last || last.startsWith(`${service}_`) || /^\d+$/.test(last.slice(service.length) || 'x')
  );
}
