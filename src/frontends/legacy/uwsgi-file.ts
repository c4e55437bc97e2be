// What makes a galaxy.yml one of 18.01 to 21.09. In a file of its own: every run asks, and few go on to read it.

import { get, type Node } from '../../syntax/tree.ts';

/** True for a YAML file with `uwsgi:` that Gravity knows nothing of. */
export function isUwsgiYaml(root: Node | undefined): boolean {
  return root?.kind === 'map' && get(root, 'uwsgi') !== undefined && get(root, 'gravity') === undefined;
}
