// The rules, sorted by file name.

import { companionExposed } from './companion-exposed.ts';
import { dynamicHandlersNoAssign } from './dynamic-handlers-no-assign.ts';
import { forwardedTrustAll } from './forwarded-trust-all.ts';
import { forwardedTrustMissing } from './forwarded-trust-missing.ts';
import { gracefulTimeoutTooLong } from './graceful-timeout-too-long.ts';
import { gunicornArgumentOverrides } from './gunicorn-argument-overrides.ts';
import { gunicornKeyAlone } from './gunicorn-key-alone.ts';
import { gunicornReload } from './gunicorn-reload.ts';
import { gunicornThreads } from './gunicorn-threads.ts';
import { handlerDuplicateId } from './handler-duplicate-id.ts';
import { handlerStopTooShort } from './handler-stop-too-short.ts';
import { handlerTagEmpty } from './handler-tag-empty.ts';
import { handlerTagIsId } from './handler-tag-is-id.ts';
import { handlerTagIsOwnId } from './handler-tag-is-own-id.ts';
import { handlerTagRepeated } from './handler-tag-repeated.ts';
import { poolMissing } from './pool-missing.ts';
import { poolUnknown } from './pool-unknown.ts';
import { portClaimedTwice } from './port-claimed-twice.ts';
import { portPrivileged } from './port-privileged.ts';
import { processDetaches } from './process-detaches.ts';
import { reportsExposed } from './reports-exposed.ts';
import type { Rule } from './rule.ts';
import { socketClaimedTwice } from './socket-claimed-twice.ts';
import { socketInTemporary } from './socket-in-temporary.ts';
import { socketPathRelative } from './socket-path-relative.ts';
import { socketPathTooLong } from './socket-path-too-long.ts';
import { webServerExposed } from './web-server-exposed.ts';

export const rules: readonly Rule[] = [
  companionExposed,
  dynamicHandlersNoAssign,
  forwardedTrustAll,
  forwardedTrustMissing,
  gracefulTimeoutTooLong,
  gunicornArgumentOverrides,
  gunicornKeyAlone,
  gunicornReload,
  gunicornThreads,
  handlerDuplicateId,
  handlerStopTooShort,
  handlerTagEmpty,
  handlerTagIsId,
  handlerTagIsOwnId,
  handlerTagRepeated,
  poolMissing,
  poolUnknown,
  portClaimedTwice,
  portPrivileged,
  processDetaches,
  reportsExposed,
  socketClaimedTwice,
  socketInTemporary,
  socketPathRelative,
  socketPathTooLong,
  webServerExposed,
];
