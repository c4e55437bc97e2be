import { jobsXml, server, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

export const jobConfigImplicitXml: Rule = {
  code: 'GX379',
  name: 'job-config-implicit-xml',
  severity: 'info',
  summary: 'Galaxy finds job_conf.xml only because there is no job_conf.yml.',
  why: 'Galaxy warns of it at every start and is to stop looking for the file; it would then run all jobs on its own machine.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py; galaxyproject/galaxy#15018',
  since: '23.0',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.xml': jobsXml() },
    at: 'job_conf.xml',
    good: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml() },
  }),
  check(deployment, report) {
    for (const { jobs, options } of deployment.instances) {
      if (jobs.format !== 'xml' || options.some((one) => one.name === 'job_config_file')) continue;
      report(
        finding(this, 'no option names this file', jobs.file, {
          help: 'add job_config_file: job_conf.xml to the galaxy section, or write the file as job_conf.yml',
        }),
      );
    }
  },
};
