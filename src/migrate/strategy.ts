// Who handles jobs afterwards: the web processes themselves, groups of handlers that Gravity numbers, or the handlers
// that the job configuration names one by one.

import type { Instance, Process } from '../model/deployment.ts';
import type { LegacyServer } from '../model/legacy.ts';
import { defaultTag, type StaticHandler } from '../model/routing.ts';
import { groupHandlers, type HandlerGroup, type NamedHandler } from './handler-groups.ts';

export interface Question {
  readonly about: string;
  readonly why: string;
  readonly choices: readonly string[];
}

export interface Strategy {
  readonly kind: 'all-in-one' | 'dynamic' | 'static';
  /** Why it is this one, for the report. */
  readonly why: string;
  readonly groups: readonly HandlerGroup[];
  /** `static` only: the handlers that stay in the job configuration. */
  readonly statics: readonly StaticHandler[];
  /** Names that jobs may have in the database, and who has each afterwards; undefined: nobody. */
  readonly names: readonly { readonly before: string; readonly after: string | undefined }[];
  /** Names that tools are mapped to and that go with their process. */
  readonly gone: ReadonlySet<string>;
  readonly questions: readonly Question[];
}

export interface StrategyOptions {
  /** Handlers of their own also where the web process did the jobs. */
  readonly separate: boolean;
}

const jobPool = 'job-handlers';
const workflowPool = 'workflow-schedulers';

export function chooseStrategy(instance: Instance, options: StrategyOptions): Strategy {
  const { legacy, jobs, services } = instance;
  const servers = legacy?.servers ?? [];
  const questions: Question[] = [];
  const processes = services.filter((one) => one.kind === 'handler').flatMap((one) => one.processes);
  const listed = jobs.handling.handlers.filter(({ id }) => id.value !== 'main');
  const web = new Set(
    servers.filter((one) => one.class === 'web' || one.class === 'all-in-one').map((one) => one.name.value),
  );
  // A farm without mules has nobody, which has been said.
  const farms = (legacy?.uwsgi?.farms ?? []).filter((one) => one.mules.length > 0);
  const startable = servers.filter(
    (one) => one.class === 'handler' || (one.class === 'orphan' && one.host === undefined),
  );
  const dynamicNames = processes.filter((one) => one.pools.length > 0).flatMap(nameOf);

  if (startable.length === 0 && dynamicNames.length === 0 && farms.length === 0)
    return allInOne(instance, options, web);

  for (const { name } of startable.filter((one) => one.class === 'orphan'))
    questions.push({
      about: name.value,
      why: `the job configuration counts on "${name.value}", and nothing that was read starts it`,
      choices: [
        'start it',
        'take it out of the job configuration, when nothing has to be done by it any more',
      ],
    });

  questions.push(...otherHosts(servers));
  const byId = new Map(listed.map((one) => [one.id.value, one]));
  const direct = instance.jobs.tools.filter(
    ({ handler }) => handler !== undefined && byId.has(handler.value),
  );
  const limited = listed.filter(({ plugins }) => plugins !== undefined);
  if (direct.length === 0 && limited.length === 0) return dynamic(instance, startable, byId, web, questions);
  const reason =
    direct.length > 0
      ? `a tool is mapped to the handler "${direct[0]?.handler?.value}" by its name`
      : `the handler "${limited[0]?.id.value}" loads some runners only`;
  const statics = listed.filter(({ id }) => !web.has(id.value));
  const stays = new Set(statics.map(({ id }) => id.value));
  return {
    kind: 'static',
    why: `${reason}, so the job configuration goes on naming each handler, and Gravity starts one process for each`,
    groups: [],
    statics,
    names: [...namesOf(startable, stays), ...webNames(jobs.handling.handlers, web)],
    gone: goneNames(instance, stays),
    questions,
  };
}

/** Handlers that other hosts start: a galaxy.yml is for one host. */
function otherHosts(servers: readonly LegacyServer[]): Question[] {
  const hosts = new Set(servers.flatMap((one) => (one.class === 'orphan' && one.host ? [one.host] : [])));
  return [...hosts].map((host) => {
    const names = servers.filter((one) => one.host === host).map((one) => `"${one.name.value}"`);
    return {
      about: `host ${host}`,
      why: `by their names the handlers ${names.join(', ')} are of the host "${host}", and a galaxy.yml is for one host`,
      choices: [
        'leave them to that host, whose files are migrated by themselves',
        'start them here, by "handlers" in "gravity"',
      ],
    };
  });
}

/** Numbered groups, whose names come out as they were where that is possible. */
function dynamic(
  instance: Instance,
  servers: readonly LegacyServer[],
  byId: ReadonlyMap<string, StaticHandler>,
  web: ReadonlySet<string>,
  questions: readonly Question[],
): Strategy {
  const processes = instance.services.filter((one) => one.kind === 'handler').flatMap((one) => one.processes);
  const own = servers
    .filter((one) => one.form !== 'mule')
    .map((one) => named(one, byId, instance, processes));
  const groups = [...groupHandlers(own), ...muleGroups(instance)];
  const stays = new Set(groups.flatMap((one) => one.names));
  const known = new Set(servers.map((one) => one.name.value));
  return {
    kind: 'dynamic',
    why: 'no tool needs one handler by its name, so Gravity numbers them and whoever is free takes a job',
    groups,
    statics: [],
    names: [
      ...namesOf(servers, stays),
      ...webNames(instance.jobs.handling.handlers, web).filter(({ before }) => !known.has(before)),
    ],
    gone: goneNames(instance, stays),
    questions,
  };
}

function namesOf(servers: readonly LegacyServer[], stays: ReadonlySet<string>): Strategy['names'] {
  return servers.map(({ name }) => ({
    before: name.value,
    after: stays.has(name.value) ? name.value : undefined,
  }));
}

function nameOf(process: Process): string[] {
  return process.serverName === undefined ? [] : [process.serverName.value];
}

function allInOne(instance: Instance, { separate }: StrategyOptions, web: ReadonlySet<string>): Strategy {
  const names = webNames(instance.jobs.handling.handlers, web);
  const base = { statics: [], names, gone: goneNames(instance, new Set()), questions: [] };
  if (!separate)
    return {
      kind: 'all-in-one',
      why: 'the web server handled jobs itself, and goes on doing it',
      groups: [],
      ...base,
    };
  const pools = [jobPool, workflowPool];
  return {
    kind: 'dynamic',
    why: 'handlers of their own were asked for (--separate-handlers)',
    groups: [{ key: 'handler', processes: 1, pools, names: ['handler_0'] }],
    ...base,
  };
}

/** Web processes that took jobs under their names: those names end. */
function webNames(
  handlers: readonly StaticHandler[],
  web: ReadonlySet<string>,
): { before: string; after: undefined }[] {
  const names = new Set([...handlers.map(({ id }) => id.value).filter((id) => id === 'main' || web.has(id))]);
  return [...names].map((before) => ({ before, after: undefined }));
}

/** Names in the tool map that stand for one process which ends. */
function goneNames({ jobs, legacy }: Instance, stays: ReadonlySet<string>): Set<string> {
  const ids = new Set(jobs.handling.handlers.map(({ id }) => id.value));
  for (const server of legacy?.servers ?? []) ids.add(server.name.value);
  const tags = new Set(jobs.handling.handlers.flatMap((one) => one.tags?.map((tag) => tag.value) ?? []));
  const used = jobs.tools.flatMap(({ handler }) => (handler ? [handler.value] : []));
  const mule = /^main\.job-handlers(?:\.[^.]+)?\.\d+$/;
  return new Set(used.filter((one) => !stays.has(one) && !tags.has(one) && (ids.has(one) || mule.test(one))));
}

function named(
  server: LegacyServer,
  byId: ReadonlyMap<string, StaticHandler>,
  { jobs }: Instance,
  processes: readonly Process[],
): NamedHandler {
  const process = processes.find((one) => one.serverName?.value === server.name.value);
  const pools = process?.pools.map((one) => one.value) ?? [];
  return {
    name: server.name.value,
    pools: pools.length > 0 ? pools : poolsOf(byId.get(server.name.value), jobs.handling.default?.value),
    likeness: process ? likeness(process) : '',
  };
}

/** What makes two handlers of one kind: everything a group says once for all. */
function likeness({ env, umask, startTimeout, stopTimeout }: Process): string {
  return JSON.stringify([
    env.map(({ name, value }) => [name, value.value]),
    umask.value,
    startTimeout.value,
    stopTimeout.value,
  ]);
}

// The tag that is the default is no tag any more: its members are in the pool for whatever names no handler.
function poolsOf(handler: StaticHandler | undefined, fallback: string | undefined): string[] {
  const tags = (handler?.tags ?? []).map((one) => one.value).filter((one) => one !== '');
  const general =
    tags.length === 0 ||
    tags.includes(defaultTag) ||
    (fallback !== undefined && (tags.includes(fallback) || fallback === handler?.id.value));
  const own = tags.filter((one) => one !== defaultTag && one !== fallback).map((one) => `${jobPool}.${one}`);
  return general ? [jobPool, ...own, workflowPool] : own;
}

/** Farms of mules: one group for each; its names were the farm's and cannot be kept. */
function muleGroups({ legacy }: Instance): HandlerGroup[] {
  const farms = legacy?.uwsgi?.farms ?? [];
  const ownScheduler = farms.some((one) => one.name.value === workflowPool);
  return farms.flatMap(({ name: { value: farm }, mules }): HandlerGroup[] => {
    if (mules.length === 0) return [];
    const tag = farm.startsWith(`${jobPool}.`) ? farm.slice(jobPool.length + 1) : undefined;
    if (farm !== jobPool && tag === undefined && farm !== workflowPool) return [];
    const key = farm === jobPool ? 'handler' : (tag ?? 'workflow');
    const pools = farm === jobPool && !ownScheduler ? [jobPool, workflowPool] : [farm];
    const one = mules.length === 1 && /\d$/.test(key);
    return [
      {
        key,
        processes: mules.length,
        ...(one ? { nameTemplate: '{name}_{process}' } : {}),
        pools,
        names: mules.map((_, index) => `${key}_${index}`),
      },
    ];
  });
}
