// The commands, sorted by name.

import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { migrate } from './migrate.ts';
import { model } from './model.ts';
import { render } from './render.ts';
import { schema } from './schema.ts';
import { validate } from './validate.ts';

export const commands: readonly Command[] = [explain, migrate, model, render, schema, validate];
