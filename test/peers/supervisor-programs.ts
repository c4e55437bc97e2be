// The processes of a supervisord configuration, from supervisor's own option parser (see driver.py).

import type { Driver } from './driver.ts';
import type { Effective } from './effective.ts';
import { mask, unwrap, words } from './effective.ts';

/** What supervisord itself has on its PATH, for `%(ENV_PATH)s`. */
export const supervisordPath = '/peer/sbin:/peer/bin';

interface Program {
  readonly group: string;
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** @param conf the main configuration file; its includes are followed by supervisor. */
export async function readPrograms(driver: Driver, conf: string): Promise<Effective[]> {
  const answer = await driver.ask({ do: 'programs', conf, path: supervisordPath });
  if (!answer.ok) throw new Error(`supervisor refuses ${conf}: ${answer.error}`);
  return (answer.programs as Program[]).map(effective).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function effective({ group, name, options }: Program): Effective {
  const fields = new Map<string, string>();
  const set = (field: string, value: string) => fields.set(field, value);
  for (const [key, value] of Object.entries(options)) {
    switch (key) {
      case 'name':
      case 'command':
        break;
      case 'argv':
        set('argv', words(unwrap(value as string[], set)));
        break;
      case 'environment':
        for (const [variable, content] of Object.entries(value as Record<string, string>))
          set(`env.${variable}`, content);
        break;
      case 'directory':
        set('cwd', String(value));
        break;
      case 'umask':
        if (value !== null) set('umask', mask(Number(value).toString(8)));
        break;
      case 'uid':
        if (value !== null) set('user', String(value));
        break;
      case 'startsecs':
        set('startTimeout', String(value));
        break;
      case 'stopwaitsecs':
        set('stopTimeout', String(value));
        break;
      case 'stdout_logfile':
        set('log', String(value));
        break;
      default:
        set(`option.${key}`, JSON.stringify(value));
    }
  }
  // `gunicorn` and not `gunicorn:gunicorn` is what people type.
  return { id: group === name ? name : `${group}:${name}`, fields };
}
