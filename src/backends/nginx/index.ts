// The back end nginx: files to include in a server that exists, or a whole site.

import type { Backend } from '../backend.ts';
import { renderFronts } from '../front.ts';
import { blocks } from './blocks.ts';
import { site } from './site.ts';

export const nginx: Backend = {
  name: 'nginx',
  summary: 'what nginx needs to stand in front of Galaxy',
  layouts: [
    { name: 'blocks', summary: 'upstreams for its http block, and locations for a server you have' },
    { name: 'site', summary: 'a whole site with TLS, from `proxy` in gxgen.yml' },
  ],
  render(deployment, options, templates, report) {
    const whole = options.layout === 'site';
    const form = { server: 'nginx', whole, draw: whole ? site : blocks } as const;
    return renderFronts(deployment, form, templates, report);
  },
};
