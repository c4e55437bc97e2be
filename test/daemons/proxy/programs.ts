// The real programs behind and in front: which Python packages carry the servers, and what stands where the
// configuration says that Galaxy's virtualenv has its programs.

import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Python, pythonWith } from '../../peers/python.ts';

const probes = join(import.meta.dirname, 'probe');

let known: Python | undefined;

/** An environment with gunicorn, uvicorn and Paste from the Python registry. */
export function servers(): Python {
  known ??= pythonWith([
    ...['gunicorn==27.0.1', 'uvicorn==0.54.0', 'websockets==17.4', 'PyYAML==6.0.4'],
    ...['Paste==3.10.1', 'PasteDeploy==3.1.0'],
  ]);
  return known;
}

/** Puts the programs of a virtualenv where they are looked for. */
export function installPrograms(virtualenv: string, tusd: string, python: string): void {
  const script = (path: string, ...lines: string[]) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\n`);
    chmodSync(path, 0o755);
  };
  const bin = (name: string) => join(virtualenv, 'bin', name);
  // Not the script of the package: it names the folder in which the environment was made, before it was moved.
  script(bin('gunicorn'), `exec ${python} -m gunicorn "$@"`);
  script(bin('python'), `exec ${python} "$@"`);
  script(bin('npx'), `exec ${python} ${join(probes, 'interactive_probe.py')} "$@"`);
  script(tusd, `exec ${python} ${join(probes, 'tusd_probe.py')} "$@"`);
  writeFileSync(join(virtualenv, 'pyvenv.cfg'), 'home = /usr/bin\nversion = 3.11\n');
  // Debian's uWSGI has Python as a plugin, with Debian's interpreter; the packages are plain Python, good for both.
  const packages = join(dirname(python), '../lib');
  const folders = readdirSync(packages).map((name) => join(packages, name, 'site-packages'));
  const path = `export PYTHONPATH=${folders.join(':')}\${PYTHONPATH:+:$PYTHONPATH}`;
  script(bin('uwsgi'), path, 'exec /usr/bin/uwsgi --plugin python3 "$@"');
}

/** A Galaxy root with the probes where Galaxy has its applications. */
export function installGalaxy(root: string, release: string): void {
  const files: Record<string, string> = {
    'lib/galaxy/version.py': `VERSION_MAJOR = "${release}"\n`,
    'lib/galaxy/web_stack/gunicorn_config.py': '',
    'lib/galaxy/webapps/galaxy/fast_factory.py': 'from galaxy_probe import factory\n',
    'lib/galaxy/webapps/galaxy/workers.py':
      'from uvicorn.workers import UvicornWorker\n\n\nclass Worker(UvicornWorker):\n    pass\n',
    'lib/galaxy/webapps/galaxy/buildapp.py': 'from legacy_probe import app_factory, uwsgi_app\n',
    'lib/galaxy/web/buildapp.py': 'from legacy_probe import app_factory\n',
    'lib/galaxy/webapps/reports/fast_factory.py': 'from reports_probe import factory\n',
    'scripts/galaxy-main': 'import signal\n\nsignal.pause()\n',
    'requirements.txt': 'gunicorn==23.0.0\n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  for (const name of ['galaxy_probe', 'reports_probe', 'legacy_probe'])
    copyFileSync(join(probes, `${name}.py`), join(root, 'lib', `${name}.py`));
  copyFileSync(join(probes, 'paster.py'), join(root, 'scripts/paster.py'));
}
