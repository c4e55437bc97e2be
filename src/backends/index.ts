// Every back end, by name.

import { apache } from './apache/index.ts';
import type { Backend } from './backend.ts';
import { commands } from './commands/index.ts';
import { nginx } from './nginx/index.ts';
import { supervisor } from './supervisor/index.ts';
import { systemd } from './systemd/index.ts';

export const backends: readonly Backend[] = [apache, commands, nginx, supervisor, systemd];
