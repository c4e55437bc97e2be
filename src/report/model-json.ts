// The model as JSON for other programs; its form is schemas/model.schema.json.

import type { Deployment } from '../model/deployment.ts';
import type { Origin } from '../model/located.ts';
import { looksSecret } from '../model/secrets.ts';
import type { Plain } from '../syntax/tree.ts';
import { position, type Span } from '../text/source.ts';
import { version } from '../version.ts';
import { mask } from './secrets.ts';

/** Every leaf as `{value, from}`; secret values are masked. */
export function modelJson(deployment: Deployment): Plain {
  return {
    version: 1,
    tool: { name: 'gxgen', version },
    ...(convert(deployment) as { [key: string]: Plain }),
  };
}

function convert(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value as Plain;
  if (isSpan(value)) return place(value);
  const secret = isSecretPair(value);
  if ('value' in value && 'origin' in value) return located(value.value, value.origin as Origin);
  const out: { [key: string]: Plain } = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const hidden = secret && key === 'value' && isLocated(item);
    // The same value as it is written.
    if (secret && key === 'raw') out[key] = mask;
    else out[key] = hidden ? located(mask, item.origin) : convert(item);
  }
  return out;
}

/** True for a name and its value that is secret: marked so, or by its name and form, as parameters of a runner are. */
function isSecretPair(pair: object): boolean {
  if ('secret' in pair && pair.secret === true) return true;
  if (!('name' in pair && 'value' in pair && isLocated(pair.value))) return false;
  const name = isLocated(pair.name) ? pair.name.value : pair.name;
  const { value } = pair.value;
  return typeof name === 'string' && typeof value === 'string' && looksSecret(name, value);
}

function located(value: unknown, origin: Origin): Plain {
  return {
    value: typeof value === 'object' ? masked('', value as Plain) : convert(value),
    from: describe(origin),
  };
}

/** A value with parts, without those that are secret by their key, or by the name beside them. */
function masked(name: string, value: Plain): Plain {
  if (Array.isArray(value)) return value.map((one) => masked(name, one));
  if (isLocated(value)) return convert(value);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' && looksSecret(name, value) ? mask : convert(value);
  const label = typeof value.name === 'string' ? value.name : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      masked(label !== undefined && key === 'value' ? label : key, item),
    ]),
  );
}

function describe(origin: Origin): string {
  if (origin.kind === 'source') return place(origin.span);
  if (origin.kind === 'default') return 'default';
  return `derived from ${origin.from}${origin.span ? ` (${place(origin.span)})` : ''}`;
}

function place({ source, start }: Span): string {
  const { line, column } = position(source, start);
  return `${source.path}:${line}:${column}`;
}

function isSpan(value: object): value is Span {
  return 'source' in value && 'start' in value && 'end' in value;
}

function isLocated(value: unknown): value is { value: unknown; origin: Origin } {
  return typeof value === 'object' && value !== null && 'value' in value && 'origin' in value;
}
