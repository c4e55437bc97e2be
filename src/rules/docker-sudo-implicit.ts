import { paramText } from '../model/routing-destinations.ts';
import { isEnabled, isTruth } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const destination = (more: string) =>
  `        <destination id="docker_local" runner="local">
            <param id="docker_enabled">true</param>
${more}        </destination>
`;

export const dockerSudoImplicit: Rule = {
  code: 'GX479',
  name: 'docker-sudo-implicit',
  severity: 'info',
  summary: 'A destination of job_conf.xml uses Docker and does not say whether through sudo.',
  why: 'In XML Galaxy then calls docker through sudo, in YAML it does not; the account needs the right, and a move to YAML changes it.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, job_config_xml_to_dict',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml({ destinations: destination('') }) },
    at: 'job_conf.xml:7:26',
    good: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({
        destinations: destination('            <param id="docker_sudo">false</param>\n'),
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.format !== 'xml') continue;
      for (const one of jobs.destinations) {
        if (isEnabled(one) === false || !isTruth(paramText(one, 'docker_enabled') ?? '')) continue;
        if (one.params.some(({ name }) => name.value === 'docker_sudo')) continue;
        report(
          finding(this, `${quoted(one.id.value)} calls docker through sudo`, placeIn(one.id, one), {
            values: ['docker_sudo is true (default in XML)'],
            labels: expansionOf(one),
            help: 'add <param id="docker_sudo">true</param>, or false',
          }),
        );
      }
    }
  },
};
