// The mistakes that nginx configurations of Galaxy servers have been published with, each as a check of the tree.

import type { Check } from './check.ts';
import { routeChecks } from './route-checks.ts';
import { serverChecks } from './server-checks.ts';

export const checks: readonly Check[] = [...routeChecks, ...serverChecks];
