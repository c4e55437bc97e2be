// What the parts of nginx's files have in common.

import type { Located } from '../../model/located.ts';
import type { ProxyPlan } from '../../model/proxy/plan.ts';
import type { Templates } from '../../schema/templates.ts';
import type { Carry } from '../carry.ts';
import type { Escaped } from '../kernel.ts';

export interface NginxContext {
  readonly plan: ProxyPlan;
  readonly templates: Templates;
  readonly carry: Carry;
  /** What Galaxy is told as its own name. */
  readonly host: string;
  /** The scheme people use. */
  readonly scheme: string;
  /** What stands before a path to make an address of it. */
  readonly origin: string;
  /** The value of Strict-Transport-Security; empty where this file does not send it. */
  readonly hsts: string;
  /** A variable that holds a dollar sign. */
  readonly dollar: string;
  /** Headers that Galaxy trusts the proxy with, and what they are set to. */
  readonly headers: readonly { readonly name: string; readonly param: string; readonly value: string }[];
}

/** A value that a route carries; `undefined` when it was refused, which has been reported. */
export function put<T>(
  { carry }: NginxContext,
  located: Located<T>,
  form: (value: T) => Escaped,
  what: string,
): string | undefined {
  return carry(form(located.value), what, located);
}

/** `300s` */
export function seconds({ value }: Located<number>): string {
  return `${value}s`;
}

/** Twice a size such as `32k`. */
export function twice(size: string): string {
  return size.replace(/^\d+/, (digits) => String(2 * Number(digits)));
}
