// The `yaml` package, loaded for who needs the whole of YAML: most files do not, and loading it takes longer than
// reading them.

import { createRequire } from 'node:module';

type Package = typeof import('yaml');

let loaded: Package | undefined;

/** The package itself. In the bundle, `require` loads the copy beside it. */
export function yamlPackage(): Package {
  loaded ??= (
    typeof require === 'function' ? require('yaml') : createRequire(import.meta.url)('yaml')
  ) as Package;
  return loaded;
}
