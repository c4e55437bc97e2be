import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { siteOf, webBase } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (id: string) => `<handlers>\n        <handler id="${id}"/>\n    </handlers>`;

export const handlerNameOfWeb: Rule = {
  code: 'GX429',
  name: 'handler-name-of-web',
  severity: 'error',
  summary: 'A handler has the name of a worker of the web server.',
  why: 'Listing a name starts a process under it, beside the web worker: both own the same rows and messages.',
  source: 'galaxyproject/galaxy#13514; Gravity starts one process for each listed handler',
  since: '22.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('main.1')) },
    at: 'job_conf.xml:6:22',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('handler1')) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const { workers } = siteOf(instance);
      const bases = workers
        .filter((one) => one.kind === 'web')
        .map((one) => ({
          base: `${webBase(instance, one.process).value}.`,
          count: Number(one.service.settings.workers?.value ?? 1),
        }));
      for (const { kind, name } of workers) {
        if (kind === 'web') continue;
        const taken = bases.some(({ base, count }) => {
          const number = name.value.startsWith(base) ? name.value.slice(base.length) : '';
          return /^[1-9][0-9]{0,5}$/.test(number) && Number(number) <= count;
        });
        if (!taken) continue;
        report(
          finding(this, `handler ${quoted(name.value)} has the name of a web worker`, spanOf(name), {
            help: 'rename the handler; to let web processes handle jobs remove all handlers',
          }),
        );
      }
    }
  },
};
