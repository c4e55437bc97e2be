// The commands, sorted by name.

import type { Command } from './command.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { model } from './model.ts';
import { render } from './render.ts';
import { schema } from './schema.ts';
import { validate } from './validate.ts';

export const commands: readonly Command[] = [diff, explain, model, render, schema, validate];
