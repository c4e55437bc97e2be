// Values of the `galaxy:` section: what Galaxy makes of one that is not of its option's type. Galaxy converts scalars
// (`string_as_bool`, int(), float(), str()), so only what is lost or breaks on the way is a problem.

import type { Code } from '../diagnostics/codes.ts';
import { type Details, problem, type Report } from '../diagnostics/diagnostic.ts';
import { compareReleases, isOlder, isWithin } from '../model/release.ts';
import type { Node, ScalarNode } from '../syntax/tree.ts';
import { suggest } from '../text/suggest.ts';
import {
  floatText,
  galaxyBool,
  isFloatText,
  isIntText,
  keepsItsText,
  pythonText,
} from './galaxy-options-python.ts';
import { newestRelease, type OptionInfo } from './galaxy-options-table.ts';
import { hidden, kind, quoteFix, readAs, shown } from './galaxy-options-words.ts';
import { quoted } from './locate.ts';

// Which words are legal was read from the packages of this release and later.
const choicesKnownSince = '24.1';

/** Reports what is wrong with the value of a known option (GX254 to GX258). @param release unknown means the newest */
export function checkOptionValue(
  info: OptionInfo,
  node: Node,
  release: string | undefined,
  report: Report,
): void {
  const found = finding(info, node, release ?? newestRelease);
  if (!found) return;
  const { code, message, details } = found;
  report(problem(code, message, node.span, details));
}

interface Finding {
  readonly code: Code;
  readonly message: string;
  readonly details: Details;
}

function finding(info: OptionInfo, node: Node, release: string): Finding | undefined {
  if (node.kind === 'scalar' && node.type === 'null') return nullFinding(info, release);
  switch (info.type) {
    case 'bool':
      return boolFinding(info, node);
    case 'int':
    case 'float':
      return numberFinding(info, node, info.type);
    case 'str':
      return textFinding(info, node, release);
    case 'seq':
    case 'map':
    case 'any':
      return formFinding(info, node, info.type);
    default:
      return undefined;
  }
}

function nullFinding(info: OptionInfo, release: string): Finding | undefined {
  const { nullStops, nullBreaks, gravityNull } = info;
  const name = `${quoted(info.name)} has no value`;
  const help = 'write a value, or remove the line to get the default';
  const stops = nullStops && isWithin(release, nullStops.since, nullStops.until) ? 'Galaxy' : nullBreaks;
  if (stops !== undefined)
    return {
      code: 'GX257',
      message: `${name}, and ${stops} does not start with that`,
      details: { severity: 'error', help },
    };
  if (gravityNull === 'stops')
    return { code: 'GX257', message: `${name}, and Gravity does not start with that`, details: { help } };
  if (gravityNull !== undefined) {
    const message = `${name}, and Gravity passes the word "${gravityNull}" on`;
    return { code: 'GX257', message, details: { help } };
  }
  if (info.type === 'bool' && info.default === true) {
    const why = 'the option would be true if the line were not there';
    return { code: 'GX257', message: `${name}, which Galaxy takes for false`, details: { why, help } };
  }
  if (info.default === 'number') {
    const why = 'code that counts on a number meets none';
    const details: Details = { severity: 'info', why, help };
    return { code: 'GX257', message: `${name}, so its default does not apply`, details };
  }
  return undefined;
}

function boolFinding(info: OptionInfo, node: Node): Finding | undefined {
  const must = `${quoted(info.name)} must be true or false`;
  if (node.kind !== 'scalar') {
    const value = node.kind === 'seq' && node.items.length > 0;
    return typeFinding(`${must}, but it is ${kind(node)}, which Galaxy takes for ${value}`);
  }
  const { value, doubtful } = galaxyBool(node);
  if (!doubtful) return undefined;
  return typeFinding(`${must}, but it is ${shown(info, node)}, which Galaxy takes for ${value}`, {
    help: 'write true or false; of other words Galaxy knows yes, on and 1 for true, and takes the rest for false',
  });
}

function numberFinding(info: OptionInfo, node: Node, type: 'int' | 'float'): Finding | undefined {
  const must = `${quoted(info.name)} must be ${type === 'int' ? 'a whole number' : 'a number'}`;
  if (node.kind === 'seq') return typeFinding(`${must}, but it is a list`);
  if (node.kind === 'map') return stopFinding(`${must}, but it is a mapping`);
  if (node.type === 'int') return undefined;
  if (node.type === 'bool') {
    const made = type === 'int' ? Number(node.value) : floatText(Number(node.value));
    return typeFinding(
      `${must}, but ${shown(info, node)} is read as ${node.value}, which Galaxy takes for ${made}`,
    );
  }
  if (node.type === 'float') {
    if (type === 'float') return undefined;
    if (!Number.isFinite(node.value)) return stopFinding(`${must}, but it is ${node.text}`);
    const cut = BigInt(Math.trunc(Number(node.value)));
    return Number.isInteger(node.value)
      ? undefined
      : typeFinding(`${must}, but it is ${shown(info, node)}, which Galaxy cuts to ${cut}`);
  }
  const legal = type === 'int' ? isIntText(node.text) : isFloatText(node.text);
  if (node.type === 'str' && legal) return undefined;
  const what =
    node.type === 'timestamp' ? `${shown(info, node)} is read as a date` : `it is ${shown(info, node)}`;
  return stopFinding(`${must}, but ${what}`, { help: 'write the number alone, without a unit' });
}

function textFinding(info: OptionInfo, node: Node, release: string): Finding | undefined {
  const must = `${quoted(info.name)} must be text`;
  if (node.kind !== 'scalar') {
    if (info.accepts.includes(node.kind)) return undefined;
    const breaks = node.kind === 'seq' ? info.listStops : info.unconverted;
    if (breaks) return stopFinding(`${must}, but it is ${kind(node)}`);
    return node.kind === 'seq'
      ? typeFinding(`${must}, but it is a list, which Galaxy hands on as it is`, {
          help: 'write one text, with commas where it takes several',
        })
      : typeFinding(`${must}, but it is a mapping, which Galaxy takes for the text Python prints for it`);
  }
  if (node.type === 'bool' && info.truthWords) return undefined;
  if (info.unconverted && node.type !== 'str')
    return stopFinding(`${must}, but ${readAs(info, node)}; quote it`, quoteFix(node, true));
  if (!keepsItsText(node)) return rereadFinding(info, node, must);
  return choiceFinding(info, node, release);
}

/** Text without quotes that YAML reads as something else, and Galaxy turns into another text. */
function rereadFinding(info: OptionInfo, node: ScalarNode, must: string): Finding {
  const unsaid = hidden(info, node) || node.type === 'timestamp';
  const made = unsaid ? 'another text than you see' : `the text ${quoted(pythonText(node))}`;
  const message = `${must}, but ${readAs(info, node)}, so Galaxy takes ${made}`;
  if (node.type === 'bool' && !info.choices.includes(node.text)) {
    // Quotes would not help: the word is no better than Python's.
    const details: Details = {
      why: 'text that is not empty counts as set, whatever it says',
      help: 'remove the line to leave the option unset, or write the text you mean',
    };
    return { code: 'GX256', message, details };
  }
  const help = info.secret
    ? {
        help: 'on a server in use, quote the value that Galaxy takes today, as another one may lock out what exists',
      }
    : {};
  return {
    code: 'GX256',
    message: `${message}; quote it`,
    details: { ...help, ...quoteFix(node, !info.secret) },
  };
}

function choiceFinding(info: OptionInfo, node: ScalarNode, release: string): Finding | undefined {
  const { choices } = info;
  if (choices.length === 0 || choices.includes(node.text) || isOlder(release, choicesKnownSince))
    return undefined;
  // Words of a release that gxgen does not know are not judged.
  if (compareReleases(release, newestRelease) > 0) return undefined;
  const near = suggest(node.text, choices);
  const message = `unknown value ${shown(info, node, false)} for ${quoted(info.name)}`;
  const words = [...choices].sort().map(quoted);
  return {
    code: 'GX258',
    message: near === undefined ? message : `${message}; did you mean ${quoted(near)}?`,
    details: {
      ...(info.choicesEnforced
        ? { severity: 'error', why: 'Galaxy does not start with a word it does not know here' }
        : {}),
      help: `it must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
      ...(near === undefined || node.style === 'block'
        ? {}
        : {
            fix: {
              title: `write ${quoted(near)}`,
              safe: false,
              edits: [{ span: node.span, text: `"${near}"` }],
            },
          }),
    },
  };
}

function formFinding(info: OptionInfo, node: Node, type: 'seq' | 'map' | 'any'): Finding | undefined {
  const forms: readonly string[] = type === 'any' ? info.accepts : [type];
  const form = node.kind === 'scalar' ? 'str' : node.kind;
  if (forms.length === 0 || (forms.includes(form) && (node.kind !== 'scalar' || node.type === 'str')))
    return undefined;
  const words = { str: 'text', seq: 'a list', map: 'a mapping' };
  const wanted = forms.map((one) => words[one as keyof typeof words]).join(' or ');
  const what = node.kind === 'scalar' ? `it is ${shown(info, node)}` : `it is ${kind(node)}`;
  const message = `${quoted(info.name)} must be ${wanted}, but ${what}`;
  const breaks = node.kind === 'seq' ? info.listStops : info.unconverted;
  return breaks ? stopFinding(message) : typeFinding(message);
}

function typeFinding(message: string, details: Details = {}): Finding {
  return { code: 'GX254', message, details };
}

function stopFinding(message: string, details: Details = {}): Finding {
  const why = 'Galaxy cannot convert the value, and does not start with it';
  return { code: 'GX255', message, details: { why, ...details } };
}
