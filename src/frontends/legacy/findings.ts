// What is to be said about the servers of a legacy configuration.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type LegacyServer, serverWords } from '../../model/legacy.ts';
import { spanOf } from '../../model/located.ts';
import { basename } from '../../model/paths.ts';
import { reportSection } from './findings-paste.ts';
import { isOfSomeHost } from './host-names.ts';
import type { LegacyDraft } from './index.ts';
import { uwsgiEndpoints } from './listens.ts';
import { uwsgiValue } from './uwsgi-options.ts';

export function reportServers(
  draft: LegacyDraft,
  servers: readonly LegacyServer[],
  handlersElsewhere: boolean,
  report: Report,
): void {
  const programsKnown = draft.programs.some((one) => one.program.role !== 'other');
  for (const server of servers) {
    const { name, class: kind, section, reasons } = server;
    if (kind === 'orphan') {
      // Where the host is not known, that has been said where its name is asked for.
      if (handlersElsewhere || (draft.hostName === undefined && isOfSomeHost(name.value, draft.programs)))
        continue;
      if (server.host !== undefined) {
        report(
          problem(
            'GX902',
            `nothing that was read starts handler "${name.value}", which is of the host "${server.host}" by its name`,
            spanOf(name),
            {
              severity: draft.hostName === undefined ? 'warning' : 'info',
              help: `if that host starts it, write elsewhere: [job-handlers] in gxgen.yml`,
            },
          ),
        );
        continue;
      }
      report(
        problem('GX902', `nothing that was read starts handler "${name.value}"`, spanOf(name), {
          severity: programsKnown ? 'error' : 'warning',
          why: 'jobs that are given to it are never run',
          help: programsKnown
            ? 'start it, or remove it from the job configuration when no job is left to it'
            : 'name the file that starts it: --supervisor FILE',
        }),
      );
    } else if (kind === 'unused') {
      report(
        problem('GX903', `server "${name.value}" is unused: ${reasons.join(', ')}`, section, {
          help: 'remove it, or name what starts it: --supervisor FILE',
        }),
      );
    }
    if (section) reportSection(server, report);
    if (section && needsWords(server))
      report(problem('GX901', `server "${name.value}" is taken for ${serverWords(server)}`, section));
  }
  reportConfigs(draft, report);
  reportConditions(draft, report);
  const { uwsgi } = draft.facts;
  const started = draft.programs.some((one) => /^(?:uwsgi|zerg)/.test(one.program.role));
  if (
    uwsgi &&
    !started &&
    uwsgiEndpoints(uwsgi.options).length === 0 &&
    !uwsgiValue(uwsgi.options, 'zerg') &&
    draft.facts.form === 'ini'
  )
    report(
      problem('GX912', 'uWSGI is given no address', uwsgi.place, {
        help: 'add socket = 127.0.0.1:4001, or name what starts it: --supervisor FILE',
      }),
    );
  // Of a command that could not be worked out nobody knows whose it is, and that has been said.
  for (const { program, processes } of draft.programs)
    if (program.role === 'other' && processes.length > 0)
      report(
        problem(
          'GX195',
          `program "${program.name.value}" is not of Galaxy and stays where it is`,
          spanOf(program.name),
        ),
      );
}

// Where the name and the job configuration do not tell by themselves.
function needsWords({ class: kind, name, handlerId, program }: LegacyServer): boolean {
  if (kind === 'manager' || kind === 'other') return true;
  if (kind === 'handler') return !handlerId && !program;
  return kind === 'web' && !/^(?:web|main)/i.test(name.value);
}

function reportConfigs({ programs, facts, opened }: LegacyDraft, report: Report): void {
  const { uwsgi } = facts;
  if (uwsgi && opened.inis.length === 0 && !opened.yaml) {
    const named = uwsgiValue(uwsgi.options, 'galaxy_config_file');
    report(
      problem(
        'GX910',
        named
          ? `Galaxy reads "${named.value.value}", which is not among the files`
          : 'none of the files holds the options of Galaxy',
        named?.place ?? uwsgi.place,
        {
          why: 'this one is for uWSGI alone',
          help: named ? 'name that file too' : 'name its galaxy.yml or galaxy.ini too',
        },
      ),
    );
  }
  const known = new Set(facts.files.map((one) => basename(one.path)));
  for (const { program } of programs) {
    const path = program.configFile;
    if (path === undefined || program.role === 'reports' || known.has(basename(path))) continue;
    const place = program.settings.find((one) => one.key === 'command')?.value;
    report(
      problem(
        'GX910',
        `program "${program.name.value}" reads "${path}", which is not among the files`,
        spanOf(place),
        {
          help: 'name that file too',
        },
      ),
    );
  }
}

// Only what the model is made of: the rest of uWSGI decides for itself.
const decisive =
  /^(?:socket|uwsgi-socket|http|http-socket|https|processes|workers|threads|zerg|mule|farm|virtualenv|home|chdir|module|mount)$/;

function reportConditions({ facts }: LegacyDraft, report: Report): void {
  for (const { key, when, place } of facts.uwsgi?.options ?? [])
    if (when !== undefined && decisive.test(key))
      report(
        problem('GX173', `whether "${key}" counts depends on the server: ${when.join(', ')}`, place, {
          why: 'gxgen leaves it out, because it does not look at the server',
          help: 'move it out of the condition if it always holds there',
        }),
      );
}
