import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { infrastructureUrl, isPublic, openListens, webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const singleUserExposed: Rule = {
  code: 'GX553',
  name: 'single-user-exposed',
  severity: 'error',
  summary: 'Everybody is the same user without logging in, and other machines can reach Galaxy.',
  why: "Whoever opens the page has that user's data, and the administration if the user is an administrator.",
  source: 'Galaxy: single_user, with its warning in the options reference',
  since: '16.07',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: 0.0.0.0:8080\n`, `  single_user: admin@example.org\n`),
    },
    at: 'galaxy.yml:9:16',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: localhost:8080\n`,
        `  single_user: admin@example.org\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const user = textOption(instance, 'single_user');
      if (!user) continue;
      const listens = webServers(instance).flatMap(({ processes }) =>
        processes.flatMap((one) => one.listens),
      );
      const open = webServers(instance).flatMap(openListens)[0];
      const socket = listens.find((one) => one.kind === 'unix');
      const url = isPublic(instance) ? infrastructureUrl(instance)?.origin : undefined;
      const reason = open?.origin ?? url ?? socket?.origin;
      if (!reason) continue;
      const label = spanOf(reason);
      report(
        finding(this, `everybody who opens Galaxy is "${user.value}"`, spanOf(user), {
          // A proxy may ask for a password of its own.
          ...(open ? {} : { severity: 'warning' }),
          ...(label ? { labels: [{ span: label, text: 'how others get here' }] } : {}),
          help: 'remove single_user, or bind to localhost and use it on this machine only',
        }),
      );
    }
  },
};
