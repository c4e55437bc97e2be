// The corpus: configurations made from settings.ts by a fixed seed, the same on every machine and in every run.
// Each has one of the shapes below, and any setting beside it.

import type { Case, Section } from './case.ts';
import { handCases } from './cases.ts';
import { jobConfXml, jobConfYml } from './job-conf.ts';
import {
  type Around,
  type Choice,
  galaxy as galaxyOptions,
  infrastructureUrls,
  settings,
} from './settings.ts';
import { raw, type Value } from './yaml-text.ts';

const pins: readonly (string | null)[] = [
  'gunicorn==23.0.0',
  'gunicorn==25.1.0',
  'gunicorn==25.0.3',
  'gunicorn==26.0.1',
  'gunicorn==25.1.0rc1',
  null,
  'gunicorn==20.1.0',
];

const users = ['galaxy', 'gxadmin', 'svc-galaxy'];

/** Numbers below 1, always the same ones for a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws values: whether a setting is written is left to chance, which value comes next is not. */
class Deck {
  readonly #next: () => number;
  readonly #drawn = new Map<string, number>();

  constructor(seed: number) {
    this.#next = random(seed);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  take<T>(name: string, values: readonly T[]): T {
    const drawn = this.#drawn.get(name) ?? 0;
    this.#drawn.set(name, drawn + 1);
    return values[drawn % values.length] as T;
  }
}

interface Shape {
  readonly name: string;
  /** Parts of one instance; what it returns is laid over what chance gives. */
  readonly build: (draw: Draw) => Parts;
}

interface Parts {
  readonly gravity?: Section;
  readonly galaxy?: Section;
  readonly files?: Record<string, string | Section>;
}

interface Draw {
  readonly deck: Deck;
  readonly around: Around;
  readonly section: (name: string, share: number, fixed?: Section) => Section;
  /** Handlers, each key with its settings. */
  readonly handlers: (names: readonly string[]) => Section;
}

const staticNames = ['handler0', 'handler1', 'special', 'wf-2'];

function dynamicJobConf({ deck }: Draw): Parts {
  // Handlers that attach themselves to pools need a method that lets them grab their jobs.
  return deck.chance(0.5)
    ? { files: { 'galaxy/config/job_conf.yml': jobConfYml([], 'db-skip-locked') } }
    : { files: { 'galaxy/config/job_conf.xml': jobConfXml([], 'db-skip-locked') } };
}

const shapes: readonly Shape[] = [
  { name: 'plain', build: () => ({}) },
  {
    name: 'gunicorn list',
    build: ({ deck, section }) => ({
      gravity: {
        gunicorn: Array.from({ length: 1 + deck.below(4) }, (_, at) =>
          section('gunicorn', 0.25, at === 1 && deck.chance(0.6) ? { enable: false } : { bind: nextBind }),
        ),
      },
    }),
  },
  {
    name: 'tusd list',
    build: ({ deck, section, around }) => ({
      gravity: {
        tusd: Array.from({ length: 1 + deck.below(3) }, (_, at) =>
          section('tusd', 0.3, {
            enable: at !== 1 || deck.chance(0.6),
            upload_dir: `/srv/galaxy/tus${at}`,
            port: around.port(),
          }),
        ),
      },
      galaxy: { galaxy_infrastructure_url: deck.take('url', infrastructureUrls) },
    }),
  },
  {
    name: 'dynamic handlers',
    build: (draw) => ({
      gravity: { handlers: draw.handlers(['handler', 'wf', 'special7']) },
      ...dynamicJobConf(draw),
    }),
  },
  {
    name: 'dynamic handlers, every kind of name',
    build: (draw) => ({
      gravity: { handlers: draw.handlers(['main_handler', 'h1', 'job-handler', 'x.y']) },
      ...dynamicJobConf(draw),
    }),
  },
  {
    name: 'job_conf.xml',
    build: ({ deck }) => ({
      files: { 'galaxy/config/job_conf.xml': jobConfXml(staticNames.slice(deck.below(3)), null) },
    }),
  },
  {
    name: 'job_conf.yml',
    build: ({ deck }) => ({
      files: {
        'galaxy/config/job_conf.yml': jobConfYml(
          staticNames.slice(deck.below(3)),
          null,
          handlerEnvironment(deck),
        ),
      },
    }),
  },
  {
    name: 'job_config',
    build: ({ deck }) => ({
      galaxy: { job_config: jobConfYml(staticNames.slice(deck.below(3)), null, handlerEnvironment(deck)) },
    }),
  },
  {
    name: 'job_config_file',
    build: ({ deck }) => {
      const [written, path] = deck.take('job_config_file', [
        ['jobs.yaml', 'galaxy/config/jobs.yaml'],
        ['@here@/galaxy/config/sub/jobs.yml', 'galaxy/config/sub/jobs.yml'],
        ['../jobs.xml', 'galaxy/jobs.xml'],
      ] as const);
      const content = path.endsWith('xml') ? jobConfXml(staticNames, null) : jobConfYml(staticNames, null);
      return { galaxy: { job_config_file: written }, files: { [path]: content } };
    },
  },
  {
    name: 'static and dynamic handlers',
    build: (draw) => ({
      gravity: { handlers: draw.handlers(['grabber', 'handler9']) },
      files: { 'galaxy/config/job_conf.yml': jobConfYml(['special'], 'db-skip-locked') },
    }),
  },
  {
    name: 'everything',
    build: (draw) => ({
      gravity: {
        gx_it_proxy: draw.section('gx_it_proxy', 0.4, { enable: true }),
        tusd: draw.section('tusd', 0.4, {
          enable: true,
          upload_dir: '/srv/galaxy/tus',
          port: draw.around.port(),
        }),
        reports: draw.section('reports', 0.4, { enable: true }),
        handlers: draw.handlers(['handler']),
      },
      galaxy: {
        interactivetools_enable: true,
        galaxy_infrastructure_url: draw.deck.take('url', infrastructureUrls),
      },
      ...dynamicJobConf(draw),
    }),
  },
  {
    name: 'interactive tools',
    build: ({ deck, section }) => ({
      gravity: { gx_it_proxy: section('gx_it_proxy', 0.5, { enable: true }) },
      galaxy: {
        interactivetools_enable: deck.take('it', [true, raw('yes'), 'true']),
        ...Object.fromEntries(
          Object.entries(galaxyOptions)
            .filter(([key]) => key.startsWith('interactivetools') && deck.chance(0.4))
            .map(([key, values]) => [key, deck.take(key, values) as Value]),
        ),
      },
    }),
  },
  {
    name: 'reports',
    build: ({ section }) => ({ gravity: { reports: section('reports', 0.6, { enable: true }) } }),
  },
];

/** Marks a bind that the section's own list must fill in, so that entries of a list differ. */
const nextBind = raw('next');

function handlerEnvironment(deck: Deck): Section | null {
  return deck.take('static environment', [
    null,
    { FOO: 'bar', GREETING: 'hello there' },
    { LOG_LEVEL: 'debug' },
    {},
  ]);
}

/** @param count how many are generated, besides those written by hand */
export function corpus(count = 230, seed = 20_260_101): Case[] {
  const deck = new Deck(seed);
  return [...Array.from({ length: count }, (_, at) => generated(deck, at)), ...handCases];
}

function generated(deck: Deck, at: number): Case {
  const shape = shapes[at % shapes.length] as Shape;
  let port = 8080;
  const around = (label: string): Around => ({ label, port: () => port++ });
  const arrangement = deck.take('arrangement', [
    'one',
    'one',
    'one',
    'named',
    'split',
    'one',
    'two files',
    'list',
    'outside',
    'one',
  ]);
  const labels = arrangement === 'two files' || arrangement === 'list' ? ['a', 'b'] : ['a'];
  const parts = labels.map((label, index) =>
    instance(deck, index === 0 ? shape : (shapes[(at + 5) % shapes.length] as Shape), around(label)),
  );
  const about = [shape.name, arrangement];
  const arranged = arrange(deck, arrangement, parts);
  return {
    name: `generated-${String(at).padStart(3, '0')} (${about.join(', ')})`,
    targets: ['systemd', 'supervisor'],
    ...arranged,
    gunicorn: deck.take('pin', pins),
    virtualenv: '/srv/galaxy/venv',
    about,
  };
}

/** One instance: what chance writes, with the parts of the shape laid over it. */
function instance(deck: Deck, shape: Shape, around: Around): Required<Parts> {
  const draw: Draw = {
    deck,
    around,
    section: (name, share, fixed = {}) => {
      const options = settings[name] ?? {};
      const chosen = Object.entries(options).filter(([key]) => !(key in fixed) && deck.chance(share));
      if (fixed.bind === nextBind && !chosen.some(([key]) => key === 'bind'))
        chosen.push(['bind', options.bind ?? []]);
      const section: Section = {};
      for (const [key, value] of Object.entries(fixed)) if (value !== nextBind) section[key] = value;
      for (const [key, values] of chosen) section[key] = resolve(deck.take(`${name}.${key}`, values), around);
      return section;
    },
    handlers: (names) => Object.fromEntries(names.map((name) => [name, handler(draw, name)])),
  };
  const { gravity = {}, galaxy = {}, files = {} } = shape.build(draw);
  const top = draw.section('', 0.2);
  const sections: Section = {};
  for (const name of ['gunicorn', 'celery'] as const) {
    if (deck.chance(0.7))
      sections[name] = draw.section(name, 0.25, name === 'gunicorn' ? { bind: nextBind } : {});
    else if (deck.chance(0.1)) sections[name] = null;
  }
  if (deck.chance(0.1)) sections.tusd = null;
  const options: Section = {};
  for (const name of ['galaxy_url_prefix', 'data_dir']) {
    if (deck.chance(0.2)) options[name] = deck.take(name, galaxyOptions[name] ?? []) as Value;
  }
  if (deck.chance(0.15)) top.service_command_style = 'direct';
  else if (deck.chance(0.06))
    Object.assign(top, { service_command_style: 'gravity', use_service_instances: false });
  if (deck.chance(0.1)) top.use_service_instances ??= deck.chance(0.5);
  if (deck.chance(0.15)) top.process_manager = '@target@';
  return {
    gravity: {
      galaxy_user: deck.take('user', users),
      virtualenv: '/srv/galaxy/venv',
      ...top,
      ...sections,
      ...gravity,
    },
    galaxy: { ...options, ...galaxy },
    files: {
      'galaxy/config/reports.yml': 'reports: {}\n',
      'galaxy/config/sub/reports.yml': 'reports: {}\n',
      ...files,
    },
  };
}

// A handler in no pool would get no job, so gxgen refuses it (refusals.ts).
function handler({ deck, section }: Draw, name: string): Section {
  const pools = deck.take('handler.pools', settings.handler?.pools ?? []) as Value;
  const made = section('handler', 0.3, { pools });
  if (made.name_template === '{name}{process}' && /\d$/.test(name)) delete made.name_template;
  if (made.name_template === '{instance_name}-{name}-{process}' && deck.chance(0.5)) made.processes = 2;
  return made;
}

function resolve(choice: Choice, around: Around): Value {
  return typeof choice === 'function' ? choice(around) : choice;
}

type Arranged = Pick<Case, 'configs' | 'files'>;

/** Puts instances into files: one file, a split pair, several files, or the list form. */
function arrange(deck: Deck, arrangement: string, parts: readonly Required<Parts>[]): Arranged {
  const [first = { gravity: {}, galaxy: {}, files: {} }] = parts;
  switch (arrangement) {
    case 'named':
      return {
        configs: ['galaxy/config/galaxy.yml'],
        files: {
          ...first.files,
          'galaxy/config/galaxy.yml': {
            gravity: { ...first.gravity, instance_name: deck.take('name', ['main', 'test-2', 'gx.org']) },
            galaxy: first.galaxy,
          },
        },
      };
    case 'split': {
      const [gravity, written] = deck.take('split', [
        ['galaxy/config/gravity.yml', 'galaxy.yml'],
        ['etc/gravity.yml', '@here@/galaxy/config/galaxy.yml'],
        ['etc/gravity.yml', '../galaxy/config/galaxy.yml'],
      ] as const);
      return {
        configs: [gravity],
        files: {
          ...first.files,
          [gravity]: { gravity: { ...first.gravity, galaxy_config_file: written } },
          'galaxy/config/galaxy.yml': { galaxy: first.galaxy },
        },
      };
    }
    case 'outside': {
      // The configuration stands away from the code, so the root has to be said.
      const inGravity = deck.chance(0.5);
      const moved = Object.fromEntries(
        Object.entries(first.files).map(([path, text]) => [
          path.replace('galaxy/config/', 'etc/').replace(/^galaxy\/jobs/, 'jobs'),
          text,
        ]),
      );
      const text = JSON.stringify({
        gravity: { ...first.gravity, ...(inGravity ? { galaxy_root: '@here@/galaxy' } : {}) },
        galaxy: { ...first.galaxy, ...(inGravity ? {} : { root: '@here@/galaxy' }) },
      }).replaceAll('@here@/galaxy/config', '@here@/etc');
      return {
        configs: ['etc/galaxy.yml'],
        files: { ...moved, 'etc/galaxy.yml': JSON.parse(text) as Section },
      };
    }
    case 'two files':
    case 'list': {
      const named = parts.map((part, at) => ({
        ...part,
        gravity: { ...part.gravity, ...(at === 0 && deck.chance(0.3) ? {} : { instance_name: `gx${at}` }) },
      }));
      // Both share the code; their job configurations stand in folders of their own.
      const files = Object.assign(
        {},
        ...named.map((part, at) =>
          Object.fromEntries(
            Object.entries(part.files).map(([path, text]) => [
              path.replace('galaxy/config/', `galaxy/conf${at}/`).replace(/^galaxy\/jobs/, 'galaxy/jobs'),
              text,
            ]),
          ),
        ),
      ) as Arranged['files'];
      const own = (value: Section, at: number): Section =>
        JSON.parse(
          JSON.stringify(value).replaceAll('@here@/galaxy/config', `@here@/galaxy/conf${at}`),
        ) as Section;
      if (arrangement === 'two files') {
        const configs = named.map((_, at) => `galaxy/conf${at}/galaxy.yml`);
        return {
          configs,
          files: {
            ...files,
            ...Object.fromEntries(
              named.map((part, at) => [
                `galaxy/conf${at}/galaxy.yml`,
                { gravity: own(part.gravity, at), galaxy: own(part.galaxy, at) },
              ]),
            ),
          },
        };
      }
      return {
        configs: ['etc/gravity.yml'],
        files: {
          ...files,
          'etc/gravity.yml': {
            gravity: named.map((part, at) => ({
              ...own(part.gravity, at),
              galaxy_config_file: `@here@/galaxy/conf${at}/galaxy.yml`,
            })),
          },
          ...Object.fromEntries(
            named.map((part, at) => [`galaxy/conf${at}/galaxy.yml`, { galaxy: own(part.galaxy, at) }]),
          ),
        },
      };
    }
    default:
      return {
        configs: ['galaxy/config/galaxy.yml'],
        files: {
          ...first.files,
          'galaxy/config/galaxy.yml': { gravity: first.gravity, galaxy: first.galaxy },
        },
      };
  }
}
