// What `elsewhere` in gxgen.yml says: rules about absence ask here before they miss anything.

import type { Deployment, Role } from './deployment.ts';

/** True when one of the roles runs on a machine that these files do not describe. */
export function isElsewhere(deployment: Deployment, ...roles: readonly Role[]): boolean {
  return deployment.elsewhere.some(({ value }) => roles.includes(value));
}
