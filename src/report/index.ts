// The formats of `--format`, sorted by name.

import { concise } from './concise.ts';
import { json } from './json.ts';
import type { Reporter } from './reporter.ts';
import { text } from './text.ts';

export const reporters: readonly Reporter[] = [concise, json, text];
