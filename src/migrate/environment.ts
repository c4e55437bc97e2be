// Variables of old processes: which ones a new process needs, and why the others go.

import type { Process } from '../model/deployment.ts';
import { looksSecret } from '../model/secrets.ts';

export interface KeptVariable {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly note?: string;
}

export interface Variables {
  readonly kept: readonly KeptVariable[];
  readonly gone: readonly { readonly name: string; readonly why: string }[];
}

/** @param process a process of the old deployment */
export function variablesOf({ env }: Pick<Process, 'env'>): Variables {
  const kept: KeptVariable[] = [];
  const gone: { name: string; why: string }[] = [];
  for (const { name, value, secret } of env) {
    const why = reasonToGo(name, value.value);
    if (why !== undefined) {
      gone.push({ name, why });
      continue;
    }
    const cleaned = name === 'PYTHONPATH' ? pythonPath(value.value) : value.value;
    const note = noteOn(name, cleaned);
    kept.push({
      name,
      value: cleaned,
      secret: secret || looksSecret(name, cleaned),
      ...(note === undefined ? {} : { note }),
    });
  }
  return { kept, gone };
}

function reasonToGo(name: string, value: string): string | undefined {
  if (name === 'PATH') return 'Gravity puts the virtualenv in front of the path';
  if (name === 'VIRTUAL_ENV') return 'Gravity sets it from the virtualenv';
  if (name === 'PYTHON_EGG_CACHE') return 'there are no eggs any more';
  if (name === 'PYTHONHOME') return 'the virtualenv tells where Python is';
  if (name === 'PYTHONPATH' && pythonPath(value) === '')
    return 'it named eggs, or lib, which Gravity sets itself';
  if (name === 'GALAXY_CONFIG_FILE') return 'Gravity sets it';
  return undefined;
}

/** What is left of the path without eggs and Galaxy's own library. */
function pythonPath(value: string): string {
  const parts = value
    .split(':')
    .filter((one) => one !== '' && !/(?:^|\/)eggs(?:\/|$)|\.egg$|(?:^|\/)lib\/?$/.test(one));
  return parts.length === 0 ? '' : ['lib', ...parts].join(':');
}

function noteOn(name: string, value: string): string | undefined {
  if (/^GALAXY_CONFIG_OVERRIDE_/.test(name)) return 'it wins over the option in galaxy.yml';
  if (/^GALAXY_CONFIG_/.test(name)) return 'it counts only while galaxy.yml does not set the option';
  if (/[{}]/.test(value)) return 'Gravity itself would take the braces for a place to fill in';
  return undefined;
}
