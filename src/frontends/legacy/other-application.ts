// INI files of the other applications that Galaxy comes with: the reports, and the tool shed.

import { type Diagnostic, problem } from '../../diagnostics/diagnostic.ts';
import { spanOf } from '../../model/located.ts';
import type { IniFile } from './ini-file.ts';
import { pasteEndpoint } from './listens.ts';
import { pasteServers } from './paste.ts';

/** What is to be said about such a file; undefined for one of Galaxy. */
export function otherApplication(file: IniFile): Diagnostic | undefined {
  const section = file.names.find((one) => /^app(?:lication)?:\s*main\s*$/.test(one));
  const options = section === undefined ? [] : file.options(section);
  const factory = options.find((one) => /^(?:use|paste\.app_factory)$/.test(one.name));
  const kind = /webapps\.(reports|tool_shed|community)\b/.exec(factory?.raw ?? '')?.[1];
  if (!factory || kind === undefined) return undefined;
  const reports = kind === 'reports';
  const endpoint = pasteEndpoint(pasteServers(file)[0]?.options ?? []);
  const bind = endpoint?.kind === 'tcp' ? `${endpoint.host}:${endpoint.port}` : '127.0.0.1:9001';
  return problem(
    'GX918',
    `this file configures ${reports ? 'the reports' : 'a tool shed'}, a server of its own`,
    spanOf(factory.value),
    {
      why: 'gxgen starts Galaxy from such a file, and nothing else',
      help: reports
        ? `leave it out; in "gravity" of galaxy.yml write reports: {enable: true, bind: "${bind}", config_file: reports.yml}`
        : 'leave it out',
    },
  );
}
