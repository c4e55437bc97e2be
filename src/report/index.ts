// The formats of `--format`, sorted by name.

import { concise } from './concise.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export const reporters: readonly Reporter[] = [concise, github, json, junit, sarif, text];
