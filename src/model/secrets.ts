// Which values must not be shown or stand in a world-readable file, told by their names and forms. The options that
// Galaxy itself keeps secret are marked in the schemas (`writeOnly`).

// As part of a word too: PGPASSWORD, MYSECRET.
const telling = ['PASSWORD', 'PASSWD', 'PASSPHRASE', 'SECRET', 'CREDENTIAL', 'APIKEY'];
// Only as a word: TOKENIZERS_PARALLELISM and PWD are no secrets.
const words = new Set(['TOKEN', 'PASS', 'KEY']);
const openKeys = new Set(['PUBLIC', 'PRIMARY', 'FOREIGN', 'SORT', 'PARTITION', 'ROUTING', 'CACHE', 'HOST']);
// DB_PASSWORD_FILE names a place, PASSWORD_MIN_LENGTH a number.
const about = new Set(
  [
    'FILE',
    'FILES',
    'PATH',
    'DIR',
    'DIRECTORY',
    'URL',
    'URI',
    'NAME',
    'ID',
    'LENGTH',
    'SIZE',
    'TYPE',
    'TIMEOUT',
    'AGE',
  ].concat(['ENABLED', 'DISABLED', 'REQUIRED', 'BACKEND', 'COMMAND', 'ALGORITHM', 'EXPIRY', 'LIFETIME']),
);
const truthValues = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'none', 'null']);

/**
 * Whether a value is to be kept secret, judged by its name (an environment variable, a key) and its own form.
 * An address with a password in it is secret under any name.
 */
export function looksSecret(name: string, value: string): boolean {
  if (value === '') return false;
  return (secretName(name, value) && !truthValues.has(value.toLowerCase())) || holdsPassword(value);
}

/**
 * Whether a word of a command line gives a secret away: `--name=value`, `--env NAME=value`, or a value after its name.
 * @param before the word in front of it, if any
 */
export function isSecretArgument(before: string, word: string): boolean {
  const assigned = /^-{0,2}(?:env=)?([A-Za-z][\w.-]*)=(.*)$/s.exec(word);
  if (assigned) return looksSecret(assigned[1] ?? '', assigned[2] ?? '');
  return looksSecret(before.startsWith('--') ? before.slice(2) : '', word.startsWith('-') ? '' : word);
}

function secretName(name: string, value: string): boolean {
  const parts = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  if (about.has(last)) return false;
  const joined = parts.join('_');
  if (telling.some((word) => joined.includes(word)) || joined.includes('API_KEY')) {
    return !(last.startsWith('CREDENTIAL') && value.startsWith('/'));
  }
  if (parts.length > 1 && last === 'PWD') return joined !== 'OLD_PWD';
  return parts.some((part, index) => {
    if (!words.has(part)) return false;
    if (part !== 'KEY') return true;
    // The file of a key is no key, and neither is what a key opens.
    return index === parts.length - 1 && !value.startsWith('/') && !openKeys.has(parts[index - 1] ?? '');
  });
}

/** True for text with an address that carries a password, as `amqp://galaxy:secret@host//`, or one in its query. */
function holdsPassword(text: string): boolean {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const web = /https?$/i.test(text.slice(Math.max(0, at - 5), at));
    // SQLAlchemy reads a password up to the "@", slashes included; a browser does not.
    const rest = text.slice(at + 3, at + 3 + longestAddress);
    const address = rest.slice(0, rest.search(web ? /[\s"'<>/?#]|$/ : /[\s"'<>]|$/));
    const user = address.indexOf('@');
    const colon = address.indexOf(':');
    const slash = address.indexOf('/');
    if (colon >= 0 && colon + 1 < user && (slash < 0 || colon < slash)) return true;
  }
  // Asked first: a text may be long, and most have no query.
  if (!text.includes('=') || !/[?&;]/.test(text)) return false;
  return /[?&;](?:password|passwd|pwd|secret|token|access_token|api_key|apikey|key|sig|signature)=[^&\s]/i.test(
    text,
  );
}

// Longer addresses are not looked through: time stays linear in a text that repeats "://".
const longestAddress = 512;
