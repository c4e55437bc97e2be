// The settings of each service, as every front end hands them over. Units and defaults: the schemas.

import type { Located } from './located.ts';

/** A variable as written: its name and value each have a place. */
export interface VariableSetting {
  readonly name: Located<string>;
  readonly value: Located<string>;
}

/** What every service has. */
export interface CommonSettings {
  readonly umask: Located<string>;
  /** Seconds. */
  readonly startTimeout: Located<number>;
  /** Seconds. */
  readonly stopTimeout: Located<number>;
  /** Bytes. */
  readonly memoryHigh?: Located<number>;
  /** Bytes. */
  readonly memoryMax?: Located<number>;
  readonly environment: readonly VariableSetting[];
}

export interface GunicornSettings extends CommonSettings {
  readonly bind: Located<string>;
  readonly workers: Located<number>;
  readonly timeout: Located<number>;
  readonly extraArgs: Located<string>;
  readonly preload: Located<boolean>;
  readonly restartTimeout: Located<number>;
}

export interface CelerySettings extends CommonSettings {
  readonly enable: Located<boolean>;
  readonly enableBeat: Located<boolean>;
  readonly concurrency: Located<number>;
  readonly loglevel: Located<string>;
  readonly pool: Located<string>;
  readonly queues: Located<string>;
  readonly extraArgs: Located<string>;
}

export interface GxItProxySettings extends CommonSettings {
  readonly version: Located<string>;
  readonly ip: Located<string>;
  readonly port: Located<number>;
  readonly sessions: Located<string>;
  readonly verbose: Located<boolean>;
  readonly forwardIp?: Located<string>;
  readonly forwardPort?: Located<number>;
  readonly reverseProxy: Located<boolean>;
  /** `/interactivetool/ep`, from the options of the `galaxy:` section. */
  readonly pathPrefix: Located<string>;
}

export interface TusdSettings extends CommonSettings {
  readonly uploadDir: Located<string>;
  readonly tusdPath: Located<string>;
  readonly host: Located<string>;
  readonly port: Located<number>;
  /** Complete: a path was already put behind the infrastructure URL. */
  readonly hooksHttp: Located<string>;
  readonly hooksEnabledEvents: Located<string>;
  readonly extraArgs: Located<string>;
}

export interface ReportsSettings extends CommonSettings {
  /** Absolute. */
  readonly configFile: Located<string>;
  readonly bind: Located<string>;
  readonly workers: Located<number>;
  readonly timeout: Located<number>;
  readonly urlPrefix?: Located<string>;
  readonly extraArgs: Located<string>;
}

export interface HandlerSettings extends CommonSettings {
  readonly name: Located<string>;
  /** Galaxy's server names, one for each process. */
  readonly serverNames: readonly Located<string>[];
  readonly pools: readonly Located<string>[];
}

/** An entry of `gravity.handlers`, before it is expanded to processes. */
export interface HandlerDefinition extends CommonSettings {
  readonly name: Located<string>;
  readonly processes: Located<number>;
  readonly nameTemplate?: Located<string>;
  readonly pools: readonly Located<string>[];
}

/** An entry of a setting that may be a list, with its place in it. */
export interface Listed<T> {
  readonly settings: T;
  /** Undefined when the setting is a single mapping. */
  readonly index?: number;
}

/** Everything the services of one instance are built from; what is disabled is absent. */
export interface ServiceSettings {
  readonly gunicorn: readonly Listed<GunicornSettings>[];
  readonly celery?: CelerySettings;
  readonly tusd: readonly Listed<TusdSettings>[];
  readonly gxItProxy?: GxItProxySettings;
  readonly reports?: ReportsSettings;
  readonly handlers: readonly HandlerDefinition[];
  /** The settings of a handler that only the job configuration names. */
  readonly staticHandlers: CommonSettings;
}
