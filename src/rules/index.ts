// The rules, sorted by file name.

import { accelBaseShape } from './accel-base-shape.ts';
import { accelBoth } from './accel-both.ts';
import { accelPrefix } from './accel-prefix.ts';
import { assignWithoutHandlers } from './assign-without-handlers.ts';
import { beatMissing } from './beat-missing.ts';
import { beatSeveral } from './beat-several.ts';
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
import { companionExposed } from './companion-exposed.ts';
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
import { destinationDefaultMissing } from './destination-default-missing.ts';
import { destinationDefaultUnknown } from './destination-default-unknown.ts';
import { destinationDuplicateId } from './destination-duplicate-id.ts';
import { destinationMetricsValue } from './destination-metrics-value.ts';
import { destinationParameterMissing } from './destination-parameter-missing.ts';
import { destinationRunnerUndefined } from './destination-runner-undefined.ts';
import { destinationTagEmpty } from './destination-tag-empty.ts';
import { destinationTagIsId } from './destination-tag-is-id.ts';
import { destinationTagRepeated } from './destination-tag-repeated.ts';
import { dockerSudoImplicit } from './docker-sudo-implicit.ts';
import { downloadsThroughGalaxy } from './downloads-through-galaxy.ts';
import { dynamicArgumentMissing } from './dynamic-argument-missing.ts';
import { dynamicHandlersNoAssign } from './dynamic-handlers-no-assign.ts';
import { dynamicRulesModuleMissing } from './dynamic-rules-module-missing.ts';
import { dynamicTargetUnknown } from './dynamic-target-unknown.ts';
import { dynamicTpvParams } from './dynamic-tpv-params.ts';
import { dynamicTypeUnknown } from './dynamic-type-unknown.ts';
import { environmentKeysIgnored } from './environment-keys-ignored.ts';
import { forwardedTrustAll } from './forwarded-trust-all.ts';
import { forwardedTrustMissing } from './forwarded-trust-missing.ts';
import { gracefulTimeoutTooLong } from './graceful-timeout-too-long.ts';
import { gunicornArgumentOverrides } from './gunicorn-argument-overrides.ts';
import { gunicornKeyAlone } from './gunicorn-key-alone.ts';
import { gunicornReload } from './gunicorn-reload.ts';
import { gunicornThreads } from './gunicorn-threads.ts';
import { handlerDuplicateId } from './handler-duplicate-id.ts';
import { handlerMissingRunner } from './handler-missing-runner.ts';
import { handlerPluginUnknown } from './handler-plugin-unknown.ts';
import { handlerStopTooShort } from './handler-stop-too-short.ts';
import { handlerTagEmpty } from './handler-tag-empty.ts';
import { handlerTagIsId } from './handler-tag-is-id.ts';
import { handlerTagIsOwnId } from './handler-tag-is-own-id.ts';
import { handlerTagRepeated } from './handler-tag-repeated.ts';
import { handlerTagUnused } from './handler-tag-unused.ts';
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
import { infrastructureUrlHttp } from './infrastructure-url-http.ts';
import { infrastructureUrlLocal } from './infrastructure-url-local.ts';
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
import { limitRepeated } from './limit-repeated.ts';
import { limitTargetUnknown } from './limit-target-unknown.ts';
import { limitWithoutTarget } from './limit-without-target.ts';
import { limitZero } from './limit-zero.ts';
import { maxGrabNoEffect } from './max-grab-no-effect.ts';
import { metadataWithoutCelery } from './metadata-without-celery.ts';
import { nginxUploadLegacy } from './nginx-upload-legacy.ts';
import { poolMissing } from './pool-missing.ts';
import { poolTagIsHandler } from './pool-tag-is-handler.ts';
import { poolTagMalformed } from './pool-tag-malformed.ts';
import { poolTagUnused } from './pool-tag-unused.ts';
import { poolTaggedOnlyNoWfConf } from './pool-tagged-only-no-wf-conf.ts';
import { poolUnknown } from './pool-unknown.ts';
import { portClaimedTwice } from './port-claimed-twice.ts';
import { portPrivileged } from './port-privileged.ts';
import { processDetaches } from './process-detaches.ts';
import { readyWindowSmall } from './ready-window-small.ts';
import { remoteUserHeaderShape } from './remote-user-header-shape.ts';
import { remoteUserSecretDefault } from './remote-user-secret-default.ts';
import { remoteUserUnprotected } from './remote-user-unprotected.ts';
import { reportsExposed } from './reports-exposed.ts';
import { reportsGone } from './reports-gone.ts';
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
import { singleUserExposed } from './single-user-exposed.ts';
import { socketClaimedTwice } from './socket-claimed-twice.ts';
import { socketInTemporary } from './socket-in-temporary.ts';
import { socketPathRelative } from './socket-path-relative.ts';
import { socketPathTooLong } from './socket-path-too-long.ts';
import { staticByProxy } from './static-by-proxy.ts';
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
import { tusDirectoryMismatch } from './tus-directory-mismatch.ts';
import { tusHooksOff } from './tus-hooks-off.ts';
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
  assignWithoutHandlers,
  beatMissing,
  beatSeveral,
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
  companionExposed,
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
  destinationDefaultMissing,
  destinationDefaultUnknown,
  destinationDuplicateId,
  destinationMetricsValue,
  destinationParameterMissing,
  destinationRunnerUndefined,
  destinationTagEmpty,
  destinationTagIsId,
  destinationTagRepeated,
  dockerSudoImplicit,
  downloadsThroughGalaxy,
  dynamicArgumentMissing,
  dynamicHandlersNoAssign,
  dynamicRulesModuleMissing,
  dynamicTargetUnknown,
  dynamicTpvParams,
  dynamicTypeUnknown,
  environmentKeysIgnored,
  forwardedTrustAll,
  forwardedTrustMissing,
  gracefulTimeoutTooLong,
  gunicornArgumentOverrides,
  gunicornKeyAlone,
  gunicornReload,
  gunicornThreads,
  handlerDuplicateId,
  handlerMissingRunner,
  handlerPluginUnknown,
  handlerStopTooShort,
  handlerTagEmpty,
  handlerTagIsId,
  handlerTagIsOwnId,
  handlerTagRepeated,
  handlerTagUnused,
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
  infrastructureUrlHttp,
  infrastructureUrlLocal,
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
  limitRepeated,
  limitTargetUnknown,
  limitWithoutTarget,
  limitZero,
  maxGrabNoEffect,
  metadataWithoutCelery,
  nginxUploadLegacy,
  poolMissing,
  poolTagIsHandler,
  poolTagMalformed,
  poolTagUnused,
  poolTaggedOnlyNoWfConf,
  poolUnknown,
  portClaimedTwice,
  portPrivileged,
  processDetaches,
  readyWindowSmall,
  remoteUserHeaderShape,
  remoteUserSecretDefault,
  remoteUserUnprotected,
  reportsExposed,
  reportsGone,
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
  singleUserExposed,
  socketClaimedTwice,
  socketInTemporary,
  socketPathRelative,
  socketPathTooLong,
  staticByProxy,
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
  tusDirectoryMismatch,
  tusHooksOff,
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
