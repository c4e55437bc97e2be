// schemas/galaxy-options.json -> schemas/galaxy.schema.json: the `galaxy:` section for editors and other validators.
// gxgen itself checks the section by the table, as what Galaxy makes of a value is no yes or no.

import { readTable, type TableOption } from './galaxy-table.ts';
import { printJson } from './json-text.ts';

type Json = Record<string, unknown>;

const words = (all: readonly string[]) =>
  all.map((word) => [...word].map((letter) => `[${letter.toUpperCase()}${letter}]`).join(''));

/** The text of schemas/galaxy.schema.json. @param path the table */
export function galaxySchema(_now?: string, path = 'schemas/galaxy-options.json'): string {
  const { options, releases, prefixes } = readTable(path);
  const properties: Json = {};
  for (const [name, option] of Object.entries(options)) {
    if (option.refused) continue;
    properties[name] = option.reserved === undefined ? propertyOf(option) : false;
    if (!option.per_host) continue;
    const life = {
      ...(option.since && { since: option.since }),
      ...(option.until && { until: option.until }),
    };
    properties[`${name}_by_host`] = {
      description: `Values of ${name} by host name. ${lifeOf(life)}`,
      type: ['object', 'null'],
    };
    if (name === 'themes_config_file')
      properties.themes_by_host = { description: lifeOf(life), type: ['object', 'null'] };
  }
  return printJson({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'galaxy.schema.json',
    title: 'The galaxy section of a Galaxy configuration',
    description: `Options of Galaxy ${releases[0]} to ${releases.at(-1)}; the ones that this last release no longer has are deprecated. Generated from galaxy-options.json.`,
    'x-name': 'galaxy',
    'x-checked': false,
    'x-unknown': 'warning',
    type: ['object', 'null'],
    properties: Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))),
    patternProperties: Object.fromEntries(
      Object.keys(prefixes).map((prefix) => [`^${prefix}.`, { description: 'Passed on to SQLAlchemy.' }]),
    ),
    additionalProperties: false,
    $defs: {
      bool: {
        anyOf: [
          { type: ['boolean', 'null'] },
          {
            type: 'string',
            pattern: `^(${words(['true', 'yes', 'on', 'false', 'no', 'off']).join('|')}|[01]?)$`,
          },
          { type: 'integer', minimum: 0, maximum: 1 },
        ],
      },
      int: {
        anyOf: [
          { type: ['integer', 'null'] },
          { type: 'string', pattern: '^\\s*[-+]?[0-9]+(_[0-9]+)*\\s*$' },
        ],
      },
      float: {
        anyOf: [
          { type: ['number', 'null'] },
          { type: 'string', pattern: '^\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$' },
        ],
      },
      textOrTruth: { anyOf: [{ type: ['string', 'null'] }, { type: 'boolean' }] },
      textOrList: {
        anyOf: [{ type: ['string', 'null'] }, { type: 'array', items: { type: ['string', 'null'] } }],
      },
    },
  });
}

function propertyOf(option: TableOption): Json {
  const gone = option.until !== undefined && !option.undocumented;
  const stops =
    option.null_breaks !== undefined ||
    option.null_stops === true ||
    (option.null_stops !== undefined && option.null_stops.until === undefined);
  const written = option.default !== undefined && option.default !== '...';
  return {
    description: describe(option),
    ...typeOf(option, stops),
    ...(written ? { default: option.default } : {}),
    ...(option.secret && !option.secret_keys ? { writeOnly: true } : {}),
    ...(gone || option.alias ? { deprecated: true } : {}),
  };
}

function typeOf(option: TableOption, stops: boolean): Json {
  const { type, accepts, choices, secret_keys: secrets } = option;
  const only = stops ? { not: { type: 'null' } } : {};
  const simple = (name: string) => ({ type: stops ? name : [name, 'null'] });
  if (type === 'bool' || type === 'int' || type === 'float') return { $ref: `#/$defs/${type}`, ...only };
  if (accepts?.includes('seq')) return { $ref: '#/$defs/textOrList', ...only };
  if (option.truth_words) return { $ref: '#/$defs/textOrTruth', ...only };
  if (choices) return { ...simple('string'), enum: [...choices, ...(stops ? [] : [null])] };
  if (type === 'str') return simple('string');
  if (type === 'seq') return simple('array');
  if (type === 'map' || type === 'include' || accepts?.includes('map'))
    return {
      ...simple('object'),
      ...(secrets
        ? {
            properties: Object.fromEntries(
              secrets.map((key) => [key, { type: ['string', 'null'], writeOnly: true }]),
            ),
          }
        : {}),
    };
  return {};
}

function describe(option: TableOption): string {
  const parts = [lifeOf(option)];
  if (option.path_base) parts.push(`A relative path starts from ${option.path_base}.`);
  if (option.reloadable) parts.push('A new value is taken without a restart.');
  if (option.replaced_by) parts.push(`Use ${option.replaced_by}.`);
  return parts.join(' ');
}

function lifeOf({ since, until, undocumented }: TableOption): string {
  const hidden = undocumented ? ' Galaxy reads it although its documentation does not name it.' : '';
  if (since === undefined) return hidden.trim();
  if (until === undefined)
    return undocumented ? `Documented from Galaxy ${since} on.` : `From Galaxy ${since} on.`;
  return `${undocumented ? 'Documented in' : 'In'} Galaxy ${since === until ? since : `${since} to ${until}`}.${hidden}`;
}
