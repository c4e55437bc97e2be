// The rules, sorted by file name.

import { accelBaseShape } from './accel-base-shape.ts';
import { accelBoth } from './accel-both.ts';
import { accelPrefix } from './accel-prefix.ts';
import { accountRoot } from './account-root.ts';
import { assignWithoutHandlers } from './assign-without-handlers.ts';
import { beatMissing } from './beat-missing.ts';
import { beatSeveral } from './beat-several.ts';
import { bodyLimitSmall } from './body-limit-small.ts';
import { bootstrapKeySet } from './bootstrap-key-set.ts';
import { celeryBackendSqlite } from './celery-backend-sqlite.ts';
import { celeryBrokerDatabase } from './celery-broker-database.ts';
import { celeryBrokerLocal } from './celery-broker-local.ts';
import { celeryDebugLog } from './celery-debug-log.ts';
import { celeryEager } from './celery-eager.ts';
import { celeryIdle } from './celery-idle.ts';
import { celeryQueueBlank } from './celery-queue-blank.ts';
import { celeryQueueUnserved } from './celery-queue-unserved.ts';
import { celeryRoutesLost } from './celery-routes-lost.ts';
import { celeryWorkerMissing } from './celery-worker-missing.ts';
import { certificateHalf } from './certificate-half.ts';
import { cleanupNever } from './cleanup-never.ts';
import { companionExposed } from './companion-exposed.ts';
import { containerEngineMissing } from './container-engine-missing.ts';
import { dataDirectoryUncovered } from './data-directory-uncovered.ts';
import { dataInCode } from './data-in-code.ts';
import { dataInStatic } from './data-in-static.ts';
import { dataInTemporary } from './data-in-temporary.ts';
import { databaseAutoMigrate } from './database-auto-migrate.ts';
import { databaseConnections } from './database-connections.ts';
import { databaseCursors } from './database-cursors.ts';
import { databaseMemory } from './database-memory.ts';
import { databaseMysql } from './database-mysql.ts';
import { databasePasswordAt } from './database-password-at.ts';
import { databasePasswordBrackets } from './database-password-brackets.ts';
import { databasePoolThreads } from './database-pool-threads.ts';
import { databaseScheme } from './database-scheme.ts';
import { databaseSqlite } from './database-sqlite.ts';
import { databaseStatementsLogged } from './database-statements-logged.ts';
import { databaseUrlShape } from './database-url-shape.ts';
import { debugOn } from './debug-on.ts';
import { destinationDefaultMissing } from './destination-default-missing.ts';
import { destinationDefaultUnknown } from './destination-default-unknown.ts';
import { destinationDuplicateId } from './destination-duplicate-id.ts';
import { destinationMetricsValue } from './destination-metrics-value.ts';
import { destinationParameterMissing } from './destination-parameter-missing.ts';
import { destinationParameterSlip } from './destination-parameter-slip.ts';
import { destinationRunnerUndefined } from './destination-runner-undefined.ts';
import { destinationTagEmpty } from './destination-tag-empty.ts';
import { destinationTagIsId } from './destination-tag-is-id.ts';
import { destinationTagRepeated } from './destination-tag-repeated.ts';
import { developmentTools } from './development-tools.ts';
import { directoriesSame } from './directories-same.ts';
import { dockerSudoImplicit } from './docker-sudo-implicit.ts';
import { downloadsOtherServer } from './downloads-other-server.ts';
import { downloadsThroughGalaxy } from './downloads-through-galaxy.ts';
import { downloadsUnreadable } from './downloads-unreadable.ts';
import { dynamicArgumentMissing } from './dynamic-argument-missing.ts';
import { dynamicHandlersNoAssign } from './dynamic-handlers-no-assign.ts';
import { dynamicRulesModuleMissing } from './dynamic-rules-module-missing.ts';
import { dynamicTargetUnknown } from './dynamic-target-unknown.ts';
import { dynamicTpvParams } from './dynamic-tpv-params.ts';
import { dynamicTypeUnknown } from './dynamic-type-unknown.ts';
import { environmentKeysIgnored } from './environment-keys-ignored.ts';
import { externalTlsUntrusted } from './external-tls-untrusted.ts';
import { fetchAllowlistWide } from './fetch-allowlist-wide.ts';
import { forwardedTrustAll } from './forwarded-trust-all.ts';
import { forwardedTrustMissing } from './forwarded-trust-missing.ts';
import { gracefulTimeoutTooLong } from './graceful-timeout-too-long.ts';
import { gunicornArgumentOverrides } from './gunicorn-argument-overrides.ts';
import { gunicornKeyAlone } from './gunicorn-key-alone.ts';
import { gunicornNameCollision } from './gunicorn-name-collision.ts';
import { gunicornPidfileShared } from './gunicorn-pidfile-shared.ts';
import { gunicornReload } from './gunicorn-reload.ts';
import { gunicornThreads } from './gunicorn-threads.ts';
import { handlerDuplicateId } from './handler-duplicate-id.ts';
import { handlerMissingRunner } from './handler-missing-runner.ts';
import { handlerNameOfWeb } from './handler-name-of-web.ts';
import { handlerNameShared } from './handler-name-shared.ts';
import { handlerNotListed } from './handler-not-listed.ts';
import { handlerNotStarted } from './handler-not-started.ts';
import { handlerPluginUnknown } from './handler-plugin-unknown.ts';
import { handlerStopTooEarly } from './handler-stop-too-early.ts';
import { handlerTagEmpty } from './handler-tag-empty.ts';
import { handlerTagIsId } from './handler-tag-is-id.ts';
import { handlerTagIsOwnId } from './handler-tag-is-own-id.ts';
import { handlerTagRepeated } from './handler-tag-repeated.ts';
import { handlerTagUnused } from './handler-tag-unused.ts';
import { handlerWebEnvironment } from './handler-web-environment.ts';
import { handlersAssignDbSelf } from './handlers-assign-db-self.ts';
import { handlersAssignMemSelf } from './handlers-assign-mem-self.ts';
import { handlersAssignMemSelfBroken } from './handlers-assign-mem-self-broken.ts';
import { handlersAssignMules } from './handlers-assign-mules.ts';
import { handlersAssignTxnIsolation } from './handlers-assign-txn-isolation.ts';
import { handlersAssignUnreachable } from './handlers-assign-unreachable.ts';
import { handlersDefaultBypassed } from './handlers-default-bypassed.ts';
import { handlersDefaultUnknown } from './handlers-default-unknown.ts';
import { handlersEmpty } from './handlers-empty.ts';
import { handlersNoDefaultMember } from './handlers-no-default-member.ts';
import { handlersPreassignDynamic } from './handlers-preassign-dynamic.ts';
import { hstsBindsTools } from './hsts-binds-tools.ts';
import { htmlUnsanitized } from './html-unsanitized.ts';
import { idSecretDefault } from './id-secret-default.ts';
import { idSecretLength } from './id-secret-length.ts';
import { idSecretMissing } from './id-secret-missing.ts';
import { infrastructureUrlHttp } from './infrastructure-url-http.ts';
import { infrastructureUrlLocal } from './infrastructure-url-local.ts';
import { infrastructureUrlOtherSite } from './infrastructure-url-other-site.ts';
import { infrastructureUrlPrefix } from './infrastructure-url-prefix.ts';
import { infrastructureUrlShape } from './infrastructure-url-shape.ts';
import { infrastructureUrlSlash } from './infrastructure-url-slash.ts';
import { infrastructureUrlUwsgiPort } from './infrastructure-url-uwsgi-port.ts';
import { itBasePath } from './it-base-path.ts';
import { itMapIsGalaxyDatabase } from './it-map-is-galaxy-database.ts';
import { itMapMismatch } from './it-map-mismatch.ts';
import { itProxyHostIgnored } from './it-proxy-host-ignored.ts';
import { itProxyMissing } from './it-proxy-missing.ts';
import { itUpstreamProxyOff } from './it-upstream-proxy-off.ts';
import { jobConfigImplicitXml } from './job-config-implicit-xml.ts';
import { jobsInWebServer } from './jobs-in-web-server.ts';
import { limitRepeated } from './limit-repeated.ts';
import { limitTargetUnknown } from './limit-target-unknown.ts';
import { limitWithoutTarget } from './limit-without-target.ts';
import { limitZero } from './limit-zero.ts';
import { listenSamePort } from './listen-same-port.ts';
import { logFileShared } from './log-file-shared.ts';
import { logRotationIdle } from './log-rotation-idle.ts';
import { maxFailsOutage } from './max-fails-outage.ts';
import { maxGrabNoEffect } from './max-grab-no-effect.ts';
import { memoryOrder } from './memory-order.ts';
import { memorySum } from './memory-sum.ts';
import { memoryUnit } from './memory-unit.ts';
import { metadataInProcess } from './metadata-in-process.ts';
import { metadataWithoutCelery } from './metadata-without-celery.ts';
import { nginxUploadHalf } from './nginx-upload-half.ts';
import { nginxUploadLegacy } from './nginx-upload-legacy.ts';
import { notebookConversion } from './notebook-conversion.ts';
import { poolMissing } from './pool-missing.ts';
import { poolTagIsHandler } from './pool-tag-is-handler.ts';
import { poolTagMalformed } from './pool-tag-malformed.ts';
import { poolTagUnused } from './pool-tag-unused.ts';
import { poolTaggedOnlyNoWfConf } from './pool-tagged-only-no-wf-conf.ts';
import { poolUnknown } from './pool-unknown.ts';
import { portClaimedTwice } from './port-claimed-twice.ts';
import { portPrivileged } from './port-privileged.ts';
import { processDetaches } from './process-detaches.ts';
import { proxyTimeoutShort } from './proxy-timeout-short.ts';
import { readyWindowSmall } from './ready-window-small.ts';
import { realUserOutputs } from './real-user-outputs.ts';
import { remoteUserFromBrowser } from './remote-user-from-browser.ts';
import { remoteUserHeaderShape } from './remote-user-header-shape.ts';
import { remoteUserNowhere } from './remote-user-nowhere.ts';
import { remoteUserSecretDefault } from './remote-user-secret-default.ts';
import { remoteUserUnprotected } from './remote-user-unprotected.ts';
import { reportsExposed } from './reports-exposed.ts';
import { reportsGone } from './reports-gone.ts';
import { reportsOpen } from './reports-open.ts';
import { reportsPasswordMissing } from './reports-password-missing.ts';
import { resourceGroupUnknown } from './resource-group-unknown.ts';
import { resourceGroupWhitespace } from './resource-group-whitespace.ts';
import { resubmitDestinationUnknown } from './resubmit-destination-unknown.ts';
import { resubmitEndless } from './resubmit-endless.ts';
import { resubmitHandlerTag } from './resubmit-handler-tag.ts';
import { resubmitHandlerUnknown } from './resubmit-handler-unknown.ts';
import type { Rule } from './rule.ts';
import { runnerDuplicateId } from './runner-duplicate-id.ts';
import { runnerLoadUnknown } from './runner-load-unknown.ts';
import { runnerParameterUnknown } from './runner-parameter-unknown.ts';
import { runnerWithoutWorkers } from './runner-without-workers.ts';
import { secretInArguments } from './secret-in-arguments.ts';
import { serverNameInConfig } from './server-name-in-config.ts';
import { serverNameOverride } from './server-name-override.ts';
import { singleUserExposed } from './single-user-exposed.ts';
import { socketClaimedTwice } from './socket-claimed-twice.ts';
import { socketInTemporary } from './socket-in-temporary.ts';
import { socketPathRelative } from './socket-path-relative.ts';
import { socketPathTooLong } from './socket-path-too-long.ts';
import { socketRefusesProxy } from './socket-refuses-proxy.ts';
import { staticByProxy } from './static-by-proxy.ts';
import { staticHandlerMain } from './static-handler-main.ts';
import { staticNowhere } from './static-nowhere.ts';
import { staticOptionsIdle } from './static-options-idle.ts';
import { temporaryShared } from './temporary-shared.ts';
import { toolClassTooNew } from './tool-class-too-new.ts';
import { toolDestinationUnknown } from './tool-destination-unknown.ts';
import { toolDuplicate } from './tool-duplicate.ts';
import { toolEntriesAllConditional } from './tool-entries-all-conditional.ts';
import { toolEntriesNotMerged } from './tool-entries-not-merged.ts';
import { toolHandlerUnassignable } from './tool-handler-unassignable.ts';
import { toolHandlerUnknown } from './tool-handler-unknown.ts';
import { toolIdWhitespace } from './tool-id-whitespace.ts';
import { toolSourceTrackster } from './tool-source-trackster.ts';
import { tpvConfigMissing } from './tpv-config-missing.ts';
import { tpvRulesModuleMissing } from './tpv-rules-module-missing.ts';
import { trackJobsOption } from './track-jobs-option.ts';
import { trustedProxiesEverybody } from './trusted-proxies-everybody.ts';
import { trustedProxiesIdle } from './trusted-proxies-idle.ts';
import { tusDirectoryMismatch } from './tus-directory-mismatch.ts';
import { tusHooksOff } from './tus-hooks-off.ts';
import { umaskWorldWritable } from './umask-world-writable.ts';
import { urlPrefixShape } from './url-prefix-shape.ts';
import { webServerExposed } from './web-server-exposed.ts';
import { wfConfNoHandlers } from './wf-conf-no-handlers.ts';
import { wfDefaultScheduler } from './wf-default-scheduler.ts';
import { wfEveryProcessSchedules } from './wf-every-process-schedules.ts';
import { wfHandlerNotStarted } from './wf-handler-not-started.ts';
import { wfJobHandlersScheduleToo } from './wf-job-handlers-schedule-too.ts';
import { wfNoScheduler } from './wf-no-scheduler.ts';
import { wfParallelize } from './wf-parallelize.ts';
import { wfPoolTagIneffective } from './wf-pool-tag-ineffective.ts';
import { wfPoolTagNoConf } from './wf-pool-tag-no-conf.ts';
import { wfPreassignUnknown } from './wf-preassign-unknown.ts';
import { wfSchedulerDuplicate } from './wf-scheduler-duplicate.ts';
import { wfSchedulerJobTag } from './wf-scheduler-job-tag.ts';

export const rules: readonly Rule[] = [
  accelBaseShape,
  accelBoth,
  accelPrefix,
  accountRoot,
  assignWithoutHandlers,
  beatMissing,
  beatSeveral,
  bodyLimitSmall,
  bootstrapKeySet,
  celeryBackendSqlite,
  celeryBrokerDatabase,
  celeryBrokerLocal,
  celeryDebugLog,
  celeryEager,
  celeryIdle,
  celeryQueueBlank,
  celeryQueueUnserved,
  celeryRoutesLost,
  celeryWorkerMissing,
  certificateHalf,
  cleanupNever,
  companionExposed,
  containerEngineMissing,
  databaseAutoMigrate,
  databaseConnections,
  databaseCursors,
  databaseMemory,
  databaseMysql,
  databasePasswordAt,
  databasePasswordBrackets,
  databasePoolThreads,
  databaseScheme,
  databaseSqlite,
  databaseStatementsLogged,
  databaseUrlShape,
  dataDirectoryUncovered,
  dataInCode,
  dataInStatic,
  dataInTemporary,
  debugOn,
  destinationDefaultMissing,
  destinationDefaultUnknown,
  destinationDuplicateId,
  destinationMetricsValue,
  destinationParameterMissing,
  destinationParameterSlip,
  destinationRunnerUndefined,
  destinationTagEmpty,
  destinationTagIsId,
  destinationTagRepeated,
  developmentTools,
  directoriesSame,
  dockerSudoImplicit,
  downloadsOtherServer,
  downloadsThroughGalaxy,
  downloadsUnreadable,
  dynamicArgumentMissing,
  dynamicHandlersNoAssign,
  dynamicRulesModuleMissing,
  dynamicTargetUnknown,
  dynamicTpvParams,
  dynamicTypeUnknown,
  environmentKeysIgnored,
  externalTlsUntrusted,
  fetchAllowlistWide,
  forwardedTrustAll,
  forwardedTrustMissing,
  gracefulTimeoutTooLong,
  gunicornArgumentOverrides,
  gunicornKeyAlone,
  gunicornNameCollision,
  gunicornPidfileShared,
  gunicornReload,
  gunicornThreads,
  handlerDuplicateId,
  handlerMissingRunner,
  handlerNameOfWeb,
  handlerNameShared,
  handlerNotListed,
  handlerNotStarted,
  handlerPluginUnknown,
  handlersAssignDbSelf,
  handlersAssignMemSelf,
  handlersAssignMemSelfBroken,
  handlersAssignMules,
  handlersAssignTxnIsolation,
  handlersAssignUnreachable,
  handlersDefaultBypassed,
  handlersDefaultUnknown,
  handlersEmpty,
  handlersNoDefaultMember,
  handlersPreassignDynamic,
  handlerStopTooEarly,
  handlerTagEmpty,
  handlerTagIsId,
  handlerTagIsOwnId,
  handlerTagRepeated,
  handlerTagUnused,
  handlerWebEnvironment,
  hstsBindsTools,
  htmlUnsanitized,
  idSecretDefault,
  idSecretLength,
  idSecretMissing,
  infrastructureUrlHttp,
  infrastructureUrlLocal,
  infrastructureUrlOtherSite,
  infrastructureUrlPrefix,
  infrastructureUrlShape,
  infrastructureUrlSlash,
  infrastructureUrlUwsgiPort,
  itBasePath,
  itMapIsGalaxyDatabase,
  itMapMismatch,
  itProxyHostIgnored,
  itProxyMissing,
  itUpstreamProxyOff,
  jobConfigImplicitXml,
  jobsInWebServer,
  limitRepeated,
  limitTargetUnknown,
  limitWithoutTarget,
  limitZero,
  listenSamePort,
  logFileShared,
  logRotationIdle,
  maxFailsOutage,
  maxGrabNoEffect,
  memoryOrder,
  memorySum,
  memoryUnit,
  metadataInProcess,
  metadataWithoutCelery,
  nginxUploadHalf,
  nginxUploadLegacy,
  notebookConversion,
  poolMissing,
  poolTaggedOnlyNoWfConf,
  poolTagIsHandler,
  poolTagMalformed,
  poolTagUnused,
  poolUnknown,
  portClaimedTwice,
  portPrivileged,
  processDetaches,
  proxyTimeoutShort,
  readyWindowSmall,
  realUserOutputs,
  remoteUserFromBrowser,
  remoteUserHeaderShape,
  remoteUserNowhere,
  remoteUserSecretDefault,
  remoteUserUnprotected,
  reportsExposed,
  reportsGone,
  reportsOpen,
  reportsPasswordMissing,
  resourceGroupUnknown,
  resourceGroupWhitespace,
  resubmitDestinationUnknown,
  resubmitEndless,
  resubmitHandlerTag,
  resubmitHandlerUnknown,
  runnerDuplicateId,
  runnerLoadUnknown,
  runnerParameterUnknown,
  runnerWithoutWorkers,
  secretInArguments,
  serverNameInConfig,
  serverNameOverride,
  singleUserExposed,
  socketClaimedTwice,
  socketInTemporary,
  socketPathRelative,
  socketPathTooLong,
  socketRefusesProxy,
  staticByProxy,
  staticHandlerMain,
  staticNowhere,
  staticOptionsIdle,
  temporaryShared,
  toolClassTooNew,
  toolDestinationUnknown,
  toolDuplicate,
  toolEntriesAllConditional,
  toolEntriesNotMerged,
  toolHandlerUnassignable,
  toolHandlerUnknown,
  toolIdWhitespace,
  toolSourceTrackster,
  tpvConfigMissing,
  tpvRulesModuleMissing,
  trackJobsOption,
  trustedProxiesEverybody,
  trustedProxiesIdle,
  tusDirectoryMismatch,
  tusHooksOff,
  umaskWorldWritable,
  urlPrefixShape,
  webServerExposed,
  wfConfNoHandlers,
  wfDefaultScheduler,
  wfEveryProcessSchedules,
  wfHandlerNotStarted,
  wfJobHandlersScheduleToo,
  wfNoScheduler,
  wfParallelize,
  wfPoolTagIneffective,
  wfPoolTagNoConf,
  wfPreassignUnknown,
  wfSchedulerDuplicate,
  wfSchedulerJobTag,
];
