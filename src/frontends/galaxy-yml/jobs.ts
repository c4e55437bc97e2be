// Where the job and workflow configuration of an instance is, by Galaxy's rules. Where Gravity looks elsewhere, that
// is said: it is what an administrator who comes from Gravity sees change.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Located, spanOf } from '../../model/located.ts';
import { dirname, isAbsolute, join } from '../../model/paths.ts';
import { isOlder } from '../../model/release.ts';
import type { FileRef, Files } from '../../syntax/files.ts';
import { entry, isNull, type MapNode, type Node, type ScalarNode } from '../../syntax/tree.ts';
import type { Span } from '../../text/source.ts';
import type { InstanceDraft } from './instance.ts';
import { textOption } from './options.ts';

export type JobSource =
  | { readonly kind: 'inline'; readonly node: Node; readonly key: ScalarNode; readonly file: FileRef }
  | { readonly kind: 'xml' | 'yaml'; readonly file: FileRef; readonly from?: Span };

/** The job configuration Galaxy reads; undefined where there is none and its built-in default applies. */
export function findJobConfig(draft: InstanceDraft, files: Files, report: Report): JobSource | undefined {
  const { galaxy, galaxyFile } = draft.sections;
  const inline = entry(galaxy, 'job_config');
  const named = textOption(galaxy, 'job_config_file');
  if (inline) {
    if (named) report(twoSources(inline.key.span, spanOf(named)));
    if (isNull(inline.value)) {
      report(
        problem('GX455', '"job_config" is empty', inline.key.span, {
          help: 'remove the key, or put the configuration under it',
        }),
      );
      return undefined;
    }
    // Text is a path for Gravity and an error for Galaxy, whose schema check reports it.
    return { kind: 'inline', node: inline.value, key: inline.key, file: galaxyFile };
  }
  if (named) return namedJobConfig(named, draft, files, report);

  const folder = configFolder(galaxy, galaxyFile);
  const release = draft.instance.release?.value;
  const yaml = files.at(join(folder, 'job_conf.yml'));
  if (!isOlder(release, '23.0') && files.kind(yaml) === 'file') return { kind: 'yaml', file: yaml };
  const xml = files.at(join(folder, 'job_conf.xml'));
  return files.kind(xml) === 'file' ? { kind: 'xml', file: xml } : undefined;
}

/** The workflow schedulers file Galaxy reads, when it is there: Galaxy passes over one that is not (GX396). */
export function findWorkflowSchedulers(
  draft: InstanceDraft,
  files: Files,
  report: Report,
): { file: FileRef; from?: Span } | undefined {
  const { galaxy, galaxyFile } = draft.sections;
  const named = textOption(galaxy, 'workflow_schedulers_config_file');
  const folder = configFolder(galaxy, galaxyFile);
  for (const path of candidates(named?.value ?? 'workflow_schedulers_conf.xml', folder, draft)) {
    const file = files.at(path);
    const from = spanOf(named);
    if (files.kind(file) === 'file') return { file, ...(from ? { from } : {}) };
  }
  if (named) {
    report(
      problem('GX396', `the workflow schedulers file "${named.value}" does not exist`, spanOf(named), {
        values: [
          `it is looked for at ${candidates(named.value, folder, draft).join(', ')} (where Galaxy looks)`,
        ],
        help: 'correct the path, or remove the option if job handlers are meant to schedule workflows',
      }),
    );
  }
  return undefined;
}

function namedJobConfig(
  named: Located<string>,
  draft: InstanceDraft,
  files: Files,
  report: Report,
): JobSource | undefined {
  const { galaxy, galaxyFile } = draft.sections;
  const from = spanOf(named) as Span;
  const folder = configFolder(galaxy, galaxyFile);
  const path = candidates(named.value, folder, draft).find((one) => files.kind(files.at(one)) !== undefined);
  if (path === undefined) {
    report(
      problem('GX453', `the job configuration "${named.value}" does not exist`, from, {
        values: [
          `it is looked for at ${candidates(named.value, folder, draft).join(', ')} (where Galaxy looks)`,
        ],
        help: 'correct the path, or remove the option if jobs are meant to run with the built-in default',
      }),
    );
    return undefined;
  }
  if (!isAbsolute(named.value)) {
    if (named.value.startsWith('config/') && path === join(folder, named.value.slice('config/'.length)))
      report(prefix(named));
    else if (
      path === join(draft.instance.root.value, named.value) &&
      path !== join(dirname(galaxyFile.server), named.value)
    ) {
      report(inRoot(named, folder));
    }
  }
  // Galaxy's own test: the text anywhere in the path.
  const asXml = path.includes('.xml');
  if (asXml && /\.ya?ml$/.test(path)) {
    report(xmlInPath(named, path));
    return { kind: 'yaml', file: files.at(path), from };
  }
  if (!/\.(xml|ya?ml)$/.test(path)) {
    report(
      problem('GX454', `"${named.value}" does not end in .xml, .yml or .yaml`, from, {
        help: 'rename the file',
      }),
    );
  }
  return { kind: asXml ? 'xml' : 'yaml', file: files.at(path), from };
}

// Galaxy joins a relative path to its configuration folder, without a leading "config/"; if nothing is there but the
// path exists from the root, the root wins.
function candidates(value: string, folder: string, draft: InstanceDraft): string[] {
  if (isAbsolute(value)) return [value];
  const stripped = value.startsWith('config/') ? value.slice('config/'.length) : value;
  return [...new Set([join(folder, stripped), join(draft.instance.root.value, value)])];
}

/** Where Galaxy looks for files that are named without a folder. */
export function configFolder(galaxy: MapNode | undefined, galaxyFile: FileRef): string {
  const set = textOption(galaxy, 'config_dir');
  return set && isAbsolute(set.value) ? set.value : dirname(galaxyFile.server);
}

function twoSources(inline: Span, named: Span | undefined) {
  return problem('GX450', '"job_config" and "job_config_file" are both set', named, {
    labels: [{ span: inline, text: 'Galaxy uses this one' }],
    help: 'keep one of them',
  });
}

function prefix(named: Located<string>) {
  const place = spanOf(named) as Span;
  const start = place.source.text.indexOf('config/', place.start);
  return problem(
    'GX451',
    `"${named.value}" is relative to the configuration folder, not to the Galaxy root`,
    place,
    {
      help: `write ${named.value.slice('config/'.length)}, or the whole path`,
      fix: {
        title: 'remove "config/"',
        safe: true,
        edits: [{ span: { source: place.source, start, end: start + 'config/'.length }, text: '' }],
      },
    },
  );
}

function inRoot(named: Located<string>, folder: string) {
  return problem(
    'GX452',
    `"${named.value}" is not in "${folder}" and is taken from the Galaxy root`,
    spanOf(named),
    {
      help: 'write the whole path',
    },
  );
}

function xmlInPath(named: Located<string>, path: string) {
  return problem('GX368', 'Galaxy reads this file as XML, because ".xml" occurs in its path', spanOf(named), {
    ...(path === named.value ? {} : { values: [`the path is ${path} (where Galaxy looks)`] }),
    why: 'it is no XML, so Galaxy does not start',
    help: 'rename the folder or the file, so that ".xml" stands nowhere in the path',
  });
}
