// How an administrator puts generated files into place: each where its first lines say that it belongs.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from './web-server.ts';

export type Part = 'site' | 'upstream' | 'locations' | 'interactivetools';

/** What `galaxy-site.conf` and the like are, by the end of their names. */
export function partOf(name: string): Part | undefined {
  return /-(site|upstream|locations|interactivetools)\.conf$/.exec(name)?.[1] as Part | undefined;
}

/** The generated files of a folder. */
export function filesIn(folder: string): Map<Part, string> {
  const parts = readdirSync(folder).flatMap((name) => {
    const part = partOf(name);
    return part ? [[part, join(folder, name)] as const] : [];
  });
  if (parts.length === 0) throw new Error(`no files in ${folder}`);
  return new Map(parts);
}

/** The text at the http or server level that includes the files; blocks get servers of their own, on port 80. */
export function around(
  kind: Kind,
  files: ReadonlyMap<Part, string>,
  names: { readonly name: string; readonly tools: string },
): string {
  const include = (part: Part) => {
    const path = files.get(part);
    if (path === undefined) return '';
    return kind === 'nginx' ? `include "${path}";` : `Include "${path}"`;
  };
  if (files.has('site')) return include('site');
  const server = (name: string, part: Part) => {
    if (!files.has(part)) return '';
    return kind === 'nginx'
      ? `server {\n  listen 127.0.0.1:80;\n  server_name ${name};\n  ${include(part)}\n}`
      : `<VirtualHost *:80>\n  ServerName ${name.replace('*', 'tools')}\n  ServerAlias ${name}\n  ${include(part)}\n</VirtualHost>`;
  };
  return [include('upstream'), server(names.name, 'locations'), server(names.tools, 'interactivetools')].join(
    '\n',
  );
}

/** The modules that generated files for Apache name in their head. */
export function modulesOf(texts: readonly string[]): string[] {
  const named = texts.flatMap((text) => [...text.matchAll(/^# *(?:a2enmod|Modules:) +(.*)$/gm)]);
  return [...new Set(named.flatMap(([, words = '']) => words.trim().split(/ +/)))];
}
