// The differences from Gravity that are meant, each with its reason. The suite fails on a difference that is not here,
// and on an entry here that nothing needs any more.

import { galaxySections } from './case.ts';
import type { Found } from './compare.ts';
import { type Target, words } from './effective.ts';
import { sorted } from './systemd-units.ts';

export interface Difference {
  readonly id: string;
  readonly reason: string;
  /** Absent: in both targets. */
  readonly target?: Target;
  /** True when this entry accounts for the difference, its two values included. */
  explains(found: Found): boolean;
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What Gravity puts behind the virtual environment: the stand-in systemctl and supervisord's own, see tools.ts. */
const gravityBase = '/peer/sbin:/peer/bin';

/** A directive (or option) with exactly these two values; undefined: it is not there. */
function exactly(field: string, gravity: string | undefined, gxgen: string | undefined) {
  return (found: Found) => found.field === field && found.gravity === gravity && found.gxgen === gxgen;
}

export const differences: readonly Difference[] = [
  {
    id: 'path',
    reason: 'PATH is the same in every target and on every machine; Gravity takes it from where it runs',
    explains: ({ field, gravity, gxgen, one: { virtualenv } }) =>
      field === 'env.PATH' &&
      virtualenv !== null &&
      gravity === `${virtualenv}/bin/:${gravityBase}` &&
      gxgen === `${virtualenv}/bin:${systemPath}`,
  },
  {
    id: 'path-literal',
    reason:
      'a PATH that the file sets is taken as written (with a note); Gravity puts the virtualenv in front',
    explains: ({ field, gravity, gxgen, one: { virtualenv } }) =>
      field === 'env.PATH' && gxgen !== undefined && gravity === `${virtualenv}/bin/:${gxgen}`,
  },
  {
    id: 'handler-config',
    reason: 'handlers get GALAXY_CONFIG_FILE beside -c, because their Celery client reads it',
    explains: ({ field, gravity, gxgen, pair }) => {
      const argv = JSON.parse(pair.gxgen?.fields.get('argv') ?? '[]') as string[];
      return (
        field === 'env.GALAXY_CONFIG_FILE' &&
        gravity === undefined &&
        argv.includes('./scripts/galaxy-main') &&
        argv[argv.indexOf('-c') + 1] === gxgen
      );
    },
  },
  {
    id: 'literal-environment',
    reason:
      'values of the environment are literal (with a warning); Gravity reads them as Python format strings',
    explains: ({ field, gravity, gxgen, pair }) => {
      if (!field.startsWith('env.') || gxgen === undefined) return false;
      const fields: Record<string, string | undefined> = {
        '{{': '{',
        '}}': '}',
        '{galaxy_root}': pair.gravity?.fields.get('cwd'),
        '{galaxy_conf}': pair.gravity?.fields.get('env.GALAXY_CONFIG_FILE'),
      };
      return gxgen.replace(/\{\{|\}\}|\{[a-z_]+\}/g, (all) => fields[all] ?? all) === gravity;
    },
  },
  {
    id: 'pinned-gunicorn',
    reason:
      '--no-control-socket also where the pin has a marker or comment behind it, which Gravity cannot read',
    explains: ({ field, gravity, gxgen, one }) =>
      field === 'argv' &&
      /marker|comment/.test(one.name) &&
      gxgen === gravity?.replace(/\]$/, ',"--no-control-socket"]'),
  },
  {
    id: 'sessions-map',
    reason:
      'interactivetoolsproxy_map wins, as Galaxy does it and Gravity documents it; Gravity never looks at it',
    explains: ({ field, gravity, gxgen, one }) => {
      if (field !== 'argv' || gravity === undefined || gxgen === undefined) return false;
      const [left, right] = [JSON.parse(gravity) as string[], JSON.parse(gxgen) as string[]];
      const at = left.indexOf('--sessions') + 1;
      const maps = galaxySections(one).map((section) => section.interactivetoolsproxy_map);
      return at > 0 && maps.includes(right[at] ?? '') && words(left.with(at, right[at] ?? '')) === gxgen;
    },
  },
  {
    id: 'no-tusd-hooks',
    reason:
      'hooks_enabled_events "" switches the hooks off, as documented; Gravity leaves the option without a value',
    explains: ({ field, gravity, gxgen }) =>
      field === 'argv' &&
      gravity?.endsWith('"-hooks-enabled-events"]') === true &&
      gxgen === gravity.replace(/\]$/, ',""]'),
  },
  {
    id: 'job-config-precedence',
    reason:
      'job_config wins over job_config_file, as in Galaxy (with a warning); Gravity starts what the file names',
    explains: ({ field, one }) =>
      (field === 'presence' || field === 'wants') &&
      galaxySections(one).some(({ job_config, job_config_file }) => job_config && job_config_file),
  },
  {
    id: 'relative-programs',
    target: 'supervisor',
    reason:
      'a relative path counts from the Galaxy root, through env; supervisord looks from where it was started',
    explains: ({ field, gravity, pair }) => {
      const argv = JSON.parse(pair.gravity?.fields.get('argv') ?? '[]') as string[];
      return field === 'wrapper' && gravity === undefined && /^[^/].*\//.test(argv[0] ?? '');
    },
  },
  {
    id: 'secrets',
    target: 'systemd',
    reason: 'secret variables stand in a file of mode 0600 beside the unit, which everyone can read',
    explains: ({ field, gravity, gxgen, id }) =>
      field === 'environmentFile' &&
      gravity === undefined &&
      gxgen === `/etc/systemd/system/${id.replace(/service$/, 'env')}`,
  },
  {
    id: 'bare-names',
    target: 'systemd',
    reason:
      'a program without a path is started through env, because systemd does not search the PATH of the service',
    explains: ({ field, gravity, pair }) => {
      const argv = JSON.parse(pair.gravity?.fields.get('argv') ?? '[]') as string[];
      return field === 'wrapper' && gravity === undefined && !argv[0]?.includes('/');
    },
  },
  {
    id: 'state-directory',
    target: 'systemd',
    reason: 'the folder of the beat schedule is made before the start; Gravity leaves that to its own `exec`',
    explains: ({ field, gravity, gxgen, id }) =>
      field === 'directive.Service.ExecStartPre' &&
      gravity === undefined &&
      id.endsWith('-celery-beat.service') &&
      /^\/bin\/mkdir -p -- \S+\/gravity$/.test(gxgen ?? ''),
  },
  {
    id: 'type',
    target: 'systemd',
    reason:
      'a start that fails is reported: Type=exec, or notify for gunicorn where a start timeout is written',
    explains: ({ field, gravity, gxgen }) =>
      (field === 'directive.Service.Type' &&
        gravity === 'simple' &&
        (gxgen === 'exec' || gxgen === 'notify')) ||
      (field === 'directive.Service.NotifyAccess' && gravity === undefined && gxgen === 'main'),
  },
  {
    id: 'restart-delay',
    target: 'systemd',
    reason:
      'five seconds between restarts, so that a crash at the start does not end them for good after half a second',
    explains: exactly('directive.Service.RestartSec', undefined, '5'),
  },
  {
    id: 'accounting',
    target: 'systemd',
    reason: 'only memory accounting is asked for: the other two are on by default, or gone from systemd',
    explains: ({ field, gravity, gxgen }) =>
      /^directive\.Service\.(CPU|BlockIO)Accounting$/.test(field) && gravity === 'yes' && gxgen === undefined,
  },
  {
    id: 'install',
    target: 'systemd',
    reason: 'only the target is wanted by multi-user.target; services are wanted by their target',
    explains: exactly('directive.Install.WantedBy', 'multi-user.target', undefined),
  },
  {
    id: 'after',
    target: 'systemd',
    reason: 'units wait until the network is up, not only until it is being set up',
    explains: ({ field, gravity, gxgen, id }) =>
      (field === 'directive.Unit.After' &&
        gravity === 'network.target | time-sync.target' &&
        gxgen === 'network-online.target time-sync.target') ||
      (field === 'wants' &&
        id.endsWith('.target') &&
        gxgen === sorted([...(gravity ?? '').split(' '), 'network-online.target'])),
  },
  {
    id: 'preload-in-extra-args',
    target: 'systemd',
    reason: '--preload in extra_args counts as preload: a reload would keep the old code',
    explains: ({ field, gxgen, pair }) =>
      field === 'reload' &&
      gxgen === undefined &&
      (pair.gravity?.fields.get('argv') ?? '').includes('"--preload"'),
  },
];
