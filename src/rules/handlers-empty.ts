import { isDynamic } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlersEmpty: Rule = {
  code: 'GX439',
  name: 'handlers-empty',
  severity: 'info',
  summary: 'The section of handlers has no method and no handler in it.',
  why: 'It changes nothing: only a method, or a handler that is listed, keeps the web processes from handling jobs.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py; the scaling document says otherwise',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml('<handlers/>') },
    at: 'job_conf.xml:5:5',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml('') },
  }),
  check(deployment, report) {
    for (const { jobs, services } of deployment.instances) {
      const { span, handlers, ...rest } = jobs.handling;
      if (!span || handlers.length > 0 || Object.keys(rest).length > 0 || services.some(isDynamic)) continue;
      report(
        finding(this, 'no method and no handler here: web processes go on handling jobs', span, {
          help: 'remove it, or name a method and start handlers',
        }),
      );
    }
  },
};
