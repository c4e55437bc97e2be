import type { Instance } from '../model/deployment.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { isKnownPool } from '../model/pools.ts';
import { defaultTag } from '../model/routing.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { isMispooled, jobGoes, type Site, siteOf } from '../model/routing-site.ts';
import { suggest } from '../text/suggest.ts';
import { galaxyYml, jobConfXml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

// Only so many unknown names are compared with all others: a file may hold 100,000.
const suggestions = 100;

const tool = (handler: string) =>
  `    <tools>\n        <tool id="bwa_mem" handler="${handler}"/>\n    </tools>\n`;

export const toolHandlerUnknown: Rule = {
  code: 'GX463',
  name: 'tool-handler-unknown',
  severity: 'error',
  summary: 'A tool is mapped to a handler or tag that no process answers to.',
  why: 'Galaxy does not check the name: the jobs of the tool stay new for ever without a message, or cannot be submitted.',
  source:
    'Galaxy: lib/galaxy/jobs/handler.py, `JobHandlerQueue`; lib/galaxy/web_stack/handlers.py, `assign_handler`',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(undefined, tool('handler_2')),
    },
    at: 'job_conf.xml:10:37',
    good: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(undefined, tool('handler_1')),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const site = siteOf(instance);
      // Where nobody handles jobs at all, one finding is enough.
      if (instance.jobs.partial || !site.workers.some((one) => one.job.isHandler)) continue;
      const told = new Map<string, Advice | undefined>();
      let left = suggestions;
      for (const tool of instance.jobs.tools) {
        if (!tool.handler) continue;
        const name = tool.handler.value;
        if (!told.has(name))
          told.set(
            name,
            isAnswered(instance, site, name)
              ? undefined
              : advise(site, name, left-- > 0, instance.jobs.format !== 'ini'),
          );
        const advice = told.get(name);
        if (!advice) continue;
        const what = quoted(tool.id?.value ?? tool.class?.value ?? '');
        report(
          finding(
            this,
            `${what} is mapped to ${quoted(name)}, which no process answers to${advice.near === undefined ? '' : `; did you mean "${advice.near}"?`}`,
            placeIn(tool.handler, tool),
            { labels: expansionOf(tool), help: advice.help },
          ),
        );
      }
    }
  },
};

function isAnswered(instance: Instance, site: Site, name: string): boolean {
  const goes = jobGoes(instance, name);
  if (goes.kind === 'fails') return site.answering.has(name);
  if (goes.kind !== 'name' || site.taken.has(goes.name)) return true;
  // A handler in no pool, or in a misspelt one, is a mistake of its own.
  return site.workers.some(
    (one) =>
      isMispooled(one) && (one.name.value === name || one.pools.some((pool) => pool.includes(`.${name}`))),
  );
}

interface Advice {
  readonly near?: string;
  readonly help: string;
}

// Before 19.01 there were no pools; a galaxy.ini that configures jobs is older.
function advise({ answering, workers }: Site, name: string, compare: boolean, pools: boolean): Advice {
  const entry = workers.filter((one) => one.kind === 'dynamic' && one.service.name === name);
  if (entry.length > 0)
    return {
      help: `the processes of handler ${quoted(name)} are called ${called(entry)}: write one of these, or a tag`,
    };
  if (workers.some((one) => one.name.value === name)) {
    return {
      help: `${quoted(name)} is running, but handles no jobs: attach it to the pool job-handlers, or write another handler`,
    };
  }
  if (isKnownPool(name)) {
    return {
      help: 'this is the name of a pool: for the pool "job-handlers.TAG" write TAG, and nothing for "job-handlers"',
    };
  }
  const near = compare ? suggest(name, answering) : undefined;
  const handlers = [...answering].filter((one) => one !== '' && one !== defaultTag).slice(0, 8);
  return {
    ...(near === undefined ? {} : { near }),
    help: `processes answer to ${handlers.map(quoted).join(', ')}${answering.size > 9 ? ' and more' : ''}${pools ? '; for another tag attach one to the pool "job-handlers.TAG"' : ''}`,
  };
}

function called(workers: Site['workers']): string {
  const names = workers.map((one) => `"${one.name.value}"`);
  return names.length > 2 ? `${names[0]} to ${names.at(-1)}` : names.join(' and ');
}
