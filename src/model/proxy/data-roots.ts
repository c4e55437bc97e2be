// Which directories hold what Galaxy hands to the proxy to send: datasets, files of jobs, archives made for download.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance } from '../deployment.ts';
import { derived, isWritten, type Located, spanOf } from '../located.ts';
import { textOption } from '../options.ts';
import { join, normalize } from '../paths.ts';
import { isWithin } from '../release.ts';
import type { ProxySettings } from './settings.ts';

// By option: the default, and the option it is relative to where that is not data_dir.
const options = [
  ['file_path', 'objects'],
  ['new_file_path', 'tmp'],
  ['job_working_directory', 'jobs_directory'],
] as const;
const caches = [
  ['object_store_cache_path', 'object_store_cache'],
  ['short_term_storage_dir', 'short_term_web_storage'],
] as const;

/** Absolute and without a slash at the end, but for `/`; a directory inside another is left out. */
export function dataRoots(instance: Instance, settings: ProxySettings, report: Report): Located<string>[] {
  const { roots } = settings.downloads;
  const unread = instance.objectStores?.unread;
  if (roots.length === 0 && unread) report(unknown(unread));
  const found = roots.length > 0 ? [...roots] : derivedRoots(instance);
  const clean = found.map((one) => ({ ...one, value: normalize(one.value) }));
  return clean.filter(
    (one, index) =>
      !clean.some(
        (other, at) =>
          at !== index && covers(other.value, one.value) && (other.value !== one.value || at < index),
      ),
  );
}

function derivedRoots(instance: Instance): Located<string>[] {
  const data = join(instance.root.value, instance.dataDir.value);
  const cache = join(data, textOption(instance, 'cache_dir')?.value ?? 'cache');
  const from = (base: string, [name, usual]: readonly [string, string]) => {
    const written = textOption(instance, name);
    return derived(join(base, written?.value ?? usual), written ? name : 'data_dir', spanOf(written));
  };
  const files = options.map((one) => from(data, one));
  // Servers that began before 20.05 keep their datasets where they were.
  const older = isWritten(textOption(instance, 'file_path'))
    ? []
    : [derived(join(data, 'files'), 'data_dir')];
  const later = isWithin(instance.release?.value, '21.05', undefined)
    ? caches.map((one) => from(cache, one))
    : [];
  return [...(instance.objectStores?.directories ?? []), ...files, ...older, ...later];
}

function covers(folder: string, path: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

function unknown(unread: Located<string>) {
  return problem(
    'GX751',
    `where the object store "${unread.value}" keeps its data is not known`,
    spanOf(unread),
    {
      help: 'compile where the file can be read, or list the directories: downloads: {roots: [...]} under "proxy" in gxgen.yml',
    },
  );
}
