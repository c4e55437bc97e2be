// A deployment from the text of its files, for tests of what is done with one.

import { memoryHost } from '../../src/host/memory.ts';
import type { Deployment } from '../../src/model/deployment.ts';
import { compile } from '../../src/pipeline.ts';
import { asset } from './deployments.ts';

/** @param files in /srv/galaxy/config, beside `galaxy.yml`, which is the first */
export function compiled(text: string, files: Readonly<Record<string, string>> = {}): Deployment {
  const all = { 'gxgen.yml': 'release: "24.1"\ngunicorn_version: "23.0"\n', ...files, 'galaxy.yml': text };
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: Object.fromEntries(Object.entries(all).map(([name, one]) => [`config/${name}`, one])),
    asset,
  });
  return compile({ files: ['config/galaxy.yml'], allowUnknown: false, advice: false }, host).deployment;
}
