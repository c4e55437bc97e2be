import { destinationTable } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const two = '  environments:\n    local:\n      runner: local\n    big:\n      runner: local\n';

export const destinationDefaultMissing: Rule = {
  code: 'GX470',
  name: 'destination-default-missing',
  severity: 'error',
  summary: 'There are several destinations, or none, and no default is named.',
  why: 'Galaxy does not start: it chooses a default itself only where there is a single name, and tags count as names.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, _ensure_default_set; galaxyproject/galaxy#7857',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: two }) },
    at: 'job_conf.yml:8:5',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: `  default: local\n${two}` }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const { format, partial, defaultDestination, defaultDestinationFrom, destinations } = jobs;
      if (format === 'none' || partial || defaultDestination || defaultDestinationFrom) continue;
      // With what is decided only when Galaxy starts, there may be one name in the end.
      if (destinations.some((one) => isEnabled(one) === undefined)) continue;
      const { ids, tags } = destinationTable(jobs);
      const names = [...new Set([...ids.keys(), ...tags.keys()])];
      if (names.length === 1) continue;
      const what = format === 'xml' ? 'destination' : 'environment';
      const message =
        names.length === 0
          ? `there is no ${what} at all`
          : `no default ${what} is named, and there are ${names.length} names to choose from`;
      const shown = names.slice(0, 5).join(', ');
      const help =
        format === 'xml'
          ? 'add default="..." to <destinations>, with an id or a tag'
          : 'add "default" under "execution", with the name or a tag of an environment';
      report(
        finding(this, message, destinations[0]?.span ?? jobs.file, {
          ...(names.length === 0
            ? { help: `add one, with the runner that runs its jobs` }
            : { values: [`the names are ${shown}${names.length > 5 ? ', ...' : ''}`], help }),
        }),
      );
    }
  },
};
