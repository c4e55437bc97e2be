// Who is who: which servers of a legacy configuration serve the web, which handle jobs, which do neither, and why.

import type { LegacyOption, LegacyServer, ServerClass } from '../../model/legacy.ts';
import { type Located, spanOf, written } from '../../model/located.ts';
import type { Handling } from '../../model/routing.ts';
import type { Span } from '../../text/source.ts';

/** A `[server:*]` as the classification sees it. */
export interface SectionServer {
  readonly name: string;
  readonly header: Span;
  readonly settings: readonly LegacyOption[];
  /** `enable_job_running` of its file, where it is written. */
  readonly runsJobs?: boolean;
}

/** A process that a program starts under a name of Galaxy's. */
export interface StartedServer {
  readonly name: Located<string>;
  readonly form: 'paste' | 'webless';
  readonly program: Located<string>;
  readonly pooled: boolean;
}

export interface Clues {
  readonly sections: readonly SectionServer[];
  readonly started: readonly StartedServer[];
  /** True when the files that start the processes were named. */
  readonly programsKnown: boolean;
  readonly handling: Handling;
  /** True when there is a job configuration file; the job options of the INI have no effect then. */
  readonly jobFile: boolean;
  readonly uwsgi: boolean;
  /** Names that the mules of farms have: `main.job-handlers.1`. */
  readonly mules: readonly { readonly name: string; readonly place: Located<string> }[];
  readonly application: 'galaxy' | 'reports' | 'tool-shed' | 'unknown';
  option(name: string): Located<string> | undefined;
  /** The other host that starts a handler of that name. */
  hostOf(id: string): string | undefined;
}

/** Every server there is: sections, then what only programs start, then mules, then handlers that nothing starts. */
export function classify(clues: Clues): LegacyServer[] {
  const ids = new Map<string, Handling['handlers'][number]>();
  for (const one of clues.handling.handlers) if (!ids.has(one.id.value)) ids.set(one.id.value, one);
  const started = new Map(clues.started.map((one) => [one.name.value, one]));
  const servers: LegacyServer[] = clues.sections.map((section) => {
    const by = started.get(section.name);
    const handler = ids.get(section.name);
    const [kind, reasons] = classOf(section, by, handler !== undefined, clues);
    return {
      name: written(section.name, section.header),
      class: kind,
      form: by?.form ?? 'paste',
      reasons,
      section: section.header,
      ...(by ? { program: by.program } : {}),
      ...handlerFacts(handler),
      settings: section.settings,
    };
  });
  const named = new Set(servers.map((one) => one.name.value));
  for (const one of clues.started) {
    if (named.has(one.name.value)) continue;
    named.add(one.name.value);
    const handler = ids.get(one.name.value);
    const form = one.form === 'webless' ? 'is started without a web server' : 'is started under Paste';
    const reasons = [
      `program "${one.program.value}" starts it, and it ${form}`,
      ...(handler ? ['the job configuration lists it'] : one.pooled ? ['it is attached to a pool'] : []),
    ];
    const kind = one.form === 'webless' || handler ? 'handler' : 'web';
    servers.push({
      name: one.name,
      class: kind,
      form: one.form,
      reasons,
      program: one.program,
      ...handlerFacts(handler),
      settings: [],
    });
  }
  for (const { name, place } of clues.mules) {
    named.add(name);
    const handler = ids.get(name);
    const reasons = ['a mule of a farm'];
    servers.push({
      name: { ...place, value: name },
      class: 'handler',
      form: 'mule',
      reasons,
      ...handlerFacts(handler),
      settings: [],
    });
  }
  for (const [id, handler] of ids) {
    if (named.has(id) || (id === 'main' && clues.uwsgi)) continue;
    const host = clues.hostOf(id);
    const reasons = [
      'the job configuration lists it',
      ...(host === undefined ? [] : [`its name has the host "${host}"`]),
      clues.programsKnown ? 'no section and no program has this name' : 'no section has this name',
    ];
    servers.push({
      name: handler.id,
      class: 'orphan',
      form: 'none',
      reasons,
      ...(host === undefined ? {} : { host }),
      ...handlerFacts(handler),
      settings: [],
    });
  }
  return servers;
}

function handlerFacts(handler: Handling['handlers'][number] | undefined) {
  const handlerId = handler && spanOf(handler.id);
  return {
    ...(handlerId ? { handlerId } : {}),
    tags: (handler?.tags ?? []).map((one) => one.value),
  };
}

function classOf(
  section: SectionServer,
  by: StartedServer | undefined,
  listed: boolean,
  clues: Clues,
): [ServerClass, string[]] {
  const { name } = section;
  const start = by ? [`program "${by.program.value}" starts it`] : [];
  const alone = clues.sections.length === 1;
  if (name === '') return ['unused', ['it has no name that anything could start it by']];
  if (clues.application === 'reports' || clues.application === 'tool-shed')
    return [
      'other',
      [`the application is ${clues.application === 'reports' ? 'the reports' : 'a tool shed'}`],
    ];
  if (listed && (name === 'main' || alone) && !clues.uwsgi && alone && by?.form !== 'webless')
    return ['all-in-one', [...start, 'the job configuration lists it', 'there is no other server']];
  if (listed) return ['handler', [...start, 'the job configuration lists it']];
  if (by?.pooled) return ['handler', [...start, 'it is attached to a pool']];
  const legacy = clues.jobFile ? undefined : jobOptionClass(section, clues);
  if (legacy) return [legacy[0], [...start, legacy[1]]];
  if (section.runsJobs === false) return ['web', [...start, '"enable_job_running" is off in its file']];
  if (section.runsJobs === true && !alone)
    return ['handler', [...start, '"enable_job_running" is on in its file']];
  if (by?.form === 'webless') return ['handler', [...start, 'it is started without a web server']];
  if (clues.uwsgi)
    return ['unused', [...start, 'uWSGI serves the web', 'the job configuration does not list it']];
  const anyHandlers = clues.handling.handlers.length > 0;
  if (/^(?:handler|job|runner)/i.test(name)) {
    if (!anyHandlers && !clues.jobFile) return ['handler', [...start, 'its name']];
    if (!by) return ['unused', ['its name is that of a handler', 'the job configuration does not list it']];
    return ['handler', [...start, 'its name', 'the job configuration does not list it']];
  }
  if (/^manager/i.test(name)) return ['manager', [...start, 'its name']];
  if (clues.programsKnown && !by && clues.started.length > 0) return ['unused', ['no program starts it']];
  if (alone && !anyHandlers)
    return ['all-in-one', [...start, 'there is no other server, and no handler is listed']];
  return ['web', [...start, /^(?:web|main)/i.test(name) ? 'its name' : 'nothing makes it a handler']];
}

// Options of releases before job_conf.xml; each is a list of names and falls back to the name of the server itself.
function jobOptionClass({ name }: SectionServer, { option }: Clues): [ServerClass, string] | undefined {
  const names = (key: string) =>
    (option(key)?.value ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  for (const key of ['job_handlers', 'default_job_handlers'])
    if (names(key).includes(name)) return ['handler', `"${key}" lists it`];
  if (names('job_manager').includes(name)) return ['manager', '"job_manager" names it'];
  return undefined;
}
