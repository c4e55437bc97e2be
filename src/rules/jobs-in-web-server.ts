import { databaseOf } from '../model/database.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { siteOf } from '../model/routing-site.ts';
import { infrastructureUrl, isPublic } from '../model/site.ts';
import { galaxyYml, jobConfYml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

const galaxy =
  '  galaxy_infrastructure_url: https://galaxy.example.org\n  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n';

export const jobsInWebServer: Rule = {
  code: 'GX395',
  name: 'jobs-in-web-server',
  severity: 'info',
  summary: 'The web server of a public Galaxy handles jobs and workflows itself.',
  why: 'Preparing and finishing jobs takes the time of the processes that answer people, and a restart of the web server stops it.',
  source: 'Galaxy documentation: Scaling and Load Balancing; Running Galaxy in a production environment',
  since: '22.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml('', galaxy) },
    at: 'galaxy.yml:7:30',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers, galaxy), 'job_conf.yml': jobConfYml },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const { workers } = siteOf(instance);
      const { assignBroken } = instance.jobs.handling;
      if (!isPublic(instance) || assignBroken || instance.jobs.partial || workers.length === 0) continue;
      // On SQLite there is something to do before that.
      if (databaseOf(instance)?.kind === 'sqlite') continue;
      if (workers.some((one) => one.kind !== 'web' || !one.job.isHandler)) continue;
      report(
        finding(
          this,
          'the web server handles jobs and workflows itself',
          spanOf(infrastructureUrl(instance)?.origin),
          {
            help: 'start handlers with pools: [job-handlers, workflow-schedulers] in the gravity section, and name the method db-skip-locked in the job configuration',
          },
        ),
      );
    }
  },
};
