import type { Destination } from '../model/routing.ts';
import { type DestinationTable, destinationTable } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = (condition: string) =>
  `  default: local
  environments:
    local:
      runner: local
      resubmit:
        - environment: local_big
    local_big:
      runner: local
      resubmit:
        - environment: local
${condition}`;

export const resubmitEndless: Rule = {
  code: 'GX499',
  name: 'resubmit-endless',
  severity: 'warning',
  summary: 'Failed jobs are resubmitted without a condition until they are back where they began.',
  why: 'Galaxy has no limit of its own: a job that always fails runs again for ever.',
  source: 'Galaxy: lib/galaxy/jobs/runners/state_handlers/resubmit.py',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('') }) },
    at: 'job_conf.yml:12:11',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ execution: execution('          condition: attempt < 3\n') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const table = destinationTable(jobs);
      const done = new Set<Destination>();
      for (const start of jobs.destinations) {
        if (isEnabled(start) === false) continue;
        // Each destination has at most one way on, so this is a walk and no search.
        const path: Destination[] = [];
        let at: Destination | undefined = start;
        while (at && !done.has(at) && !path.includes(at) && path.length < 1000) {
          path.push(at);
          at = nextOf(at, table);
        }
        if (at && path.includes(at)) {
          const names = [...path.slice(path.indexOf(at)), at].map((one) => quoted(one.id.value));
          report(
            finding(
              this,
              `jobs that fail are resubmitted for ever: ${names.slice(0, 6).join(' to ')}`,
              wayOn(at)?.span,
              { labels: expansionOf(at), help: 'add a condition that ends it, such as "attempt < 3"' },
            ),
          );
        }
        for (const one of path) done.add(one);
      }
    }
  },
};

// The first entry that applies is taken; one without a condition always does.
function wayOn({ resubmit }: Destination) {
  const [first] = resubmit;
  return first && !first.condition?.value ? first : undefined;
}

function nextOf(destination: Destination, table: DestinationTable): Destination | undefined {
  const on = wayOn(destination);
  return on && (on.destination ? table.ids.get(on.destination.value) : destination);
}
