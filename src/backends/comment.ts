// The first line of every file: where it comes from. No time and no host, so that the same input gives the same bytes.

import type { Instance } from '../model/deployment.ts';
import { oneLine } from './kernel.ts';

/** @param sign what starts a comment in the file */
export function comment(sign: string, instance: Instance): string {
  return `${sign} Made by gxgen from ${oneLine(instance.gravityFile.value)}. Change that file, not this one.`;
}
