// Every back end, by name.

import type { Backend } from './backend.ts';
import { commands } from './commands/index.ts';
import { supervisor } from './supervisor/index.ts';
import { systemd } from './systemd/index.ts';

export const backends: readonly Backend[] = [commands, supervisor, systemd];
