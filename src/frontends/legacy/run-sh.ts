// What run.sh added to the command line of uWSGI from 18.01 to 21.09, unless the file has it. Source:
// scripts/get_uwsgi_args.py of release_20.01.

import type { UwsgiOption } from '../../model/legacy.ts';
import { byDefault, derived, type Located, map, spanOf } from '../../model/located.ts';

// An address of any kind replaces the usual one, and a mount the module.
const instead: Readonly<Record<string, readonly string[]>> = {
  virtualenv: ['home', 'venv', 'pyhome'],
  pythonpath: ['python-path', 'pp'],
  http: ['httprouter', 'socket', 'uwsgi-socket', 'suwsgi-socket', 'ssl-socket'],
  module: ['mount'],
};

export function runShArguments(
  options: readonly UwsgiOption[],
  virtualenv: Located<string> | undefined,
  root: Located<string>,
): Located<string>[] {
  const keys = new Set(options.map((one) => one.key));
  const isSet = (name: string) => [name, ...(instead[name] ?? [])].some((one) => keys.has(one));
  const out: Located<string>[] = [];
  const add = (name: string, ...values: (string | Located<string>)[]) => {
    if (isSet(name)) return;
    if (values.length === 0) out.push(byDefault(`--${name}`));
    for (const value of values)
      out.push(byDefault(`--${name}`), typeof value === 'string' ? byDefault(value) : value);
  };
  const inRoot = (url: string, path: string) =>
    derived(`${url}=${root.value}/${path}`, 'the Galaxy root', spanOf(root));
  add('module', 'galaxy.webapps.galaxy.buildapp:uwsgi_app()');
  if (virtualenv)
    add(
      'virtualenv',
      map(virtualenv, (path) => path),
    );
  add('pythonpath', 'lib');
  add('threads', '4');
  add('buffer-size', '16384');
  add('http', 'localhost:8080');
  add('static-map', inRoot('/static', 'static'), inRoot('/favicon.ico', 'static/favicon.ico'));
  add('die-on-term');
  add(
    'hook-master-start',
    'unix_signal:2 gracefully_kill_them_all',
    'unix_signal:15 gracefully_kill_them_all',
  );
  add('enable-threads');
  add('py-call-osafterfork');
  return out;
}
