// Addresses of runners, as `drmaa://-q long/`, to parameters of a destination. Until 2013 they were the destinations.

export interface RunnerUrl {
  /** The id of the runner. */
  readonly runner: string;
  readonly params: readonly (readonly [name: string, value: string])[];
  /** What a person should look at. */
  readonly note?: string;
}

/** Undefined for what is no address. A dynamic one without a function has that of each tool's id. */
export function readRunnerUrl(url: string): RunnerUrl | undefined {
  const match = /^([A-Za-z][\w.]*):\/\/(.*)$/s.exec(url.trim());
  if (!match) return undefined;
  const [, scheme = '', rest = ''] = match;
  const make = Object.hasOwn(forms, scheme) ? forms[scheme] : undefined;
  return make ? make(rest) : { runner: scheme, params: [] };
}

const legacyRunner = 'LWR is called Pulsar now: its server has to be replaced as well';

const forms: Readonly<Record<string, (rest: string) => RunnerUrl>> = {
  local: () => ({ runner: 'local', params: [] }),
  tasks: () => ({ runner: 'tasks', params: [] }),
  drmaa: (rest) => native('drmaa', rest),
  // The old runner for Grid Engine is the one for DRMAA today.
  sge: (rest) => native('drmaa', rest),
  pbs: (rest) => {
    const [server = '', queue = '', options = ''] = rest.split('/');
    const destination = queue === '' && server === '' ? '' : server === '' ? queue : `${queue}@${server}`;
    const flags = ` ${options}`.split(' -').slice(1);
    return {
      runner: 'pbs',
      params: [
        ...(destination === '' ? [] : [['destination', destination] as const]),
        ...flags.map((one) => [one.slice(0, 1), one.slice(1).trim()] as const),
      ],
    };
  },
  lwr: (rest) => ({ ...remote('lwr', rest), note: legacyRunner }),
  pulsar: (rest) => remote('pulsar', rest),
  cli: (rest) => {
    const [shell = '', job = ''] = rest.split('/');
    return { runner: 'cli', params: [...pairs('shell_', shell), ...pairs('job_', job)] };
  },
  dynamic: (rest) => {
    const [, type = 'python', name = ''] = `/${rest.replace(/^\/+/, '')}`.split('/');
    return {
      runner: 'dynamic',
      params: [
        ['type', type === '' ? 'python' : type],
        ...(name === '' ? [] : [['function', name] as const]),
      ],
    };
  },
};

// Up to the next slash: a path in the arguments was cut off in the old release, too.
function native(runner: string, rest: string): RunnerUrl {
  const [text = ''] = rest.split('/');
  const cut = rest.replace(/\/$/, '').length > text.length;
  return {
    runner,
    params: text === '' ? [] : [['nativeSpecification', text]],
    ...(cut ? { note: 'what stood behind the slash never reached the scheduler' } : {}),
  };
}

function remote(runner: string, rest: string): RunnerUrl {
  const url = rest.includes('://') ? rest : `http://${rest}`;
  const [, before = '', token, after = ''] = /^(\w+:\/\/)(?:([^@/]*)@)?(.*)$/s.exec(url) ?? [];
  return {
    runner,
    params: [
      ['url', `${before}${after}`],
      ...(token === undefined ? [] : [['private_token', token] as const]),
    ],
  };
}

function pairs(prefix: string, text: string): (readonly [string, string])[] {
  return text
    .split('&')
    .filter((one) => one.includes('='))
    .map((one) => [`${prefix}${one.slice(0, one.indexOf('='))}`, one.slice(one.indexOf('=') + 1)] as const);
}
