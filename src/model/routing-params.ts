// The one parameter that Galaxy keeps to itself: `enabled`.

import type { Param } from './routing.ts';

const truths: ReadonlySet<string> = new Set(['true', 'yes', 'on', 'y', 't', '1']);

/** Takes the parameter `enabled` out of the others: Galaxy asks it whether to load the runner or destination at all. */
export function splitEnabled(params: readonly Param[]): {
  readonly enabled?: Param;
  readonly params: readonly Param[];
} {
  const enabled = params.findLast((one) => one.name.value === 'enabled');
  return enabled ? { enabled, params: params.filter((one) => one.name.value !== 'enabled') } : { params };
}

/**
 * Whether Galaxy loads a runner or a destination; undefined when that is decided by its environment or another file.
 * Text is true for the words of Galaxy's `asbool`.
 */
export function isEnabled({ enabled }: { readonly enabled?: Param }): boolean | undefined {
  if (!enabled) return true;
  if (enabled.from) return undefined;
  const { value } = enabled.value;
  return typeof value === 'string' ? isTruth(value) : Boolean(value);
}

/** True for the words that Galaxy takes for true. */
export function isTruth(text: string): boolean {
  return truths.has(text.trim().toLowerCase());
}
