// The commands, sorted by name.

import { apply } from './apply.ts';
import type { Command } from './command.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { history } from './history.ts';
import { migrate } from './migrate.ts';
import { model } from './model.ts';
import { render } from './render.ts';
import { rollback } from './rollback.ts';
import { schema } from './schema.ts';
import { validate } from './validate.ts';

export const commands: readonly Command[] = [
  apply,
  diff,
  explain,
  history,
  migrate,
  model,
  render,
  rollback,
  schema,
  validate,
];
