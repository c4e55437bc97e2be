// The headers that Galaxy believes: removed in every spelling a client could use, then set to what is true.

import { complete } from '../carry.ts';
import type { ApacheContext } from './context.ts';
import * as grammar from './escape.ts';

// Apache adds X-Forwarded-For and X-Forwarded-Host itself, and passes names with "_" on, which Python's servers take for
// those with "-".
const untrusted = [
  ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Server', 'X-Forwarded-Proto', 'X-URL-SCHEME'],
  ...['X-Real-IP', 'Remote-User', 'GX-Secret', 'SCRIPT-NAME', 'PATH-INFO'],
];

/** Names to remove. */
export function removedHeaders({ plan }: ApacheContext): string[] {
  const own = plan.remoteUser.header.value;
  const named = 'text' in grammar.headerName(own) ? [own] : [];
  return [...new Set([...untrusted, ...named])].flatMap(spellings);
}

/** What follows `RequestHeader set` for every program behind the proxy. */
export function setHeaders({ plan }: ApacheContext): string[] {
  const { name, settings } = plan;
  const external = settings.tls.mode.value === 'external';
  const scheme = ['X-Forwarded-Proto', 'X-URL-SCHEME'].flatMap((one) =>
    external
      ? [`${one} https env=${name}_https`, `${one} http env=!${name}_https`]
      : [`${one} expr=%{REQUEST_SCHEME}`],
  );
  return [...scheme, 'X-Real-IP expr=%{REMOTE_ADDR}'];
}

/** The same for Galaxy alone: it believes who somebody is. Undefined when a value was refused. */
export function userHeaders(context: ApacheContext): string[] | undefined {
  const { carry, plan } = context;
  const { header, variable, secret } = plan.remoteUser;
  if (!variable) return [];
  const name = carry(grammar.headerName(header.value), 'the header of the user', header);
  const known = variable.value === 'REMOTE_USER' ? '%{REMOTE_USER}' : `%{reqenv:${variable.value}}`;
  // Without a condition, nobody would be somebody without a name.
  const user = name && `${name} "expr=${known}" "expr=-n '${known}'"`;
  if (!secret) return complete([user]);
  const word = carry(grammar.headerValue(context.secret), 'remote_user_secret', secret);
  return complete([user, word && `GX-Secret ${word}`]);
}

/** What keeps the other programs behind the virtual host from being told, and from doing, what is Galaxy's alone. */
export function guarded(context: ApacheContext): { readonly secrets: string[]; readonly sendfile: boolean } {
  const sendfile = context.plan.routes.some((one) => one.kind === 'internal');
  return { secrets: secretHeaders(context), sendfile };
}

function secretHeaders({ plan }: ApacheContext): string[] {
  const { header, variable, secret } = plan.remoteUser;
  if (!variable || 'refusal' in grammar.headerName(header.value)) return [];
  return [header.value, ...(secret ? ['GX-Secret'] : [])];
}

/** Every mixture of "-" and "_". */
function spellings(name: string): string[] {
  const [first = '', ...rest] = name.split('-');
  return rest.reduce(
    (starts, part) => starts.flatMap((one) => [`${one}-${part}`, `${one}_${part}`]),
    [first],
  );
}
