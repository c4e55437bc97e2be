import { spanOf } from '../model/located.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlersAssignMemSelfBroken: Rule = {
  code: 'GX383',
  name: 'handlers-assign-mem-self-broken',
  severity: 'error',
  summary: 'Jobs are to be kept in memory, which fails in Galaxy 20.09 to 23.0.',
  why: 'A defect of these releases makes the method fail for every job. Where no other method follows, no job can be submitted.',
  source:
    'Galaxy 20.09 to 23.0: lib/galaxy/web_stack/handlers.py, `_assign_mem_self_handler`; fixed in June 2023',
  since: '20.09',
  until: '23.0',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml('<handlers assign_with="mem-self"/>'),
      'gxgen.yml': 'release: "22.05"\ngunicorn_version: 22.0.0\n',
    },
    at: 'job_conf.xml:5:28',
    good: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml('<handlers assign_with="db-self"/>'),
      'gxgen.yml': 'release: "22.05"\ngunicorn_version: 22.0.0\n',
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const methods = jobs.handling.assign?.value ?? [];
      const found = methods.find((one) => one.value === 'mem-self');
      if (!found) continue;
      const last = methods.at(-1) === found;
      report(
        finding(this, '"mem-self" fails for every job in Galaxy 20.09 to 23.0', spanOf(found), {
          ...(last ? {} : { severity: 'warning', why: 'the next method is used instead' }),
          help: last
            ? 'write "db-self", or "db-skip-locked" with handlers of their own'
            : 'remove it, or run Galaxy 23.1 or later',
        }),
      );
    }
  },
};
