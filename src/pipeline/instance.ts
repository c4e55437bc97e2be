// The draft of an instance, its job configuration and its workflow schedulers to the instance with its services.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import {
  findWorkflowSchedulers,
  type InstanceDraft,
  readObjectStores,
  reportUnreadStore,
} from '../frontends/galaxy-yml/index.ts';
import type { GxgenSettings } from '../frontends/gxgen-yml.ts';
import { readWorkflowSchedulers } from '../frontends/workflow-schedulers.ts';
import type { Instance } from '../model/deployment.ts';
import { derived, type Located } from '../model/located.ts';
import { handsDownloads } from '../model/options.ts';
import { join } from '../model/paths.ts';
import { buildServices } from '../model/services/build.ts';
import type { ServiceContext } from '../model/services/context.ts';
import { hasControlSocket, pinnedGunicorn } from '../model/services/gunicorn-version.ts';
import type { Files } from '../syntax/files.ts';
import { readJobs } from './jobs.ts';

/** What the parts of the pipeline share. */
export interface FinishInput {
  readonly files: Files;
  readonly settings: GxgenSettings;
  readonly allowUnknown: boolean;
  readonly report: Report;
}

/** @param named true when names carry the instance */
export function finishInstance(draft: InstanceDraft, named: boolean, input: FinishInput): Instance {
  const { files, settings, report } = input;
  const { instance } = draft;
  const jobs = readJobs(draft, input);
  reportUnreadStore(draft, files, report);
  const workflow = findWorkflowSchedulers(draft, files, report);
  const tree = workflow && files.xml(workflow.file, report, workflow.from)?.root;
  const workflowSchedulers =
    tree && readWorkflowSchedulers(tree, workflow.file.shown, report, { allowUnknown: input.allowUnknown });

  const context: ServiceContext = {
    instanceName: instance.name,
    named,
    layout: instance.layout,
    root: instance.root,
    configFile: instance.configFile,
    ...(instance.virtualenv ? { virtualenv: instance.virtualenv } : {}),
    ...(instance.user ? { user: instance.user } : {}),
    ...(instance.group ? { group: instance.group } : {}),
    stateDir: instance.stateDir,
    logDir: instance.logDir,
    controlSocket: controlSocket(draft, files, settings, report),
    ...(draft.throughGravity
      ? { throughGravity: { gravityFile: instance.gravityFile, serviceInstances: draft.serviceInstances } }
      : {}),
    report,
  };
  const services = buildServices(context, draft.settings, jobs.handling.handlers);
  const handed = handsDownloads(instance) && (settings.proxy?.downloads.roots.length ?? 0) === 0;
  const objectStores = handed ? readObjectStores(draft, files) : undefined;
  return {
    ...instance,
    services,
    jobs,
    ...(workflowSchedulers ? { workflowSchedulers } : {}),
    ...(objectStores ? { objectStores } : {}),
  };
}

function controlSocket(draft: InstanceDraft, files: Files, settings: GxgenSettings, report: Report): boolean {
  if (draft.settings.gunicorn.length === 0 || draft.throughGravity) return false;
  const version = settings.gunicornVersion ?? pinned(draft, files);
  if (version) return hasControlSocket(version.value);
  report(
    problem('GX350', 'the version of gunicorn is not known', draft.sections.gravityFile.shown, {
      values: ['gunicorn_version is older than 25.1 (assumed)'],
      help: 'state gunicorn_version in gxgen.yml, or compile where requirements.txt of the Galaxy root can be read',
    }),
  );
  return false;
}

function pinned(draft: InstanceDraft, files: Files): Located<string> | undefined {
  const path = join(draft.instance.root.value, 'requirements.txt');
  const text = files.text(files.at(path));
  const version = text === undefined ? undefined : pinnedGunicorn(text);
  return version === undefined ? undefined : derived(version, 'requirements.txt of the Galaxy root');
}
