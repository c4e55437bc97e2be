// The differences from Gravity that are meant, each with its reason. The suite fails on a difference that is not here,
// and on an entry here that nothing needs any more.

import type { Found } from './compare.ts';
import type { Target } from './effective.ts';

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

export const differences: readonly Difference[] = [
  {
    id: 'path',
    reason:
      'PATH is the same in every target and on every machine; Gravity takes what the compiling machine or supervisord has',
    explains: ({ field, gravity, gxgen, virtualenv }) =>
      field === 'env.PATH' &&
      virtualenv !== null &&
      gravity === `${virtualenv}/bin/:${gravityBase}` &&
      gxgen === `${virtualenv}/bin:${systemPath}`,
  },
];
