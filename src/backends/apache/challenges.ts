// Where an ACME client puts its challenges, which nothing else may answer.

import { map } from '../../model/located.ts';
import { type ApacheContext, put } from './context.ts';
import * as grammar from './escape.ts';

export interface Challenges {
  /** The folder; empty where there is none. */
  readonly challenges: string;
  /** The section about it. */
  readonly tag: string;
  readonly webroot: string;
}

/** Undefined when the folder was refused. */
export function acmeChallenges(context: ApacheContext): Challenges | undefined {
  const { acmeWebroot } = context.plan.settings.tls;
  if (!acmeWebroot) return { challenges: '', tag: '', webroot: '' };
  const folder = map(acmeWebroot, (path) => `${path.replace(/\/+$/, '')}/.well-known/acme-challenge/`);
  const section = grammar.directory(folder.value);
  const challenges = put(context, folder, grammar.argument, 'a directory');
  const webroot = put(context, folder, () => section.path, 'a directory');
  return challenges === undefined || webroot === undefined
    ? undefined
    : { challenges, tag: section.tag, webroot };
}
