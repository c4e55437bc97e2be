// The upstream as Galaxy's and Gravity's documentation has it: the members, and nothing else. It takes the place of the
// generated one, for a comparison.

import type { Kind } from './web-server.ts';

/** Changes generated text: the block of members keeps its name and loses everything that gxgen says about them. */
export function naive(kind: Kind): (text: string) => string {
  return kind === 'nginx' ? naiveNginx : naiveApache;
}

function naiveNginx(text: string): string {
  return replaced(text, /upstream "?(\w+)"? \{[^}]*\}/, (name, block) => {
    const members = [...block.matchAll(/server\s+("[^"]*"|\S+?)[\s;]/g)].map(
      ([, socket]) => `  server ${socket};`,
    );
    return `upstream ${name} {\n${members.join('\n')}\n}`;
  });
}

// The documented `ProxyPass / unix:SOCKET|http://localhost/`, once for each socket.
function naiveApache(text: string): string {
  return replaced(text, /<Proxy "?balancer:\/\/(\w+)"?>[\s\S]*?<\/Proxy>/, (name, block) => {
    const members = [...block.matchAll(/unix:([^|"]*)\|/g)].map(
      ([, socket]) => `  BalancerMember "unix:${socket}|http://localhost"`,
    );
    return `<Proxy "balancer://${name}">\n${members.join('\n')}\n</Proxy>`;
  });
}

function replaced(text: string, pattern: RegExp, write: (name: string, block: string) => string): string {
  const [block = '', name = ''] = pattern.exec(text) ?? [];
  const written = write(name, block);
  if (written.split('\n').length !== 4) throw new Error(`no block with two members in\n${text}`);
  return text.replace(block, () => written);
}
