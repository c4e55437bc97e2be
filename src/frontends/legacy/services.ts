// The services of a legacy instance: Paste servers, handlers, uWSGI, the two halves of Zerg Mode.

import type { Process, Service, ServiceKind } from '../../model/deployment.ts';
import type { LegacyServer, UwsgiOption } from '../../model/legacy.ts';
import { byDefault, derived, type Located, map, spanOf, written } from '../../model/located.ts';
import { within } from '../../model/paths.ts';
import type { Plain } from '../../syntax/tree.ts';
import { commandOptions } from './command-facts.ts';
import type { LegacyDraft } from './index.ts';
import { pasteEndpoint, poolEndpoints, uwsgiEndpoints } from './listens.ts';
import { ownProcess, programProcess, reportNotCarried } from './processes.ts';
import { runShArguments } from './run-sh.ts';
import type { ProgramProcess, ReadProgram } from './supervisor-programs.ts';
import { isSecretUwsgi, uwsgiFlag, uwsgiValue, uwsgiValues } from './uwsgi-options.ts';

/** In the order of the files: web servers, then programs in their order, then sections that no program starts. */
export function legacyServices(draft: LegacyDraft, servers: readonly LegacyServer[]): Service[] {
  const byName = new Map(servers.map((one) => [one.name.value, one]));
  const services = draft.programs.flatMap((read) => programServices(draft, read, byName));
  const uwsgiStarted = services.some((one) => one.kind === 'uwsgi' || one.kind === 'zergling');
  const own: Service[] = [];
  if (draft.facts.uwsgi && !uwsgiStarted) own.push(uwsgiService(draft));
  for (const server of servers) {
    if (server.program || !server.section || server.form !== 'paste') continue;
    if (server.class === 'web' || server.class === 'all-in-one' || server.class === 'handler')
      own.push(pasteService(draft, server));
  }
  return [...own, ...services].map((one) => withPrefix(one, draft));
}

/** The path that a filter puts before Galaxy, where the proxy looks for it. */
function withPrefix(service: Service, { facts }: LegacyDraft): Service {
  const { prefix } = facts;
  if (!prefix || !['paste', 'uwsgi', 'zergpool', 'zergling'].includes(service.kind)) return service;
  return { ...service, settings: { ...service.settings, url_prefix: prefix.value } };
}

function programServices(
  draft: LegacyDraft,
  read: ReadProgram,
  servers: ReadonlyMap<string, LegacyServer>,
): Service[] {
  const { program, processes } = read;
  if (program.role === 'other' || processes.length === 0) return [];
  reportNotCarried(read, draft.ground.report);
  // Servers of one program may differ: each handler is a service of its own for who reads the routing.
  if (program.role === 'paste' || program.role === 'webless') {
    const made = processes.map((process) => {
      const server = servers.get(process.serverName?.value ?? 'main');
      const web = program.role === 'paste' && server?.class !== 'handler';
      const kind: ServiceKind = web ? 'paste' : 'handler';
      const endpoint = program.role === 'paste' ? pasteEndpoint(server?.settings ?? []) : undefined;
      const listens = endpoint ? [endpoint] : [];
      return { kind, server, process: programProcess(draft.ground, kind, read, process, { listens }) };
    });
    return made.map(({ kind, server, process }) => ({
      kind,
      name: process.serverName?.value ?? process.name,
      settings: serverSettings(server, process),
      processes: [process],
    }));
  }
  return processes.map((process): Service => {
    const options = optionsOf(draft, read, process);
    const kind = kindOf(read, options);
    return {
      kind,
      name: process.name.value,
      settings: kind === 'uwsgi' || kind === 'zergling' || kind === 'zergpool' ? uwsgiSettings(options) : {},
      processes: [
        programProcess(draft.ground, kind, read, process, {
          listens: listensOf(kind, options),
          graceful: gracefulOf(kind, options),
        }),
      ],
    };
  });
}

function kindOf({ program }: ReadProgram, options: readonly UwsgiOption[]): ServiceKind {
  switch (program.role) {
    case 'uwsgi':
      return uwsgiValue(options, 'zerg') ? 'zergling' : 'uwsgi';
    case 'paste':
    case 'webless':
    case 'other':
      return 'custom';
    default:
      return program.role;
  }
}

function listensOf(kind: ServiceKind, options: readonly UwsgiOption[]) {
  if (kind === 'uwsgi') return uwsgiEndpoints(options);
  if (kind !== 'zergpool') return [];
  return uwsgiValues(options, 'zerg-pool').flatMap(({ value }) => poolEndpoints(value));
}

// SIGHUP makes a master load Galaxy again behind its open socket.
function gracefulOf(kind: ServiceKind, options: readonly UwsgiOption[]): Process['graceful'] {
  if (kind === 'zergling' || kind === 'zergpool') return 'none';
  return kind === 'uwsgi' && uwsgiFlag(options, 'master') ? 'hup' : 'restart';
}

/** The options on the command line, and those of the file that it names. */
function optionsOf(draft: LegacyDraft, { program }: ReadProgram, process: ProgramProcess): UwsgiOption[] {
  const command = commandOptions(process.facts.words).map(({ key, value }): UwsgiOption => {
    const word =
      process.argv.find((one) => one.value === value || one.value.endsWith(`=${value}`)) ?? process.argv[0];
    const span = spanOf(word) ?? spanOf(program.name);
    const place = span ?? { source: { path: '', text: '' }, start: 0, end: 0 };
    return {
      key,
      value: written(value, place),
      raw: value,
      place,
      effective: true,
      from: 'command',
      secret: isSecretUwsgi(key, value),
    };
  });
  const readsFile = command.some((one) => /^(?:ini|ini-paste|ini-paste-logged|yaml|yml|y)$/.test(one.key));
  return [...command, ...(readsFile ? (draft.facts.uwsgi?.options ?? []) : [])];
}

function pasteService(draft: LegacyDraft, server: LegacyServer): Service {
  const { ground } = draft;
  const kind: ServiceKind = server.class === 'handler' ? 'handler' : 'paste';
  const source = server.section?.source;
  const file = draft.opened.inis.find((one) => one.text.source === source)?.file ?? draft.main;
  const endpoint = pasteEndpoint(server.settings);
  const serverName = server.name;
  const argv: Located<string>[] = [
    python(draft),
    byDefault('./scripts/paster.py'),
    byDefault('serve'),
    configArgument(draft, file.server),
    map(serverName, (name) => `--server-name=${name}`),
  ];
  const process = ownProcess(ground, kind, serverName.value, argv, {
    serverName,
    listens: endpoint ? [endpoint] : [],
  });
  return { kind, name: serverName.value, settings: serverSettings(server, process), processes: [process] };
}

function uwsgiService(draft: LegacyDraft): Service {
  const { ground, facts, opened } = draft;
  const options = facts.uwsgi?.options ?? [];
  const part = opened.uwsgi;
  const path = part?.file.server ?? draft.main.server;
  const flag = part?.format === 'yaml' ? '--yaml' : part?.withApp ? '--ini-paste' : '--ini';
  const more = part?.format === 'yaml' ? runShArguments(options, ground.virtualenv, ground.root) : [];
  const kind: ServiceKind = uwsgiValue(options, 'zerg') ? 'zergling' : 'uwsgi';
  const program = ground.virtualenv
    ? derived(`${ground.virtualenv.value}/bin/uwsgi`, 'virtualenv', spanOf(ground.virtualenv))
    : byDefault('uwsgi');
  const argv = [program, byDefault(flag), configArgument(draft, path), ...more];
  const all = [...options, ...commandLine(more)];
  // Started as the account that it would change to, it changes nothing.
  const user = ground.user ?? uwsgiValue(options, 'uid')?.value;
  const group = ground.group ?? uwsgiValue(options, 'gid')?.value;
  const account = { ...ground, ...(user ? { user } : {}), ...(group ? { group } : {}) };
  const process = ownProcess(account, kind, kind, argv, {
    listens: listensOf(kind, all),
    graceful: gracefulOf(kind, all),
    stopSignal: stopsOnTerm(all) ? 'TERM' : 'INT',
  });
  return { kind, name: kind, settings: uwsgiSettings(options), processes: [process] };
}

// SIGTERM makes uWSGI load everything again, unless it is told otherwise.
function stopsOnTerm(options: readonly UwsgiOption[]): boolean {
  return (
    uwsgiFlag(options, 'die-on-term') ||
    uwsgiValues(options, 'hook-master-start').some((one) => /^unix_signal:15 \w*kill/.test(one.value.value))
  );
}

function commandLine(words: readonly Located<string>[]): UwsgiOption[] {
  return commandOptions(['uwsgi', ...words.map((one) => one.value)]).map(
    ({ key, value, at }): UwsgiOption => {
      const origin = words[at - 1]?.origin ?? { kind: 'default' };
      const place = { source: { path: '', text: '' }, start: 0, end: 0 };
      return {
        key,
        value: { value, origin },
        raw: value,
        place,
        effective: true,
        from: 'command',
        secret: isSecretUwsgi(key, value),
      };
    },
  );
}

function python({ ground }: LegacyDraft): Located<string> {
  const { virtualenv } = ground;
  return virtualenv
    ? derived(`${virtualenv.value}/bin/python`, 'virtualenv', spanOf(virtualenv))
    : byDefault('python');
}

/** The configuration as commands name it: from the Galaxy root where it lies in it. */
function configArgument({ ground }: LegacyDraft, server: string): Located<string> {
  return derived(within(ground.root.value, server) ?? server, 'the name of the file');
}

function serverSettings(
  server: LegacyServer | undefined,
  { pools }: Process,
): Record<string, Located<Plain>> {
  const out: Record<string, Located<Plain>> = {};
  for (const { name, value, effective } of server?.settings ?? [])
    if (effective && name !== 'use') out[name] = value;
  const [first] = pools;
  if (first) out.pools = { value: pools.map((one) => one.value), origin: first.origin };
  return out;
}

/** Every option; of repeated ones a list. */
function uwsgiSettings(options: readonly UwsgiOption[]): Record<string, Located<Plain>> {
  const values = new Map<string, Located<string>[]>();
  for (const { key, value, effective, when, secret } of options) {
    // A secret has its place in the facts, where it is known as one.
    if (!effective || when !== undefined || secret) continue;
    const name = key === 'workers' || key === 'p' ? 'processes' : key;
    const list = values.get(name) ?? [];
    list.push(value);
    values.set(name, list);
  }
  const out: Record<string, Located<Plain>> = {};
  for (const [name, list] of values) {
    const [first] = list;
    const last = list.at(-1);
    if (!first || !last) continue;
    const single = list.length === 1 || name === 'processes' || name === 'threads';
    out[name] = single ? last : { value: list.map((one) => one.value), origin: first.origin };
  }
  return out;
}
