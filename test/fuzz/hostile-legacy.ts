// Legacy configurations of more than one file, and of one, that are made to exhaust whoever reads them.

import type { Hostile } from './hostile.ts';

const megabyte = 1024 * 1024;

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

function ini(
  name: string,
  text: () => string,
  others: () => Readonly<Record<string, string>> = () => ({}),
  code?: string,
): Hostile {
  const files = () => ({ 'galaxy.ini': text(), ...others() });
  return { name: `INI: ${name}`, main: 'galaxy.ini', files, ...(code ? { code } : {}) };
}

const app = '[app:main]\npaste.app_factory = galaxy.web.buildapp:app_factory\n';

function chain(count: number, file: (index: number) => string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}.ini`, file(at)]));
}

export const hostileLegacy: readonly Hostile[] = [
  ini('a value of 15 MB', () => `${app}x = ${'a b '.repeat(15 * (megabyte / 4))}\n`),
  ini('a key of 15 MB', () => `${app}${'k'.repeat(15 * megabyte)} = x\n`),
  ini('a comment of 15 MB', () => `${app}# ${'= '.repeat(7 * megabyte)}\n`),
  ini('a name of a section of 15 MB', () => `${app}[${'s'.repeat(15 * megabyte)}]\nx = y\n`),
  ini('15 MB of line ends', () => app + '\n'.repeat(15 * megabyte)),
  ini('100,000 sections', () => app + lines(100_000, (at) => `[s${at}]\nx = y`)),
  ini('100,000 sections of one name', () => lines(100_000, (at) => `[app:main]\nk${at} = y`)),
  ini('100,000 options of one name', () => app + lines(100_000, (at) => `brand = ${at}`)),
  ini('100,000 comments with options', () => app + lines(100_000, (at) => `#brand = ${at}`)),
  ini('a large value in 20,000 others', () => {
    return `${app}big = ${'x'.repeat(900_000)}\n${lines(20_000, (at) => `k${at} = %(big)s`)}`;
  }),
  ini('a large default in 20,000 options', () => {
    return `[DEFAULT]\nbig = ${'x'.repeat(900_000)}\n${app}${lines(20_000, (at) => `k${at} = %(big)s`)}`;
  }),
  ini(
    'values that name each other in a ring',
    () => `${app}${lines(20_000, (at) => `k${at} = %(k${(at + 1) % 20_000})s`)}`,
  ),
  ini(
    'a chain of 300 files',
    () => '[app:main]\nuse = config:f0.ini\n',
    () => chain(300, (at) => `[app:main]\nuse = config:f${at + 1}.ini\nk${at} = x\n`),
  ),
  ini(
    'two files in a ring',
    () => '[app:main]\nuse = config:f0.ini\n',
    () => ({ 'f0.ini': '[app:main]\nuse = config:galaxy.ini\n' }),
  ),
  ini('sections in a ring', () => '[app:main]\nuse = b\n[app:b]\nuse = main\n'),
  ini(
    '10,000 sections in a row',
    () => `[app:main]\nuse = s0\n${lines(10_000, (at) => `[app:s${at}]\nuse = s${at + 1}`)}`,
  ),
  ini('a pipeline of 100,000 filters', () => {
    return `[pipeline:main]\npipeline = ${'f '.repeat(100_000)}galaxy\n[filter:f]\nuse = egg:Paste#gzip\n[app:galaxy]\npaste.app_factory = galaxy.web.buildapp:app_factory\n`;
  }),
  ini(
    'uWSGI: 100,000 conditions in each other',
    () => `${app}[uwsgi]\n${'if-exists = /usr\n'.repeat(100_000)}`,
  ),
  ini('uWSGI: 100,000 loops in each other', () => `${app}[uwsgi]\n${'for = a b\n'.repeat(100_000)}`),
  ini('uWSGI: "set" in "set"', () => `${app}[uwsgi]\nset = ${'set='.repeat(2 * megabyte)}x\n`),
  ini(
    'uWSGI: names in a ring',
    () => `${app}[uwsgi]\na = x%(b)\nb = y%(a)%(c)\nc = z%(c)%(c)\n`,
    undefined,
    'GX178',
  ),
  ini(
    'uWSGI: names that double',
    () => `${app}[uwsgi]\n${lines(60, (at) => `a${at} = %(a${at + 1})%(a${at + 1})`)}a60 = xx\n`,
  ),
  ini('uWSGI: a large value in 20,000 others', () => {
    return `${app}[uwsgi]\nbig = ${'x'.repeat(90_000)}\n${lines(20_000, (at) => `k${at} = %(big)`)}`;
  }),
  ini(
    'uWSGI: 5 MB of brackets',
    () => `${app}[uwsgi]\nx = ${'%('.repeat(2 * megabyte)}${')'.repeat(megabyte)}\n`,
  ),
  ini('uWSGI: a sum of 1 MB', () => `${app}[uwsgi]\nx = %(${'9 * '.repeat(megabyte / 4)}9)\n`),
  ini('uWSGI: 100,000 lines that are one', () => `${app}[uwsgi]\n${'x%\n'.repeat(100_000)}`),
  ini(
    'uWSGI: two files in a ring',
    () => `${app}[uwsgi]\nini = f0.ini\nini = f0.ini\n`,
    () => ({ 'f0.ini': `[uwsgi]\nini = galaxy.ini\nini = galaxy.ini\n` }),
  ),
  ini(
    'uWSGI: large files that include each other twice',
    () => `${app}[uwsgi]\nini = f0.ini\nini = f0.ini\n`,
    () =>
      chain(
        25,
        (at) => `[uwsgi]\nini = f${at + 1}.ini\nini = f${at + 1}.ini\n${'# nothing\n'.repeat(10_000)}`,
      ),
  ),
];
