import { flag } from '../model/arguments.ts';
import type { Deployment, Endpoint, Instance } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';
import { isLoopback, isWildcard } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const portClaimedTwice: Rule = {
  code: 'GX500',
  name: 'port-claimed-twice',
  severity: 'error',
  summary: 'Two processes of one machine are to listen on the same port.',
  why: 'The one that starts second cannot listen, ends, and is restarted over and over.',
  source:
    'gunicorn 22: "Connection in use"; Gravity checks no ports, and the default of every instance is localhost:8080',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: localhost:1080\n  tusd:\n    enable: true\n    upload_dir: /srv/galaxy/tus\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/tus\n`,
      ),
    },
    at: 'galaxy.yml:6:11',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: localhost:8080\n  tusd:\n    enable: true\n    upload_dir: /srv/galaxy/tus\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/tus\n`,
      ),
    },
  }),
  check(deployment, report) {
    const seen = new Map<number, Listener[]>();
    for (const one of listeners(deployment)) {
      const earlier = seen.get(one.port) ?? [];
      const other = earlier.find((listener) => collide(listener, one));
      earlier.push(one);
      seen.set(one.port, earlier);
      if (!other) continue;
      const place = spanOf(one.origin) ?? spanOf(other.origin) ?? one.instance.place;
      const label = spanOf(one.origin) && spanOf(other.origin);
      const wide = isWildcard(one.host) ? one : other;
      const where = isWildcard(wide.host) && one.host !== other.host ? `, ${wide.name} on all addresses` : '';
      report(
        finding(this, `${one.name} and ${other.name} both listen on port ${one.port}${where}`, place, {
          ...(label ? { labels: [{ span: label, text: `${other.name} listens here` }] } : {}),
          help: `give ${one.name} a port of its own`,
        }),
      );
    }
  },
};

type Listener = Extract<Endpoint, { kind: 'tcp' }> & {
  readonly name: string;
  readonly instance: Instance;
  /** gunicorn was told to share its port. */
  readonly shares: boolean;
};

function listeners({ instances, named }: Deployment): Listener[] {
  return instances.flatMap((instance) =>
    instance.services.flatMap(({ processes }) =>
      processes.flatMap((process) =>
        process.listens.flatMap((one) => {
          if (one.kind !== 'tcp') return [];
          const name = named ? `"${process.name}" of "${instance.name.value}"` : `"${process.name}"`;
          return [{ ...one, name, instance, shares: flag(process, ['--reuse-port']) !== undefined }];
        }),
      ),
    ),
  );
}

// Names other than those of the machine itself are not looked up: two of them may be two addresses.
function collide(a: Listener, b: Listener): boolean {
  if (a.port !== b.port || (a.shares && b.shares)) return false;
  if (a.host === b.host) return true;
  if (isWildcard(a.host) || isWildcard(b.host)) {
    const [wildcard, other] = isWildcard(a.host) ? [a.host, b.host] : [b.host, a.host];
    // 0.0.0.0 leaves the IPv6 addresses alone; [::] takes both kinds.
    return wildcard.includes(':') || isWildcard(other) || !other.includes(':');
  }
  return isLoopback(a.host) && isLoopback(b.host) && ![a.host, b.host].includes('::1');
}
