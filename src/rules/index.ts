// The rules, sorted by file name.

import { dynamicHandlersNoAssign } from './dynamic-handlers-no-assign.ts';
import { poolMissing } from './pool-missing.ts';
import { poolUnknown } from './pool-unknown.ts';
import type { Rule } from './rule.ts';

export const rules: readonly Rule[] = [dynamicHandlersNoAssign, poolMissing, poolUnknown];
