// Every question to a server of a scenario, in order.

import type { Places, Scenario } from '../scenario.ts';
import { application } from './application.ts';
import { downloads } from './downloads.ts';
import { entry } from './entry.ts';
import { files } from './files.ts';
import { forgedHeaders } from './forged.ts';
import type { Question } from './question.ts';
import { reports } from './reports.ts';
import { streams } from './streams.ts';
import { tools } from './tools.ts';
import { uploads } from './uploads.ts';

/** All questions whose route the scenario has, and those that show that it has no other. */
export function questions(scenario: Scenario, places: Places): Question[] {
  return [
    ...application(scenario),
    ...forgedHeaders(scenario),
    ...files(scenario),
    ...downloads(scenario, places),
    ...entry(scenario),
    ...streams(scenario),
    ...uploads(scenario),
    ...tools(scenario, places),
    ...reports(scenario, places),
  ];
}
