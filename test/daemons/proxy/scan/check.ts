// What a check of an nginx configuration is, and the questions about the tree that several of them ask.

import { type Directive, walk } from './syntax.ts';

export interface Check {
  readonly name: string;
  /** A configuration that has the mistake; the tests run it. */
  readonly bad: string;
  /** Lines with the mistake. */
  find(tree: readonly Directive[]): number[];
}

type Found = { directive: Directive; around: readonly Directive[] };

/** A check of single directives. */
export function each(name: string, bad: string, wrong: (found: Found) => boolean): Check {
  return {
    ...{ name, bad },
    find: (tree) => [...walk(tree)].filter(wrong).map(({ directive }) => directive.line),
  };
}

export const header = (name: string) => `server { location / { proxy_pass http://galaxy; ${name} } }`;
export const inLocation = (around: readonly Directive[]) =>
  around.findLast(({ name }) => name === 'location');
export const own = ({ block = [] }: Directive, name: string) => block.filter((one) => one.name === name);

/** What holds in a block: its own directives of a name, or those of the nearest block around that has any. */
export function inherited(name: string, blocks: readonly Directive[]): readonly Directive[] {
  const at = blocks.findLast((one) => own(one, name).length > 0);
  return at ? own(at, name) : [];
}

export const passes = ['proxy_pass', 'uwsgi_pass'];

/** The headers that a block sends upstream, in lower case, with the place that says so. */
export function sent(blocks: readonly Directive[]): Map<string, string> {
  const headers = inherited('proxy_set_header', blocks).map(
    ({ args: [name = '', value = ''] }) => [name.toLowerCase(), value] as const,
  );
  const params = inherited('uwsgi_param', blocks)
    .filter(({ args: [name = ''] }) => name.startsWith('HTTP_'))
    .map(
      ({ args: [name = '', value = ''] }) =>
        [name.slice(5).toLowerCase().replaceAll('_', '-'), value] as const,
    );
  return new Map([...headers, ...params]);
}

// Interactive tools and uploads are not asked who the user is.
export const toGalaxy = (directive: Directive) =>
  /\/\/galaxy(_\w+)?$|^galaxy/.test(directive.args[0] ?? '') &&
  !/_(tusd|tools|reports)/.test(directive.args[0] ?? '');

export function servers(tree: readonly Directive[]): { server: Directive; around: readonly Directive[] }[] {
  // What stands outside of every server holds for all of them.
  const http: Directive = { name: 'http', args: [], line: 0, block: tree };
  return tree.filter(({ name }) => name === 'server').map((server) => ({ server, around: [http] }));
}

export function secured(server: Directive): boolean {
  return own(server, 'listen').some(({ args }) => args.includes('ssl'));
}
