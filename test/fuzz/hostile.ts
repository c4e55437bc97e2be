// Inputs that are made to exhaust whoever reads them. Each must end in bounded time and memory, with a clear error
// where its name says so.

import { hostileLegacy } from './hostile-legacy.ts';
import type { Input } from './input.ts';

export interface Hostile {
  readonly name: string;
  /** Made when it is used: together they would not fit into memory. */
  readonly files: () => Readonly<Record<string, string>>;
  /** The code that the report must hold. */
  readonly code?: string;
  /** Words before the file. */
  readonly words?: readonly string[];
  /** `galaxy.yml` when absent. */
  readonly main?: string;
}

const megabyte = 1024 * 1024;
const server =
  'gravity:\n  galaxy_root: /srv/galaxy/server\n  virtualenv: /srv/galaxy/venv\n  galaxy_user: galaxy\n';

function yaml(name: string, text: () => string, code?: string): Hostile {
  return { name: `YAML: ${name}`, files: () => ({ 'galaxy.yml': text() }), ...(code ? { code } : {}) };
}

function gravity(name: string, text: () => string, code?: string): Hostile {
  return yaml(name, () => `${server}${text()}`, code);
}

function galaxy(name: string, text: () => string, code?: string): Hostile {
  return yaml(name, () => `${server}galaxy:\n  id_secret: 4c1b9f1e5d6a4f0e8b7a\n${text()}`, code);
}

function xml(name: string, text: () => string, code?: string): Hostile {
  const files = () => ({
    'galaxy.yml': `${server}galaxy:\n  job_config_file: job_conf.xml\n`,
    'job_conf.xml': text(),
  });
  return { name: `XML: ${name}`, files, ...(code ? { code } : {}) };
}

function ini(name: string, text: () => string, code?: string): Hostile {
  return {
    name: `INI: ${name}`,
    main: 'galaxy.ini',
    files: () => ({ 'galaxy.ini': text() }),
    ...(code ? { code } : {}),
  };
}

function programs(name: string, text: () => string, code?: string): Hostile {
  return {
    name: `supervisor with INI: ${name}`,
    main: 'galaxy.ini',
    words: ['--supervisor', 's.conf'],
    files: () => ({ 'galaxy.ini': '[app:main]\nbrand = x\n', 's.conf': text() }),
    ...(code ? { code } : {}),
  };
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function fill(part: string, size: number): string {
  return part.repeat(Math.ceil(size / part.length));
}

const laughs = lines(9, (at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
const yamlLaughs = lines(9, (at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`);

export const hostile: readonly Hostile[] = [
  yaml('alias bomb', () => `a0: &a0 [lol]\n${yamlLaughs}\n`, 'GX111'),
  yaml(
    'alias bomb of mappings',
    () =>
      `a0: &a0 {x: lol}\n${yamlLaughs.replace(
        /\[(.*)\]/g,
        (_, list: string) =>
          `{${list
            .split(', ')
            .map((one, at) => `k${at}: ${one} `)
            .join(', ')}}`,
      )}\n`,
    'GX111',
  ),
  yaml(
    'merge keys of merge keys',
    () =>
      `a0: &a0 {${Array.from({ length: 1000 }, (_, at) => `k${at}: 1`).join(', ')}}\n${lines(2000, (at) => `b${at}: {<<: [*a0, *a0]}`)}\n`,
    'GX111',
  ),
  yaml(
    'a large list used often',
    () => `a: &a [${'1,'.repeat(10_000)}]\nb: [${'*a,'.repeat(10_000)}]\n`,
    'GX111',
  ),
  yaml('an alias of itself', () => 'gravity: &a\n  handlers: *a\n', 'GX112'),
  yaml('100,000 brackets', () => '['.repeat(100_000), 'GX110'),
  yaml('100,000 brackets, closed', () => `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, 'GX110'),
  yaml('100,000 braces', () => '{a: '.repeat(100_000), 'GX110'),
  yaml('100,000 lists on one line', () => '- '.repeat(100_000), 'GX110'),
  yaml('100,000 explicit keys', () => '? '.repeat(100_000), 'GX110'),
  yaml('3,000 levels of indentation', () => lines(3000, (at) => `${' '.repeat(at)}a:`), 'GX110'),
  yaml('50 MB', () => `${server}galaxy:\n${fill('  # nothing to see\n', 50 * megabyte)}`, 'GX003'),
  yaml('8 MB of comments', () => `${server}galaxy:\n${fill('  # nothing to see\n', 8 * megabyte)}`),
  yaml('15 MB on one line', () => `gravity: ${fill('x', 15 * megabyte)}\n`),
  yaml('15 MB of spaces', () => `gravity: ${fill(' ', 15 * megabyte)}\n`),
  yaml('1 MB of line ends', () => fill('\n', megabyte)),
  yaml('1 MB of carriage returns', () => fill('\r', megabyte)),
  yaml('5 MB of tabs', () => fill('\t', 5 * megabyte)),
  yaml('15 MB of zero bytes', () => fill('\0', 15 * megabyte)),
  yaml('1 MB of quotes', () => fill('"', megabyte)),
  yaml('1 MB of quoted items', () => `[${fill('"",', megabyte)}]`),
  yaml('5 MB of colons', () => fill(':', 5 * megabyte)),
  yaml('5 MB of "a: "', () => fill('a: ', 5 * megabyte)),
  yaml('1 MB of "- a"', () => fill('- a\n', megabyte)),
  yaml('1 MB of "a: b"', () => lines(100_000, (at) => `k${at}: b`)),
  yaml('1 MB of the same key', () => fill('gravity: 1\n', megabyte)),
  yaml('1 MB of anchors', () => fill('&a ', megabyte)),
  yaml('1 MB of tags', () => fill('!a ', megabyte)),
  yaml('1 MB of "? "', () => fill('? a\n', megabyte)),
  yaml('1 MB of documents', () => fill('---\n', megabyte), 'GX108'),
  yaml('1 MB of directives', () => fill('%A\n', megabyte)),
  yaml('1 MB of block headers', () => fill('a: |\n', megabyte)),
  yaml('5 MB of a folded text', () => `gravity: >\n${fill('  x\n', 5 * megabyte)}`),
  yaml('1 MB of a text on many lines', () => `gravity: "${fill('x\n', megabyte)}"`),
  yaml('5 MB of escapes', () => `gravity: "${fill('\\x41', 5 * megabyte)}"\n`),
  yaml('5 MB of digits', () => `gravity: ${fill('9', 5 * megabyte)}\n`),
  yaml('100,000 digits with underscores', () => `galaxy: {id_secret: 1${'_0'.repeat(100_000)}}\n`),
  yaml('100,000 sexagesimal digits', () => `galaxy: {id_secret: 1${':59'.repeat(100_000)}}\n`),
  galaxy('50,000 unknown options', () => lines(50_000, (at) => `  optoin_${at}: true`), 'GX250'),
  galaxy('100,000 options of one name', () => lines(100_000, () => '  brand: x'), 'GX120'),
  galaxy('a name of 1 MB', () => `  ${fill('brand', megabyte)}: x`),
  gravity('30,000 unknown keys', () => lines(30_000, (at) => `  gunicorn${at}: true`), 'GX200'),
  gravity(
    '5,000 handlers',
    () => `  handlers:\n${lines(5_000, (at) => `    h${at}: {processes: 1, pools: [job-handlers]}`)}\n`,
  ),
  gravity(
    '100,000 handlers of one name',
    () => `  handlers:\n${lines(100_000, () => '    h: {processes: 1}')}\n`,
    'GX120',
  ),
  gravity(
    'a milliard of processes',
    () => '  handlers: {h: {processes: 1000000000, pools: [job-handlers]}}\n',
    'GX345',
  ),
  gravity(
    '9,000 processes with a variable of 1 MB',
    () => `  handlers: {h: {processes: 9000, environment: {V: "${fill('x', megabyte)}"}}}\n`,
    'GX345',
  ),
  gravity(
    'a milliard of workers',
    () => '  gunicorn: {workers: 1000000000}\n  celery: {concurrency: 1000000000}\n',
  ),
  gravity(
    '5,000 web servers',
    () => `  gunicorn:\n${lines(5_000, (at) => `    - {bind: "localhost:${at}"}`)}\n`,
  ),
  gravity(
    '100,000 variables',
    () => `  gunicorn:\n    environment:\n${lines(100_000, (at) => `      V${at}: x`)}\n`,
  ),
  gravity('arguments of 2 MB', () => `  gunicorn: {extra_args: "${fill('--x y ', 2 * megabyte)}"}\n`),
  gravity('arguments of open quotes', () => `  gunicorn: {extra_args: "${fill("' ", megabyte)}'"}\n`),
  gravity(
    'a template of 1 MB',
    () => `  handlers: {h: {processes: 50, name_template: "${fill('{process}', megabyte)}"}}\n`,
  ),
  gravity(
    '20,000 pools',
    () => `  handlers: {h: {processes: 2, pools: [${'job-handler,'.repeat(20_000)}]}}\n`,
    'GX460',
  ),
  gravity(
    '50 processes in 1,000 pools',
    () => `  handlers: {h: {processes: 50, pools: [${lines(1000, (at) => `job-handlers.t${at},`)}]}}\n`,
  ),
  yaml(
    '10,000 instances',
    () =>
      `gravity:\n${lines(10_000, (at) => `- {instance_name: i${at}, galaxy_root: /srv, virtualenv: /v, galaxy_user: g}`)}\n`,
  ),
  {
    name: 'YAML: 10,000 fixes',
    files: () => ({
      'galaxy.yml': `${server}${lines(10_000, (at) => `  ha${at}: 1`)}\n  handlers: {h: {processes: 2, pools: [${'job-handler,'.repeat(20_000)}]}}\n`,
    }),
    words: ['--fix', '--dry-run'],
  },
  {
    name: 'YAML: 100,000 comments for gxgen',
    files: () => ({
      'galaxy.yml': `${server}${lines(100_000, () => '  # gxgen-disable-next-line GX200 -- why')}\n`,
    }),
  },
  xml('entity bomb', () => `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><job_conf>&l9;</job_conf>`, 'GX146'),
  xml(
    'external entity',
    () => '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><job_conf>&b;</job_conf>',
    'GX146',
  ),
  xml('100,000 elements in each other', () => '<a>'.repeat(100_000), 'GX147'),
  xml(
    '100,000 elements in each other, closed',
    () => `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
    'GX147',
  ),
  xml('100,000 end tags', () => '</a>'.repeat(100_000)),
  xml('20 MB of "<"', () => fill('<', 20 * megabyte)),
  xml('20 MB of "&"', () => `<job_conf>${fill('&', 20 * megabyte)}</job_conf>`, 'GX141'),
  xml('20 MB of open comments', () => `<job_conf>${fill('<!--', 20 * megabyte)}`),
  xml('20 MB of open sections', () => `<job_conf>${fill('<![CDATA[', 20 * megabyte)}`),
  xml('20 MB of open instructions', () => `<job_conf>${fill('<?a ', 20 * megabyte)}`),
  xml('20 MB of open quotes', () => `<job_conf ${fill('a="', 20 * megabyte)}`),
  xml('20 MB of "]]>"', () => `<job_conf>${fill(']]>', 20 * megabyte)}</job_conf>`),
  xml('20 MB of white space', () => `<job_conf${fill(' ', 20 * megabyte)}`),
  xml('100,000 attributes', () => `<job_conf ${lines(100_000, (at) => `a${at}="1"`)}/>`),
  xml('100,000 attributes of one name', () => `<job_conf ${fill('a="1" ', 600_000)}/>`, 'GX143'),
  xml('50,000 unknown elements', () => `<job_conf>${fill('<toolz/>', 400_000)}</job_conf>`, 'GX400'),
  xml(
    '20,000 wrong tools',
    () => `<job_conf><tools>${fill('<tool idd="x" handlr="y"/>', 520_000)}</tools></job_conf>`,
  ),
  xml(
    '5,000 handlers with 10 tags',
    () =>
      `<job_conf><handlers>${lines(5_000, (at) => `<handler id="h${at}" tags="a,b,c,d,e,f,g,h,i,j${at}"/>`)}</handlers></job_conf>`,
  ),
  xml(
    'macros that double',
    () =>
      `<job_conf><macros>${lines(40, (at) => `<macro name="m${at + 1}"><expand macro="m${at}"/><expand macro="m${at}"/></macro>`)}<macro name="m0"><a/></macro></macros><expand macro="m40"/></job_conf>`,
  ),
  xml(
    'tokens that double',
    () =>
      `<job_conf><macros>${lines(40, (at) => `<token name="@T${at + 1}@">@T${at}@@T${at}@</token>`)}<token name="@T0@">x</token></macros><tools><tool id="@T40@"/></tools></job_conf>`,
  ),
  xml('an import of itself', () => '<job_conf><macros><import>job_conf.xml</import></macros></job_conf>'),
  ini(
    'values that double',
    () => `[app:main]\n${lines(40, (at) => `a${at} = %(a${at + 1})s%(a${at + 1})s\n`)}a40 = xxxxxxxx\n`,
    'GX162',
  ),
  ini(
    'a thousand names in a value',
    () => `[app:main]\n${lines(12, (at) => `a${at} = ${`%(a${at + 1})s`.repeat(1_000)}\n`)}a12 = x\n`,
    'GX162',
  ),
  ini('100,000 options', () => `[app:main]\n${lines(100_000, (at) => `option_${at} = ${at}\n`)}`),
  ini('50,000 servers', () => lines(50_000, (at) => `[server:web${at}]\nport = ${at}\n`), 'GX913'),
  ini('20,000 sections', () => `[app:main]\nx = y\n${lines(20_000, (at) => `[section${at}]\na = b\n`)}`),
  ini('a value of 100,000 lines', () => `[app:main]\nx =\n${'  a = b\n'.repeat(100_000)}`, 'GX155'),
  ini('one line of 4 MB', () => `[app:main]\nx = ${'a;'.repeat(2 * megabyte)}\n`),
  ini('4 MB of percent signs', () => `[uwsgi]\nx = ${'%'.repeat(4 * megabyte)}\n[app:main]\ny = z\n`),
  ini('brackets that never close', () => `[app:main]\n${'[x\n'.repeat(100_000)}`, 'GX159'),
  ini('17 MB', () => `[app:main]\nx = ${'a'.repeat(17 * megabyte)}\n`, 'GX003'),
  ini('it uses itself', () => '[app:main]\nuse = config:galaxy.ini\nbrand = x\n'),
  ini(
    'filters in a ring',
    () => '[app:main]\nfilter-with = a\n[filter:a]\nfilter-with = b\n[filter:b]\nfilter-with = a\n',
  ),
  ini('uWSGI includes itself', () => '[uwsgi]\nini = galaxy.ini\nini = galaxy.ini\n[app:main]\nbrand = x\n'),
  ini(
    'loops of uWSGI',
    () =>
      `[uwsgi]\nfor = ${'a '.repeat(100_000)}\n${lines(1_000, (at) => `x${at} = %(_)%(_)\n`)}endfor =\n[app:main]\nbrand = x\n`,
  ),
  ini(
    '100,000 mules',
    () =>
      `[uwsgi]\n${'mule = lib/galaxy/main.py\n'.repeat(100_000)}farm = job-handlers:${lines(20_000, (at) => `${at},`)}\n[app:main]\nbrand = x\n`,
  ),
  programs(
    'a million processes',
    () => '[program:a]\ncommand=galaxy-main --server-name=%(process_num)d\nnumprocs=1000000\n',
    'GX184',
  ),
  programs(
    '1,000 processes with long commands',
    () =>
      `[program:a]\nprocess_name=%(process_num)d\ncommand=galaxy-main --server-name=%(process_num)d ${'x'.repeat(megabyte)}\nnumprocs=1000\n`,
    'GX184',
  ),
  programs('30,000 programs', () =>
    lines(30_000, (at) => `[program:p${at}]\ncommand=galaxy-main --server-name=h${at}\n`),
  ),
  programs(
    'a large environment',
    () =>
      `[program:p]\nprocess_name=%(process_num)d\nnumprocs=1000\ncommand=galaxy-main --server-name=h%(process_num)d\nenvironment=${lines(2_000, (at) => `V${at}="${at}",`)}Z=""\n`,
  ),
  programs(
    'shells in shells',
    () => `[program:p]\ncommand=${'bash -c "'.repeat(1_000)}galaxy-main${'"'.repeat(1_000)}\n`,
  ),
  ...hostileLegacy,
  {
    name: 'gxgen.yml: alias bomb',
    files: () => ({ 'galaxy.yml': server, 'gxgen.yml': `a0: &a0 [lol]\n${yamlLaughs}\n` }),
    code: 'GX111',
  },
];

/** As the suite runs it. */
export function hostileInput({ files, words = [], main = 'galaxy.yml' }: Hostile, index: number): Input {
  const encoder = new TextEncoder();
  const made = Object.entries(files()).map(([path, text]) => [path, encoder.encode(text)]);
  return { seed: -1 - index, words: [...words, main], files: Object.fromEntries(made) };
}
