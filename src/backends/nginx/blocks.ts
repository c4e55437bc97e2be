// The layout `blocks`: what a server that exists includes.

import { isClaimed } from '../../model/proxy/remote-user.ts';
import type { OutputFile } from '../backend.ts';
import type { Front } from '../front.ts';
import { makeContext } from './context.ts';
import { httpPart } from './http.ts';
import { serverPart, toolsPart } from './server.ts';

export function blocks(input: Front): OutputFile[] {
  const { plan, templates, file, comment } = input;
  const context = makeContext(input, undefined);
  const server = serverPart(context);
  const tools = plan.tools ? toolsPart(plan.tools, context) : '';
  if (server === undefined) return [];
  const http = httpPart(context, `${server}${tools}`);
  if (http === undefined) return [];
  const files = [
    { path: `${file}-upstream.conf`, text: templates('nginx/upstream-file', { comment, http }), mode: 0o644 },
    {
      path: `${file}-locations.conf`,
      text: templates('nginx/locations-file', { comment, claimed: isClaimed(plan.remoteUser), server }),
      mode: 0o644,
    },
  ];
  if (tools === '') return files;
  const text = templates('nginx/tools-file', { comment, server: tools });
  return [...files, { path: `${file}-interactivetools.conf`, text, mode: 0o644 }];
}
