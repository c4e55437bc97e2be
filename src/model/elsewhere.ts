// What `elsewhere` in gxgen.yml says: rules about absence ask here before they miss anything.

import type { Deployment, Role } from './deployment.ts';

/** What supervisor files start, where such were given. */
const startedRoles: readonly Role[] = ['job-handlers', 'workflow-schedulers'];

/** True when one of the roles is played by processes that the model does not have: on another machine, or started by supervisor files. */
export function isElsewhere(deployment: Deployment, ...roles: readonly Role[]): boolean {
  const { started } = deployment;
  return (
    isOnOtherMachine(deployment, ...roles) ||
    (started !== undefined && roles.some((role) => startedRoles.includes(role)))
  );
}

/** True when one of the roles runs on a machine that these files do not describe. */
export function isOnOtherMachine(deployment: Deployment, ...roles: readonly Role[]): boolean {
  return deployment.elsewhere.some(({ value }) => roles.includes(value));
}
