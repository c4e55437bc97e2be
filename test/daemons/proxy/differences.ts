// Every way in which the answers of nginx and Apache may differ, each with its reason. What is not here is a failure,
// and so is an entry that no answer needed.

import type { Scenario } from './scenario.ts';

export interface Allowed {
  readonly reason: string;
  /** The questions that it is about; every one, unless given. */
  readonly question?: RegExp;
  /** The scenarios that it is about; every one, unless given. */
  readonly scenario?: (scenario: Scenario) => boolean;
  readonly fact: RegExp;
  /** What nginx and Apache say; anything, unless given. An absent fact is the empty text. */
  readonly nginx?: RegExp;
  readonly apache?: RegExp;
}

export const allowed: readonly Allowed[] = [
  {
    reason: 'mod_proxy_http adds X-Forwarded-Server, with its own name, and cannot be told not to',
    fact: /^told header x-forwarded-server$/,
    nginx: /^$/,
    apache: /^((tools\.)?ep\.interactivetool\.|tools\.)?galaxy\.example\.org$/,
  },
  {
    reason:
      "the type of a script is text/javascript in the system's list, which Apache reads; nginx has its own list",
    fact: /^answer content-type$/,
    nginx: /^application\/javascript$/,
    apache: /^text\/javascript$/,
  },
  {
    reason: 'the two lists have another name for the type of an icon, too',
    question: /^favicon$/,
    fact: /^answer content-type$/,
    nginx: /^image\/x-icon$/,
    apache: /^image\/vnd\.microsoft\.icon$/,
  },
  {
    reason:
      'Apache itself makes one slash of several at the start of a path, before any configuration is looked at',
    question: /^path with two slashes first$/,
    fact: /^told (raw_)?path$/,
    nginx: /^\/\/a$/,
    apache: /^\/a$/,
  },
  {
    reason:
      'nginx takes a path apart before it looks for its location, Apache leaves encoded slashes in a name: such a path ends at Galaxy with the one, and is no file with the other',
    question: /^(static|plugin): (out by|two dots for a name)/,
    fact: /./,
  },
  {
    reason:
      'the location of accelerated downloads is one of nginx; for Apache it is a path like any other, which Galaxy does not know',
    question: /^the internal location/,
    fact: /./,
  },
  {
    reason: 'mod_proxy swallows the slashes that repeat the one at the end of the path it matched',
    question: /^path with two slashes first$/,
    scenario: ({ prefix }) => prefix !== '',
    fact: /^told (raw_)?path$/,
    nginx: /\/\/a$/,
    apache: /[^/]\/a$/,
  },
  {
    reason:
      'outside of every route nginx has nothing (404), and Apache a DocumentRoot that nobody may read (403)',
    question: /^(a neighbour of the prefix|outside of the prefix|reports: a neighbour is Galaxy)$/,
    fact: /^status$/,
    nginx: /^404$/,
    apache: /^403$/,
  },
  {
    reason: 'nginx leaves what Galaxy said about ranges and adds its own word to it',
    question: /^download: /,
    fact: /^answer accept-ranges$/,
    nginx: /^bytes \| bytes$/,
    apache: /^bytes$/,
  },
  {
    reason:
      'nginx sends the headers of a file that Galaxy named also with its own page when there is no such file or range',
    question: /^download: (a range beyond its end|a file that is gone|outside|a neighbour|out of)/,
    fact: /^answer (content-disposition|content-range|x-frame-options|access-control-allow-origin)$/,
    apache: /^(https:\/\/partner\.example\.org|SAMEORIGIN)?$/,
  },
  {
    reason: 'X-Accel-Buffering is a word to nginx, which keeps it; for Apache it is a header like any other',
    question: /^event stream$/,
    fact: /^answer x-accel-buffering$/,
    nginx: /^$/,
    apache: /^no$/,
  },
  {
    reason:
      'nginx passes the name of an unknown protocol on, with a connection that is not to be upgraded; Apache drops it',
    question: /^an upgrade to something unknown$/,
    fact: /^told header upgrade$/,
    nginx: /^h2c$/,
    apache: /^$/,
  },
  {
    reason:
      'Apache has one set of headers for a whole virtual host: what only Galaxy believes also reaches tusd and the tools',
    question: /^(upload|tool by)/,
    fact: /^told header x-url-scheme$/,
    nginx: /^$/,
    apache: /^https?$/,
  },
  {
    reason:
      'tusd is called by a name of the web server, which it turns into the public one in the answer: each has its own',
    question: /^upload: two parts/,
    fact: /^told header host$/,
    nginx: /^galaxy_tusd$/,
    apache: /^127\.0\.0\.1:1080$/,
  },
  {
    reason: 'Apache keeps its connection to tusd, nginx makes a new one for each request',
    question: /^upload: two parts/,
    fact: /^told header connection$/,
    nginx: /^close$/,
    apache: /^Keep-Alive$/,
  },
  {
    reason:
      'Apache cannot ask Galaxy who is an administrator: it lets in whoever sits at the machine, and gxgen says so (GX746)',
    question: /^reports: somebody else$/,
    fact: /./,
  },
  {
    reason:
      'of a whole address and another name in Host, nginx believes the address, and Apache refuses the stranger in Host',
    question: /^a whole address in the request line, and another Host$/,
    scenario: ({ layout }) => layout === 'site',
    fact: /./,
  },
  {
    reason: 'a stranger gets no answer from nginx (444), and a refusal from Apache, which cannot hang up',
    question: /^https?: (a stranger|an address for a host)/,
    fact: /^(status|body)$/,
    nginx: /^0?$/,
    apache: /^(403|a page of the web server)$/,
  },
  {
    reason:
      'a refusal in place of a file that Galaxy named, or of a range of it, has the headers of both answers',
    question: /^download: (a range beyond its end|a file that is gone|outside|a neighbour|out of)/,
    fact: /^answer (strict-transport-security|x-content-type-options)$/,
    nginx: /^(max-age=15552000|nosniff)( \| \1)?$/,
    apache: /^(max-age=15552000|nosniff)( \| \1)?$/,
  },
  {
    reason: 'nginx writes the word of the Connection header in small letters',
    question: /websocket/,
    fact: /^told header connection$/,
    nginx: /^upgrade$/,
    apache: /^Upgrade$/,
  },
  {
    reason:
      'what is compressed while it is sent has no length with nginx; Apache waits for the end of a short answer (the bytes are compared unpacked)',
    question: /compressed$/,
    fact: /^(answer (transfer-encoding|content-length|accept-ranges)|body)$/,
  },
  {
    reason:
      'each says Vary for what it would compress: nginx not for an answer of a few bytes, Apache not for a page of its own',
    fact: /^answer vary$/,
    nginx: /^(Accept-Encoding)?$/,
    apache: /^(Accept-Encoding)?$/,
  },
  {
    reason:
      'Apache announces HTTP/2 with the first answer of a connection that it makes itself (H2Upgrade does not end that)',
    fact: /^answer upgrade$/,
    scenario: ({ layout }) => layout === 'site',
    nginx: /^$/,
    apache: /^h2$/,
  },
  {
    reason:
      'mod_proxy_uwsgi adds no forwarded headers: uWSGI has address and name in REMOTE_ADDR and HTTP_HOST',
    scenario: ({ era }) => era === 'uwsgi',
    fact: /^told header x-(forwarded-(for|host)|real-ip)$/,
    apache: /^$/,
  },
  {
    reason:
      'nginx leaves the answers of tools as they are; Apache says of them, too, that a type is not to be guessed',
    question: /^tool by name/,
    fact: /^answer x-content-type-options$/,
    nginx: /^$/,
    apache: /^nosniff$/,
  },
  {
    reason:
      'X-Accel-Redirect of somebody who is not Galaxy is kept back by nginx, and to Apache it is a header like any other',
    question: /: a file of Galaxy that (it|they) names?$/,
    fact: /^answer x-accel-redirect$/,
    nginx: /^$/,
    apache: /^\/_x_accel_redirectBASE\//,
  },
];

/** The entry that explains a difference. */
export function explanation(
  scenario: Scenario,
  question: string,
  { fact, nginx = '', apache = '' }: { fact: string; nginx?: string; apache?: string },
): Allowed | undefined {
  return allowed.find(
    (one) =>
      (one.question?.test(question) ?? true) &&
      (one.scenario?.(scenario) ?? true) &&
      one.fact.test(fact) &&
      (one.nginx?.test(nginx) ?? true) &&
      (one.apache?.test(apache) ?? true),
  );
}
