import { spanOf } from '../model/located.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { siteOf, webBase } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (id: string) => `<handlers>\n        <handler id="${id}"/>\n    </handlers>`;

export const staticHandlerMain: Rule = {
  code: 'GX428',
  name: 'static-handler-main',
  severity: 'warning',
  summary: 'A listed handler has the name that web processes had before Galaxy 22.01.',
  why: 'Web processes are called "main.1", "main.2" and so on since 22.01, so this is no longer the web server: it is one more process, which takes all jobs that name no handler.',
  source: 'galaxyproject/galaxy#5984, galaxyproject/galaxy#13514',
  since: '22.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('main')) },
    at: 'job_conf.xml:6:22',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('handler0')) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const { workers } = siteOf(instance);
      const web = workers.find((one) => one.kind === 'web');
      const handler = instance.jobs.handling.handlers.find(
        (one) => one.id.value === (web ? webBase(instance, web.process).value : 'main'),
      );
      if (!handler || workers.some((one) => one.kind === 'dynamic' && one.name.value === handler.id.value))
        continue;
      const place = spanOf(web?.service.settings.bind);
      report(
        finding(
          this,
          `handler ${quoted(handler.id.value)} is not the web server, but a process of its own`,
          placeIn(handler.id, handler),
          {
            labels: [
              ...(place
                ? [{ span: place, text: `its workers are called "${web?.name.value}" and so on` }]
                : []),
              ...expansionOf(handler),
            ],
            help: 'to let web processes handle jobs remove all handlers; otherwise call it "handler0"',
          },
        ),
      );
    }
  },
};
