// Secrets in files that are installed: those of gxgen, and units that Gravity or somebody wrote with a password in them.
// Masking is checked by reading the masked text again; what cannot be masked for certain is not shown at all.

import type { Backend } from '../backends/backend.ts';
import { secretMask } from '../model/fact.ts';
import type { RunningSet } from '../model/running.ts';
import { isSecretArgument, looksSecret } from '../model/secrets.ts';

/**
 * The text with every secret value masked; undefined when that cannot be made sure of.
 * @param path of the file in its directory
 * @param recorded true when the file is known to hold a secret
 */
export function maskText(
  backend: Backend,
  path: string,
  text: string,
  recorded: boolean,
): string | undefined {
  if (!backend.read) return recorded ? undefined : text;
  const isEnvironment = path.endsWith('.env');
  const read = (one: string) =>
    backend.read?.(isEnvironment ? besideUnit(path, one) : new Map([[path, one]]));
  const secrets = secretsOf(read(text), isEnvironment);
  if (secrets.length === 0) return recorded && !isEnvironment ? undefined : text;
  let masked = text;
  for (const { name, value } of secrets) {
    masked = name === '' ? masked.replaceAll(value, secretMask) : maskAssignments(masked, name, value);
  }
  const left = secretsOf(read(masked), isEnvironment).some(({ value }) => value !== secretMask);
  const shown = secrets.some(({ value }) => value.length > 3 && masked.includes(value));
  return left || shown ? undefined : masked;
}

/** A unit that reads the file, so that its variables are read by the rules of systemd. */
function besideUnit(path: string, text: string): Map<string, string> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return new Map([
    ['a.service', `[Service]\nExecStart=/bin/true\nEnvironmentFile=/${name.replaceAll('%', '%%')}\n`],
    [name, text],
  ]);
}

interface Secret {
  /** Of the variable or option; empty for a word that stands by itself. */
  readonly name: string;
  readonly value: string;
}

/** @param all every variable is secret, as in a file that only holds such */
function secretsOf(set: RunningSet | undefined, all: boolean): Secret[] {
  const found: Secret[] = [];
  for (const { env, argv } of set?.processes ?? []) {
    for (const [name, value] of env)
      if (value !== '' && value !== secretMask && (all || looksSecret(name, value)))
        found.push({ name, value });
    for (const [index, word] of argv.entries()) {
      if (!isSecretArgument(argv[index - 1] ?? '', word)) continue;
      const [, name = '', value = word] = /^-{0,2}(?:env=)?([A-Za-z][\w.-]*)=(.*)$/s.exec(word) ?? [];
      if (value !== '' && value !== secretMask) found.push({ name, value });
    }
  }
  return found;
}

/** The value behind `NAME=`, in any of the quotes that units, programs and environment files have. */
function maskAssignments(text: string, name: string, value: string): string {
  const key = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const inside = `(?:\\\\[\\s\\S]|(?!\\1)[^\\\\])*`;
  return text
    .replaceAll(`${name}=${value}`, `${name}=${secretMask}`)
    .replace(new RegExp(`(["'])(-{0,2}(?:env=)?${key}=)${inside}\\1`, 'g'), `$1$2${secretMask}$1`)
    .replace(
      new RegExp(`(?<![\\w.-])(${key}=)(?:"(?:\\\\[\\s\\S]|[^"\\\\])*"|'[^']*')`, 'g'),
      `$1"${secretMask}"`,
    )
    .replace(new RegExp(`(?<![\\w.-])(${key}=)(?!["'*])[^\\s,"']+`, 'g'), `$1${secretMask}`);
}
