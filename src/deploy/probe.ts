// How to ask a web server of Galaxy whether it answers again, and how long to wait for it: what a rolling restart needs.

import type { Deployment } from '../model/deployment.ts';
import { textOption } from '../model/options.ts';
import { trimSlashes } from '../model/paths.ts';
import type { RunningProcess } from '../model/running.ts';
import { instanceOf } from './effects.ts';

/** Gravity's. */
const usualSeconds = 300;
const every = 2;

/** How long `gunicorn.restart_timeout` gives it. */
export function restartSeconds(process: RunningProcess, deployment: Deployment): number {
  const services = instanceOf(process, deployment)?.services ?? [];
  const own = services.find(
    ({ kind, processes }) => kind === 'gunicorn' && processes.some((one) => one.name === process.name),
  );
  return Number(own?.settings.restart_timeout?.value ?? usualSeconds) || usualSeconds;
}

/** A command that ends when Galaxy answers, or fails after the time; undefined where its address is not known. */
export function probeOf(process: RunningProcess, deployment: Deployment): string[] | undefined {
  const bind = bindOf(process.argv);
  if (bind === undefined) return undefined;
  const instance = instanceOf(process, deployment);
  const prefix = trimSlashes((instance && textOption(instance, 'galaxy_url_prefix')?.value) ?? '');
  const path = `${prefix === '' ? '' : `/${prefix}`}/api/version`;
  const tries = Math.ceil(restartSeconds(process, deployment) / every);
  const curl = ['curl', '--fail', '--silent', '--show-error', '--output', '/dev/null'];
  const patience = ['--retry', String(tries), '--retry-delay', String(every), '--retry-all-errors'];
  return bind.socket === undefined
    ? [...curl, ...patience, `http://${bind.host}${path}`]
    : [...curl, ...patience, '--unix-socket', bind.socket, `http://localhost${path}`];
}

/** Where gunicorn listens first: what stands behind `-b`. */
function bindOf(argv: readonly string[]): { readonly host: string; readonly socket?: string } | undefined {
  const at = argv.findIndex((word) => word === '-b' || word === '--bind');
  const bind =
    at >= 0 ? argv[at + 1] : argv.find((word) => word.startsWith('--bind='))?.slice('--bind='.length);
  if (bind === undefined || /^fd:/.test(bind)) return undefined;
  const socket = /^unix:(?:\/\/(?=\/))?(.+)$/s.exec(bind)?.[1];
  if (socket !== undefined) return { host: '', socket };
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/s.exec(bind) ?? [];
  const name = ['', '0.0.0.0', '[::]'].includes(host) ? 'localhost' : host;
  return port === undefined || /[\s/@?#]/.test(name) ? undefined : { host: `${name}:${port}` };
}
