import { spanOf } from '../model/located.ts';
import { inEnvironment, switchedOn, textOption } from '../model/options.ts';
import { openListens, webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const remoteUserUnprotected: Rule = {
  code: 'GX551',
  name: 'remote-user-unprotected',
  severity: 'error',
  summary: 'The proxy says who a user is, and other machines can reach Galaxy past the proxy.',
  why: "Whoever connects to the port writes the header with the user's name, and is that user.",
  source:
    'Galaxy: lib/galaxy/web/framework/middleware/remoteuser.py: without remote_user_secret nothing is checked',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: 0.0.0.0:8080\n`, `  use_remote_user: true\n`) },
    at: 'galaxy.yml:9:20',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: localhost:8080\n`, `  use_remote_user: true\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const used = switchedOn(instance, 'use_remote_user');
      if (
        !used ||
        textOption(instance, 'remote_user_secret') ||
        inEnvironment(instance, 'remote_user_secret')
      )
        continue;
      const open = webServers(instance).flatMap(openListens)[0];
      if (!open) continue;
      const label = spanOf(open.origin);
      report(
        finding(this, 'users are whoever the proxy says, and everybody can pose as the proxy', spanOf(used), {
          ...(label ? { labels: [{ span: label, text: 'open to other machines' }] } : {}),
          help: 'bind to localhost or a unix socket, or write remote_user_secret and let the proxy send it as the header GX_SECRET',
        }),
      );
    }
  },
};
