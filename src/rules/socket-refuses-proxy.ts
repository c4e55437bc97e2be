import { lastArgument } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const socketRefusesProxy: Rule = {
  code: 'GX565',
  name: 'socket-refuses-proxy',
  severity: 'warning',
  summary: 'The socket of a web server is made so that the proxy may not connect to it.',
  why: 'The proxy runs as another account; to people, Galaxy is down.',
  source: 'gunicorn: umask; it makes its socket with this mask, whatever the process has',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(socket('077')) },
    at: 'galaxy.yml:7:17',
    good: { 'galaxy.yml': galaxyYml(socket('007')) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const same = instance.proxy?.user && instance.proxy.user.value === instance.user?.value;
      for (const process of same ? [] : webServers(instance).flatMap(({ processes }) => processes)) {
        const mask = lastArgument(process, ['--umask', '-m']);
        const socket = process.listens.find(({ kind }) => kind === 'unix');
        // A mask that begins with 0 is octal, any other is decimal.
        const bits =
          mask &&
          Number(/^0o?[0-7]+$/.test(mask.value) ? `0o${mask.value.replace(/^0o?/, '') || '0'}` : mask.value);
        // To connect takes the right to write.
        if (!mask || !socket || bits === undefined || !(bits & 0o020) || !(bits & 0o002)) continue;
        report(
          finding(
            this,
            `only the account of Galaxy may connect to the socket of "${process.name}"`,
            spanOf(mask),
            {
              help: 'write --umask=007 and put the account of the proxy into the group of Galaxy',
            },
          ),
        );
      }
    }
  },
};

function socket(mask: string): string {
  return `  gunicorn:
    bind: unix:/srv/galaxy/run/gunicorn.sock
    extra_args: --forwarded-allow-ips="*" --umask=${mask}
`;
}
