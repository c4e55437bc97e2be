// Secret values where people look: a file that holds one also has a form with masks.

import type { Process } from '../model/deployment.ts';
import { map } from '../model/located.ts';

/** What stands for a secret value. */
export const mask = '********';

/** The process with a mask for the value of every secret variable. */
export function maskSecrets(process: Process): Process {
  if (!hasSecrets(process)) return process;
  return {
    ...process,
    env: process.env.map((one) => (one.secret ? { ...one, value: map(one.value, () => mask) } : one)),
  };
}

export function hasSecrets(process: Process): boolean {
  return process.env.some((one) => one.secret);
}
