// The new files compiled as they will be on the server, and compared with the old ones.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join, within } from '../model/paths.ts';
import { type Compilation, compile } from '../pipeline.ts';
import type { MigrationOptions, MigrationPlan } from './plan.ts';
import { type Proof, prove } from './proof.ts';

export interface Verified {
  readonly compilation: Compilation;
  /** What validation says about the new files. */
  readonly diagnostics: readonly Diagnostic[];
  readonly proof: Proof;
}

export function verify(plan: MigrationPlan, host: Host, options: MigrationOptions): Verified {
  const compilation = compile(
    {
      files: [join(plan.configDir, 'galaxy.yml')],
      ...(options.to === undefined ? {} : { galaxyVersion: options.to }),
      allowUnknown: false,
      advice: false,
    },
    withNewFiles(host, plan),
  );
  const [after] = compilation.deployment.instances;
  const asked = new Map(
    plan.gravity.questions.map((one) => [one.about.replace('galaxy_', ''), `${one.why}: to be decided`]),
  );
  const proof: Proof = after
    ? prove({
        before: plan.instance,
        after,
        release: options.from ?? plan.instance.legacy?.era.until,
        pathsOf: plan.pathsOf,
        strategy: plan.strategy,
        web: plan.web,
        rows: plan.galaxy.rows,
        accounts: plan.accounts,
        added: plan.added,
        asked,
        keepRelative: options.keepRelative,
        converted: plan.jobs.converted,
      })
    : { compared: 0, differences: [] };
  return { compilation, diagnostics: compilation.diagnostics, proof };
}

/** The machine with the new files where they belong, and without the code of the old Galaxy. */
function withNewFiles(host: Host, plan: Pick<MigrationPlan, 'configDir' | 'files' | 'instance'>): Host {
  const texts = new Map(
    plan.files.map((one) => [join(plan.configDir, one.path), new TextEncoder().encode(one.text)]),
  );
  const code = join(plan.instance.root.value, 'lib/galaxy');
  const isOld = (path: string) =>
    within(code, path) !== undefined ||
    path === join(plan.configDir, 'gxgen.yml') ||
    path === join(plan.instance.root.value, 'requirements.txt');
  return {
    ...host,
    read(path) {
      const bytes = texts.get(path);
      if (bytes) return { ok: true, bytes };
      return isOld(path) ? { ok: false, reason: 'missing', message: 'no such file' } : host.read(path);
    },
    kind: (path) => (texts.has(path) ? 'file' : isOld(path) ? undefined : host.kind(path)),
  };
}
