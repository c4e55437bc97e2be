// Static content, which the web server hands out itself, and everything around it that it must not.

import * as assert from 'uvu/assert';
import type { Scenario } from '../scenario.ts';
import { type Question, question, refused, withoutSecret } from './question.ts';

const script = ['application/javascript', 'text/javascript'];

/** Questions about files below `static` and below the plugins. */
export function files({ prefix, era }: Scenario): Question[] {
  const file = (name: string, path: string, text: string, ...types: string[]) =>
    question(name, prefix + path, (answer) => {
      assert.is(answer.status, 200);
      assert.is(answer.body.toString(), text);
      assert.ok(
        types.includes(answer.header('content-type')?.split(';')[0] ?? ''),
        answer.header('content-type'),
      );
      if (path.startsWith('/static/')) assert.match(answer.header('cache-control') ?? '', 'max-age=86400');
    });
  // Whatever becomes of these: nothing of the disk comes back.
  const outside = (name: string, path: string) =>
    question(name, prefix + path, (answer) => {
      withoutSecret(answer);
      assert.ok([200, 301, 400, 403, 404].includes(answer.status), String(answer.status));
    });
  const application = (name: string, path: string) =>
    question(name, prefix + path, (answer) => {
      withoutSecret(answer);
      assert.ok(answer.body.includes('"raw_path"'), `not the application: ${answer.status} ${answer.body}`);
    });
  // Paste's Galaxy had no such route: there it is a path like any other.
  const plugins =
    era === 'paste'
      ? [application('plugin: a path of Galaxy', '/plugins/visualizations/charts/static/logo.svg')]
      : [
          file(
            'plugin: an image',
            '/plugins/visualizations/charts/static/logo.svg',
            '<svg xmlns="http://www.w3.org/2000/svg"/>',
            'image/svg+xml',
          ),
          file(
            'plugin: a script one level below',
            '/plugins/visualizations/charts_bar/static/script.js',
            'void 1;',
            ...script,
          ),
        ];
  return [
    file('static: a style sheet', '/static/style/base.css', 'body { color: black }', 'text/css'),
    file('static: a module script', '/static/dist/module.mjs', 'export const answer = 42;', ...script),
    file('static: a name with a blank', '/static/dist/name%20with%20space.js', 'void 0;', ...script),
    file('static: the welcome page', '/static/welcome.html', '<h1>welcome</h1>', 'text/html'),
    file(
      'static: a link of a plugin',
      '/static/plugins/visualizations/overview/static/overview.js',
      'void 2;',
      ...script,
    ),
    file('favicon', '/favicon.ico', 'the icon', 'image/x-icon', 'image/vnd.microsoft.icon'),
    file('robots', '/robots.txt', 'User-agent: *\nDisallow: /\n', 'text/plain'),
    ...plugins,
    question(
      'static: HEAD',
      `${prefix}/static/style/base.css`,
      (answer) => {
        assert.is(answer.status, 200);
        assert.is(answer.header('content-length'), '21');
      },
      { method: 'HEAD' },
    ),
    question('static: not there', `${prefix}/static/none.css`, refused(404)),
    question('static: a folder', `${prefix}/static/dist/`, refused(403, 404)),
    question('static: a folder without its slash', `${prefix}/static/dist`, (answer) => {
      withoutSecret(answer);
      assert.not.match(answer.header('location') ?? '', 'evil');
      assert.ok([301, 403, 404].includes(answer.status), String(answer.status));
    }),
    question('static: a hidden folder', `${prefix}/static/.git/config`, refused(403, 404)),
    question('static: a hidden file', `${prefix}/static/dist/.env`, refused(403, 404)),
    question('static: an encoded hidden file', `${prefix}/static/dist/%2eenv`, refused(403, 404)),
    application('a neighbour of static', '/static_old/x.txt'),
    application('static and two dots in its name', '/static../config/galaxy.yml'),
    // uWSGI has a rule of its own for the icon, by how a path begins.
    ...(era === 'uwsgi' ? [] : [application('a neighbour of the favicon', '/favicon.icoX')]),
    application('a neighbour of robots', '/robots.txt.bak'),
    application('plugin: not a static file', '/plugins/visualizations/charts/config/charts.xml'),
    application('plugin: a neighbour of static', '/plugins/visualizations/charts/staticx/secret.txt'),
    outside('static: out by two dots', '/static/../config/galaxy.yml'),
    outside('static: out by encoded dots', '/static/%2e%2e/config/galaxy.yml'),
    outside('static: out by an encoded slash', '/static/..%2fconfig%2fgalaxy.yml'),
    outside('static: out by all of it encoded', '/static/%2e%2e%2fconfig%2fgalaxy.yml'),
    outside('static: out by twice encoded dots', '/static/%252e%252e/config/galaxy.yml'),
    outside('static: out by a backslash', '/static/..%5cconfig%5cgalaxy.yml'),
    outside('static: out by a slash more', '/static//../config/galaxy.yml'),
    outside('plugin: out by two dots', '/plugins/visualizations/charts/static/../config/charts.xml'),
    outside(
      'plugin: out by an encoded slash',
      '/plugins/visualizations/charts/static/..%2fconfig%2fcharts.xml',
    ),
    outside('plugin: two dots for a name', '/plugins/visualizations/%2e%2e/static/config.js'),
  ];
}
