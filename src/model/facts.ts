// A deployment as a flat list of leaves under stable paths: what two deployments, or one and the record of another, are
// compared by. Routing is in facts-jobs.ts.

import type { Plain } from '../syntax/tree.ts';
import type { Deployment, Endpoint, Instance, Process, Service } from './deployment.ts';
import { type Fact, Facts, masked, maskedArguments, secretMask } from './fact.ts';
import { jobFacts } from './facts-jobs.ts';
import { byDefault, type Located } from './located.ts';
import { looksSecret } from './secrets.ts';
import { splitShellWords } from './shell-words.ts';

/** Every leaf of a deployment. */
export function factsOf(deployment: Deployment): Fact[] {
  return deployment.instances.flatMap(instanceFacts);
}

function instanceFacts(instance: Instance): Fact[] {
  const facts = new Facts(instance.name.value);
  facts.entry(['instance'], { value: true, origin: { kind: 'source', span: instance.place } });
  for (const [key, value] of Object.entries(settingsOf(instance))) facts.maybe(['instance', key], value);
  const names = serviceNames(instance.services);
  instance.services.forEach((service, index) => {
    addService(service, names[index] ?? service.name, facts);
  });
  for (const { name, value, secret } of instance.options) {
    // Its parts stand beside it.
    if (name === 'job_config' && instance.jobs.inline) continue;
    facts.add(['option', name], value, secret ? secretMask : masked(name, value.value));
  }
  jobFacts(instance, facts);
  return facts.list;
}

function settingsOf(instance: Instance): Record<string, Located<string> | undefined> {
  return {
    process_manager: instance.processManager,
    root: instance.root,
    config_file: instance.configFile,
    virtualenv: instance.virtualenv,
    user: instance.user,
    group: instance.group,
    release: instance.release,
    log_dir: instance.logDir,
    log_namespace: instance.logNamespace,
    state_dir: instance.stateDir,
  };
}

/** The names of services, those of a list by their process: `gunicorn0`. */
export function serviceNames(services: readonly Service[]): string[] {
  const count = new Map<string, number>();
  for (const { name } of services) count.set(name, (count.get(name) ?? 0) + 1);
  return services.map(({ name, processes }) =>
    (count.get(name) ?? 0) > 1 ? (processes[0]?.name ?? name) : name,
  );
}

function addService({ kind, settings, processes }: Service, name: string, facts: Facts): void {
  const at = facts.entry(['service', name], byDefault(kind));
  for (const [key, value] of Object.entries(settings)) {
    const text = typeof value.value === 'string' ? maskedWords(key, value.value) : undefined;
    facts.add([...at, key], value, text);
  }
  for (const process of processes) addProcess(process, name, facts);
}

function addProcess(process: Process, service: string, facts: Facts): void {
  const own = facts.entry(['process', process.name], byDefault(service));
  const at = (...rest: string[]) => [...own, ...rest];
  const words = process.argv.map((one) => one.value);
  const first = process.argv.find((one) => one.origin.kind === 'source') ?? process.argv[0] ?? byDefault('');
  facts.add(at('argv'), { value: words, origin: first.origin }, maskedArguments(words));
  for (const { name, value, secret } of process.env) {
    facts.add(at('env', name), value, secret ? secretMask : undefined);
  }
  facts.add(at('cwd'), process.cwd);
  facts.add(at('umask'), process.umask);
  facts.maybe(at('user'), process.user);
  facts.maybe(at('group'), process.group);
  facts.add(at('start_timeout'), process.startTimeout);
  facts.add(at('stop_timeout'), process.stopTimeout);
  facts.add(at('stop_signal'), byDefault(process.stopSignal));
  facts.add(at('restart'), byDefault(process.restart));
  facts.add(at('autostart'), byDefault(process.autostart));
  facts.maybe(at('priority'), process.priority);
  facts.add(at('readiness'), byDefault(process.readiness));
  facts.maybe(at('memory_high'), process.memoryHigh);
  facts.maybe(at('memory_limit'), process.memoryMax);
  facts.add(at('graceful'), byDefault(process.graceful));
  facts.add(at('log'), process.log);
  facts.maybe(at('server_name'), process.serverName);
  const listens = process.listens.map((one) => ({ value: endpointWords(one), origin: one.origin.origin }));
  facts.addList(at('listens'), listens);
  facts.addList(at('pools'), process.pools);
  facts.addList(at('dirs'), process.dirs);
}

/** `localhost:8080`, `unix:/run/galaxy.sock`; with the protocol where it is not HTTP. */
export function endpointWords(endpoint: Endpoint): string {
  const protocol = endpoint.protocol && endpoint.protocol !== 'http' ? ` (${endpoint.protocol})` : '';
  if (endpoint.kind === 'unix') return `unix:${endpoint.path}${protocol}`;
  if (endpoint.kind === 'fd') return `fd://${endpoint.fd}${protocol}`;
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return `${host}:${endpoint.port}${protocol}`;
}

/** A setting that may be free text with arguments in it. */
function maskedWords(name: string, text: string): Plain | undefined {
  if (looksSecret(name, text)) return secretMask;
  const split = splitShellWords(text);
  return split.ok ? maskedArguments(split.words)?.join(' ') : undefined;
}
