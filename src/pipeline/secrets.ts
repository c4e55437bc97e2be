// Where the secrets of a compilation stand.

import type { Deployment } from '../model/deployment.ts';
import type { Located } from '../model/located.ts';
import { looksSecret } from '../model/secrets.ts';
import { secretSpans } from '../schema/secret-spans.ts';
import type { Node } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';

/** Options of the galaxy section that are secret by nature, and in every file what is secret by its name or form. */
export function secretPlaces(trees: readonly Node[], deployment: Deployment): Span[] {
  const spans = trees.flatMap((tree) => secretSpans('galaxy-yml', tree));
  const add = ({ origin }: Located<unknown>) => {
    if (origin.kind === 'source') spans.push(origin.span);
  };
  for (const { options, jobs } of deployment.instances) {
    for (const { secret, value } of options) if (secret) add(value);
    // Parameters and variables in XML; those in YAML are found in the trees.
    for (const { params } of [...jobs.runners, ...jobs.destinations, ...jobs.tools]) {
      for (const { name, value, lost } of params) {
        if (looksSecret(name.value, String(value.value))) add(value);
        if (lost && looksSecret(name.value, lost.source.text.slice(lost.start, lost.end))) spans.push(lost);
      }
    }
    for (const { env } of jobs.destinations) {
      for (const { name, value } of env)
        if (value && looksSecret(name?.value ?? '', String(value.value))) add(value);
    }
  }
  return spans;
}
