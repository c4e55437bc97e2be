import { expansionOf, placeIn } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const more = 'tools:\n  - class: user_defined\n    environment: local\n';

export const toolClassTooNew: Rule = {
  code: 'GX494',
  name: 'tool-class-too-new',
  severity: 'error',
  summary: 'The class of tools "user_defined" is used with a Galaxy that does not know it yet.',
  why: 'Galaxy knows the class from 25.1 on; before, it does not start.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, VALID_TOOL_CLASSES (24.1, 25.0, 25.1, 26.1)',
  until: '25.0',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more }) },
    at: 'job_conf.yml:11:12',
    good: {
      'galaxy.yml': server,
      'gxgen.yml': 'release: "25.1"\ngunicorn_version: 23.0.0\n',
      'job_conf.yml': jobsYml({ more }),
    },
  }),
  check(deployment, report) {
    for (const { jobs, release } of deployment.instances) {
      for (const tool of jobs.tools) {
        if (tool.class?.value !== 'user_defined' || tool.id) continue;
        report(
          finding(
            this,
            `Galaxy ${release?.value ?? ''} has no class of tools "user_defined"`,
            placeIn(tool.class, tool),
            { labels: expansionOf(tool), help: 'remove the entry until the server runs 25.1' },
          ),
        );
      }
    }
  },
};
