// The layout `blocks`: what a virtual host that exists includes.

import type { OutputFile } from '../backend.ts';
import type { Front } from '../front.ts';
import { makeContext } from './context.ts';
import { modulesOf } from './modules.ts';
import { galaxyPart, serverPart, toolsPart } from './server.ts';

export function blocks(input: Front): OutputFile[] {
  const { templates, file, comment } = input;
  const context = makeContext(input, undefined);
  const galaxy = galaxyPart(context);
  const tools = toolsPart(context);
  const server = serverPart(context, `${galaxy}${tools}`);
  if (galaxy === undefined || tools === undefined || server === undefined) return [];
  const modules = modulesOf(`${server}${galaxy}${tools}`).join(' ');
  const texts = [
    ['upstream', templates('apache/server-file', { comment, modules, server })],
    ['locations', templates('apache/locations-file', { comment, host: galaxy })],
    ['interactivetools', tools === '' ? '' : templates('apache/tools-file', { comment, host: tools })],
  ] as const;
  return texts.flatMap(([name, text]) =>
    text === '' ? [] : [{ path: `${file}-${name}.conf`, text, mode: 0o644 }],
  );
}
