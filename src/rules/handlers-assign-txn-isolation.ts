import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { isOlder } from '../model/release.ts';
import { sectionsOf, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

const method = 'db-transaction-isolation';

export const handlersAssignTxnIsolation: Rule = {
  code: 'GX382',
  name: 'handlers-assign-txn-isolation',
  severity: 'error',
  summary: 'Handlers take jobs by transaction isolation, which is broken in Galaxy 23.1 to 24.1.',
  why: 'In 24.1 the first look for jobs raises "Exception in monitor_step", again and again, and nothing runs. In 23.1 to 24.0 the isolation is not applied, so two handlers can take the same job.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, `JobHandlerQueue`/`ItemGrabber`, 23.0 to 26.1',
  since: '23.1',
  until: '24.1',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml('<handlers assign_with="db-transaction-isolation"/>'),
    },
    at: 'job_conf.xml:5:28',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const old = isOlder(instance.release?.value, '24.1');
      const several =
        isElsewhere(deployment, 'job-handlers', 'workflow-schedulers') ||
        siteOf(instance).workers.filter((one) => one.job.isHandler || one.scheduler.schedules).length > 1;
      for (const { handling, methods } of sectionsOf(instance)) {
        const found = handling.assign?.value.find((one) => one.value === method);
        // With one handler there is nobody to collide with.
        if (!found || methods.grab !== method || (old && !several)) continue;
        const place = spanOf(found);
        report(
          finding(this, `"${method}" is broken in Galaxy ${old ? '23.1 and 24.0' : '24.1'}`, place, {
            why: old
              ? 'the isolation is not applied to the connection, so two handlers can take the same job'
              : 'the first look for jobs raises "Exception in monitor_step" again and again, and no job runs',
            help: 'write "db-skip-locked"; it needs PostgreSQL 9.5 or MySQL 8',
            ...(place
              ? {
                  fix: {
                    title: 'write "db-skip-locked"',
                    safe: false,
                    edits: [{ span: place, text: 'db-skip-locked' }],
                  },
                }
              : {}),
          }),
        );
      }
    }
  },
};
