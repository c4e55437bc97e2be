// The switch from the old server to the new one, in order, with the commands that are sure.

import { join } from '../model/paths.ts';
import type { MigrationPlan } from './plan.ts';

export function checklist(plan: MigrationPlan): string[] {
  const { strategy, web, instance, configDir } = plan;
  const lost = strategy.names.filter((one) => one.after === undefined);
  const supervised = instance.legacy?.started.by === 'supervisor';
  const names = lost.map((one) => `'${one.before.replaceAll("'", "''")}'`).join(', ');
  return [
    'Read the decisions above, and edit the new files where a line says "decide:".',
    'Stop the intake: put up a notice, and let nobody upload or start what can wait.',
    ...(lost.length > 0
      ? [
          `Drain the handlers that end (${lost.map((one) => one.before).join(', ')}): give each a tag that no tool uses in job_conf, restart everything, and wait. A job that has the name of a handler nobody runs under never finishes.`,
          `See whether any are left: SELECT handler, state, count(*) FROM job WHERE state IN ('new', 'queued', 'running', 'resubmitted', 'upload', 'waiting') AND (handler IN (${names})${webWorkers(lost)}) GROUP BY handler, state;`,
          `The same for workflows: SELECT handler, state, count(*) FROM workflow_invocation WHERE state IN ('new', 'ready') AND (handler IN (${names})${webWorkers(lost)}) GROUP BY handler, state;`,
          `What cannot wait is for experts, with Galaxy stopped: UPDATE job SET handler = '_default_' WHERE state IN ('new', 'queued', 'running') AND (handler IN (${names})${webWorkers(lost)}); the same for workflow_invocation, state IN ('new', 'ready').`,
        ]
      : ['All handlers keep their names, so jobs in the database stay with them.']),
    `Stop the old server${supervised ? ': supervisorctl stop, and take its programs out of supervisor so that both never run together' : ', and take it out of whatever starts it at boot'}.`,
    'Back up the database and the configuration.',
    'Put the new code of Galaxy in its place, and migrate the database: sh manage_db.sh upgrade.',
    `Copy the new files to ${configDir}; leave the old ones where they are: Galaxy reads galaxy.yml first.`,
    `Check them there: gxgen validate ${join(configDir, 'galaxy.yml')}`,
    'Write the units: galaxyctl update, or gxgen render --target systemd --out DIR, and compare them with what you had.',
    ...(web.changed.length > 0 || web.closed.length > 0
      ? ['Change the proxy in the same step as the start: see "Proxy" above.']
      : []),
    'Start: galaxyctl start, or systemctl start galaxy.target; then log in, run a job, and run a workflow.',
    'To go back: stop the new server, take the new files out (patch -p1 < undo.patch in that folder), restore the database, start the old one.',
  ];
}

// Processes of uWSGI and Gunicorn have numbers behind the name.
function webWorkers(lost: readonly { before: string }[]): string {
  return lost.some((one) => one.before === 'main') ? " OR handler LIKE 'main.%'" : '';
}
