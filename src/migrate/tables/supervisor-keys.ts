// `[program:*]` of hand-written supervisor files: what each key becomes.

import { dropped, kept, moved, type Outcome, replaced, undecided } from '../outcome.ts';

/** What the program was, as far as its keys go different ways. */
export type ProgramPart = 'web' | 'handler' | 'galaxy' | 'foreign';

const rotation = 'the size of logs is for logrotate or the journal';
const always = 'Gravity restarts what ends, always';

type Rule = (value: string, part: ProgramPart) => Outcome;

const section = (part: ProgramPart) => (part === 'handler' ? 'gravity.handlers' : 'gravity.gunicorn');

const rules: Readonly<Record<string, Rule>> = {
  command: (_, part) => replaced(section(part), 'Gravity makes the command line from its settings'),
  process_name: (_, part) =>
    part === 'handler' ? moved('gravity.handlers.*.name_template') : dropped('Gravity names its services'),
  numprocs: (value, part) =>
    part === 'handler'
      ? moved('gravity.handlers.*.processes')
      : value.trim() === '1'
        ? dropped('one process is the default')
        : replaced('gravity.gunicorn.workers', 'processes of one server are its workers', true),
  numprocs_start: (value) =>
    value.trim() === '0'
      ? dropped('numbers begin at 0')
      : replaced(
          'gravity.handlers',
          'numbers of Gravity begin at 0, so each handler has a key of its own',
          true,
        ),
  directory: () => moved('gravity.galaxy_root'),
  user: () =>
    moved('gravity.galaxy_user', 'for systemd, as supervisord of Gravity runs as whoever starts it'),
  umask: () => moved('gravity.umask', 'as text, so that YAML does not read it as a number'),
  environment: (_, part) =>
    moved(
      part === 'handler' ? 'gravity.handlers.*.environment' : 'gravity.gunicorn.environment',
      'the report lists which variables stay',
    ),
  autostart: (value, part) =>
    /^(?:true|yes|on|1)$/i.test(value.trim())
      ? dropped('Gravity starts everything')
      : part === 'web'
        ? replaced('gravity.gunicorn', 'the second zergling is a member of the list, and runs all the time')
        : undecided(
            'it was started by hand',
            ['it is started with the others', 'leave it out until it is needed'],
            section(part),
          ),
  autorestart: () => dropped(always),
  startsecs: (_, part) => moved(`${section(part)}.start_timeout`),
  stopwaitsecs: (_, part) => moved(`${section(part)}.stop_timeout`),
  stopsignal: () => dropped('Gravity stops everything by TERM, which Galaxy understands'),
  stopasgroup: () => dropped('Gravity always stops the whole group'),
  killasgroup: () => dropped('Gravity always stops the whole group'),
  priority: () => dropped('nothing has to be started in order any more'),
  startretries: () => dropped(always),
  exitcodes: () => dropped(always),
  stdout_logfile: () => moved('gravity.log_dir', 'its directory; the file is named after the service'),
  stderr_logfile: () => moved('gravity.log_dir', 'its directory; the file is named after the service'),
  redirect_stderr: () => dropped('Gravity writes both into one log'),
  stdout_logfile_maxbytes: () => dropped(rotation),
  stdout_logfile_backups: () => dropped(rotation),
  stderr_logfile_maxbytes: () => dropped(rotation),
  stderr_logfile_backups: () => dropped(rotation),
  stdout_capture_maxbytes: () => dropped(rotation),
  stderr_capture_maxbytes: () => dropped(rotation),
  stdout_events_enabled: () => dropped('Gravity has no events'),
  stderr_events_enabled: () => dropped('Gravity has no events'),
  serverurl: () => dropped('Gravity sets up supervisord itself'),
};

/** The fate of a key of a program. */
export function supervisorKey(key: string, value: string, part: ProgramPart): Outcome {
  if (part === 'foreign') return kept(undefined, 'it is no process of Galaxy, and stays in supervisor');
  const name = key.toLowerCase();
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  return rule?.(value, part) ?? dropped(`supervisord knows no "${name}", so it never had an effect`, true);
}
