import { spanOf } from '../model/located.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (attributes: string) =>
  `<handlers${attributes}>\n        <handler id="handler0"/>\n    </handlers>`;

export const maxGrabNoEffect: Rule = {
  code: 'GX388',
  name: 'max-grab-no-effect',
  severity: 'warning',
  summary: 'max_grab is set, but handlers do not take jobs for themselves.',
  why: 'It bounds how many jobs a handler takes from the database at a time. With this method jobs are given to handlers, any number of them.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, `ItemGrabber`',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(statics(' assign_with="db-preassign" max_grab="8"')),
    },
    at: 'job_conf.xml:5:52',
    good: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(statics(' assign_with="db-skip-locked" max_grab="8"')),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { handling, methods } of sectionsOf(instance)) {
        const { maxGrab, assignBroken } = handling;
        if (!maxGrab || maxGrab.value <= 0 || assignBroken || !methods.configured || methods.grab) continue;
        report(
          finding(this, `"max_grab" has no effect with ${methods.methods.join(', ')}`, spanOf(maxGrab), {
            help: 'remove it, or let handlers take jobs by "db-skip-locked"',
          }),
        );
      }
    }
  },
};
