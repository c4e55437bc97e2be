// What the examples of rules about the job configuration share: a server with two handlers, and job configurations in
// which only the part an example is about has to be written.

import { galaxyYml, pooledHandlers } from './example.ts';

/** A galaxy.yml with two dynamic handlers, to which any job_conf below fits. */
export const server = galaxyYml(pooledHandlers);

/** The same with the job configuration in XML named, as Galaxy 23.0 and later want it. */
export const serverWithXml = galaxyYml(pooledHandlers, '  job_config_file: job_conf.xml\n');

export interface YmlParts {
  /** Runners beside `local`, indented by two. */
  readonly runners?: string;
  /** Other lines of `handling`, indented by two. */
  readonly handling?: string;
  /** What stands under `execution`, indented by two; one environment `local` when left out. */
  readonly execution?: string;
  /** Sections at the end. */
  readonly more?: string;
}

/** A job_conf.yml with a runner `local`. */
export function jobsYml({ runners = '', handling = '', execution, more = '' }: YmlParts = {}): string {
  return `runners:
  local:
    load: galaxy.jobs.runners.local:LocalJobRunner
${runners}handling:
  assign: [db-skip-locked]
${handling}execution:
${execution ?? '  environments:\n    local:\n      runner: local\n'}${more}`;
}

export interface XmlParts {
  /** Plugins beside `local`, indented by eight. */
  readonly plugins?: string;
  /** Children of `<handlers>`, indented by eight. */
  readonly handlers?: string;
  /** The attribute of `<destinations>`, with a space before it. */
  readonly fallback?: string;
  /** What stands in `<destinations>`, indented by eight; one destination `local` when left out. */
  readonly destinations?: string;
  /** Sections at the end, indented by four. */
  readonly more?: string;
}

/** A job_conf.xml with a runner `local`. */
export function jobsXml(parts: XmlParts = {}): string {
  const { plugins = '', handlers, fallback = '', destinations, more = '' } = parts;
  return `<job_conf>
    <plugins>
        <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>
${plugins}    </plugins>
    <handlers assign_with="db-skip-locked"${handlers === undefined ? '/>' : `>\n${handlers}    </handlers>`}
    <destinations${fallback}>
${destinations ?? '        <destination id="local" runner="local"/>\n'}    </destinations>
${more}</job_conf>
`;
}
