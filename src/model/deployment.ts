// What a Galaxy deployment is, in the field's words. Front ends make this, back ends write it down.

import type { Plain } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import type { LegacyFacts } from './legacy.ts';
import type { Located } from './located.ts';
import type { ProxySettings } from './proxy/settings.ts';
import type { JobConfig, WorkflowSchedulers } from './routing.ts';
import type { Started } from './started.ts';

/** The whole of one compilation. */
export interface Deployment {
  /** Roles that run on machines this source does not describe (`gxgen.yml`); rules about absence are silent for them. */
  readonly elsewhere: readonly Located<Role>[];
  /** What the hosts can give, where gxgen.yml states it. */
  readonly limits: {
    /** Connections the database server accepts. */
    readonly dbConnections?: Located<number>;
    /** Memory of the host, in bytes. */
    readonly memory?: Located<number>;
  };
  /** In the order in which they were read. */
  readonly instances: readonly Instance[];
  /** True when names carry the instance: several instances, or one that is not `_default_` (Gravity's rule). */
  readonly named: boolean;
  /** What hand-written supervisor files start; absent when none was given. */
  readonly started?: Started;
}

export type Role =
  | 'web'
  | 'job-handlers'
  | 'workflow-schedulers'
  | 'celery'
  | 'celery-beat'
  | 'gx-it-proxy'
  | 'tusd'
  | 'reports';

export type ProcessManager = 'systemd' | 'supervisor' | 'multiprocessing';

/** One Galaxy server: one configuration, one code base, one set of processes. */
export interface Instance {
  /** Where its configuration begins: the place of what is missing from it as a whole. */
  readonly place: Span;
  readonly name: Located<string>;
  /** `source`: started from a checkout in `root`; `installed`: Galaxy is a Python package. */
  readonly layout: 'source' | 'installed';
  readonly processManager: Located<ProcessManager>;
  /** Working directory of every process, absolute. */
  readonly root: Located<string>;
  /** What Galaxy is told to read, as a path on the server. */
  readonly configFile: Located<string>;
  /** The file with the `gravity:` section, as a path on the server. */
  readonly gravityFile: Located<string>;
  /** As written: Gravity never resolves it. */
  readonly virtualenv?: Located<string>;
  readonly user?: Located<string>;
  readonly group?: Located<string>;
  /** `23.1`, `26.0`; absent when nothing tells it. */
  readonly release?: Located<string>;
  readonly dataDir: Located<string>;
  /** Gravity's data directory: `<data_dir>/gravity`. */
  readonly stateDir: Located<string>;
  readonly logDir: Located<string>;
  readonly logNamespace?: Located<string>;
  /** Every option of the `galaxy:` section, as written. */
  readonly options: readonly GalaxyOption[];
  /** In Gravity's order: gunicorn, celery, celery-beat, tusd, gx-it-proxy, reports, static handlers, dynamic handlers. */
  readonly services: readonly Service[];
  readonly jobs: JobConfig;
  readonly workflowSchedulers?: WorkflowSchedulers;
  /** Where a proxy is handed downloads; absent where there is no store but that of `file_path`. */
  readonly objectStores?: ObjectStores;
  /** What gxgen.yml says about the web server in front of it; absent where it says nothing. */
  readonly proxy?: ProxySettings;
  /** What only a legacy source says; absent for galaxy.yml with Gravity. */
  readonly legacy?: LegacyFacts;
}

/** Where the data lies that object stores keep, as far as it lies on this machine. */
export interface ObjectStores {
  /** Absolute. */
  readonly directories: readonly Located<string>[];
  /** The file that names them, where it could not be read. */
  readonly unread?: Located<string>;
}

export interface GalaxyOption {
  readonly name: string;
  readonly value: Located<Plain>;
  readonly secret: boolean;
}

export type ServiceKind =
  | 'gunicorn'
  | 'celery'
  | 'celery-beat'
  | 'gx-it-proxy'
  | 'tusd'
  | 'reports'
  | 'handler'
  | 'custom'
  // Of legacy sources: one uWSGI master, the two halves of Zerg Mode, one Paste server.
  | 'uwsgi'
  | 'zergpool'
  | 'zergling'
  | 'paste';

/** One kind of process with its settings, and the processes that follow from them. */
export interface Service {
  readonly kind: ServiceKind;
  /** Gravity's service name: `gunicorn`, `celery`, the key of a handler. Entries of a list share it. */
  readonly name: string;
  /** The effective settings of the section, by their names in the file. */
  readonly settings: Readonly<Record<string, Located<Plain>>>;
  readonly processes: readonly Process[];
}

/** Exactly what the operating system is asked for. */
export interface Process {
  /** Gravity's direct-style name: `gunicorn`, `gunicorn0`, `handler_1`. Unique in its instance. */
  readonly name: string;
  /** Gravity's service type, part of supervisor names: `standalone` for handlers. */
  readonly type: string;
  readonly argv: readonly Located<string>[];
  readonly env: readonly EnvironmentVariable[];
  readonly cwd: Located<string>;
  /** Octal digits: `022`. */
  readonly umask: Located<string>;
  readonly user?: Located<string>;
  readonly group?: Located<string>;
  /** Seconds. */
  readonly startTimeout: Located<number>;
  /** Seconds. */
  readonly stopTimeout: Located<number>;
  readonly stopSignal: 'TERM' | 'INT' | 'QUIT' | 'HUP';
  readonly restart: 'always' | 'on-failure' | 'no';
  readonly autostart: boolean;
  /** Supervisor's order of start, lowest first; absent where no order was asked for (999). */
  readonly priority?: Located<number>;
  /** `notify`: tells systemd when it is ready; `exec`: started once its program runs. */
  readonly readiness: 'exec' | 'notify';
  /** Bytes. */
  readonly memoryHigh?: Located<number>;
  /** Bytes. */
  readonly memoryMax?: Located<number>;
  readonly listens: readonly Endpoint[];
  /** Directories that must exist before it starts, absolute. */
  readonly dirs: readonly Located<string>[];
  /** Where its output goes when the process manager keeps files, absolute. */
  readonly log: Located<string>;
  /** How it takes a new configuration without losing requests. */
  readonly graceful: 'none' | 'restart' | 'hup' | 'rolling';
  /** Galaxy's name for the process: what `handler` columns hold. */
  readonly serverName?: Located<string>;
  readonly pools: readonly Located<string>[];
  /** The program of a hand-written supervisor file that it was read from, which keeps its name. */
  readonly program?: Located<string>;
  /** The supervisor group of that program. */
  readonly programGroup?: Located<string>;
  /** False where only the process itself is told to stop, and not its children; absent means true. */
  readonly stopAsGroup?: boolean;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: Located<string>;
  /** True when the value must not reach a world-readable file or a message. */
  readonly secret: boolean;
}

export type Endpoint = (
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'fd'; readonly fd: number }
) & {
  readonly origin: Located<string>;
  /** What is spoken there; absent means HTTP. */
  readonly protocol?: 'http' | 'uwsgi';
};
