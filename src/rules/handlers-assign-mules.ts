import { spanOf } from '../model/located.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlersAssignMules: Rule = {
  code: 'GX381',
  name: 'handlers-assign-mules',
  severity: 'error',
  summary: 'Handlers are to get jobs by messages to uWSGI mules.',
  why: 'Galaxy 22.05 removed uWSGI with its mules, knows the method no more, and does not start.',
  source: 'Galaxy 22.05: lib/galaxy/web_stack/handlers.py, `HANDLER_ASSIGNMENT_METHODS`',
  since: '22.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml('<handlers assign_with="uwsgi-mule-message,db-skip-locked"/>'),
    },
    at: 'job_conf.xml:5:28',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { handling } of sectionsOf(instance)) {
        const methods = handling.assign?.value ?? [];
        const mule = methods.find((one) => one.value === 'uwsgi-mule-message');
        if (!mule) continue;
        const others = methods.length > 1;
        report(
          finding(
            this,
            '"uwsgi-mule-message" is no handler assignment method since Galaxy 22.05',
            spanOf(mule),
            {
              help: others
                ? 'remove it from the list'
                : 'write "db-skip-locked", and start handlers in the pool job-handlers',
            },
          ),
        );
      }
    }
  },
};
