// The record of a deployment in a manifest: its leaves and who owns jobs, so that a later run can tell what changed since.
// A secret is recorded as a hash only, and never in words.

import type { Deployment } from '../model/deployment.ts';
import { type Fact, secretMask } from '../model/fact.ts';
import { factsOf } from '../model/facts.ts';
import { spanOf } from '../model/located.ts';
import { type JobOwner, jobOwners } from '../model/owners.ts';
import type { Plain } from '../syntax/tree.ts';
import { position } from '../text/source.ts';

export interface Snapshot {
  readonly facts: readonly Fact[];
  readonly owners: readonly JobOwner[];
}

type Hash = (bytes: Uint8Array) => string;

/** What a deployment is, in the form in which records are compared: secrets are hashes. */
export function snapshotOf(deployment: Deployment, hashOf: Hash): Snapshot {
  return { facts: factsOf(deployment).map((one) => hashed(one, hashOf)), owners: jobOwners(deployment) };
}

// The path keeps equal secrets of different options apart.
function hashed(fact: Fact, hashOf: Hash): Fact {
  if (fact.shown === undefined) return fact;
  const text = `${fact.instance}\0${fact.path.join('\0')}\0${JSON.stringify(fact.value)}`;
  return { ...fact, value: { hash: hashOf(new TextEncoder().encode(text)) } };
}

/** The record as JSON, for a file that only its owner reads. */
export function toRecord({ facts, owners }: Snapshot): Plain {
  return {
    version: 1,
    facts: facts.map(({ instance, path, value, shown, origin, place }): Plain => {
      const span = origin && spanOf({ value, origin });
      const at = span ? `${span.source.path}:${position(span.source, span.start).line}` : place;
      return [instance, [...path], value, at ?? null, ...(shown === undefined ? [] : [shown])];
    }),
    owners: owners.map(({ instance, name, kind }) => [instance, name, kind]),
  };
}

/** A record that `toRecord` made; undefined for anything else. */
export function fromRecord(record: Plain | undefined): Snapshot | undefined {
  if (typeof record !== 'object' || record === null || Array.isArray(record) || record.version !== 1)
    return undefined;
  const { facts, owners } = record;
  if (!Array.isArray(facts) || !Array.isArray(owners)) return undefined;
  const read = facts.map(readFact);
  const owned = owners.map(readOwner);
  if (read.includes(undefined) || owned.includes(undefined)) return undefined;
  return { facts: read as Fact[], owners: owned as JobOwner[] };
}

function readFact(row: Plain): Fact | undefined {
  if (!Array.isArray(row) || row.length < 4) return undefined;
  const [instance, path, value, place, shown] = row;
  if (typeof instance !== 'string' || !isTexts(path) || value === undefined) return undefined;
  return {
    instance,
    path,
    value,
    ...(typeof place === 'string' ? { place } : {}),
    // A record that was tampered with shows no more than a mask.
    ...(shown === undefined
      ? {}
      : { shown: typeof value === 'object' && value !== null && 'hash' in value ? shown : secretMask }),
  };
}

function readOwner(row: Plain): JobOwner | undefined {
  if (!isTexts(row)) return undefined;
  const [instance, name, kind] = row;
  if (instance === undefined || name === undefined || (kind !== 'process' && kind !== 'tag'))
    return undefined;
  return { instance, name, kind };
}

function isTexts(value: Plain | undefined): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
