import { spanOf } from '../model/located.ts';
import { inEnvironment, isOn, switchedOn, textOption } from '../model/options.ts';
import type { Runner } from '../model/routing.ts';
import { infrastructureUrl, isLoopback } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlLocal: Rule = {
  code: 'GX523',
  name: 'infrastructure-url-local',
  severity: 'warning',
  summary: 'galaxy_infrastructure_url is an address that only this machine can use, and others have to.',
  why: 'Browsers and remote machines then call themselves instead of Galaxy: interactive tools do not open, and Pulsar jobs never report back.',
  source: 'galaxyproject/galaxy#21011; Galaxy documentation: Galaxy Interactive Tools',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: http://localhost:8080\n  interactivetools_enable: true\n`,
      ),
    },
    at: 'galaxy.yml:9:30',
    good: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  interactivetools_enable: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = infrastructureUrl(instance);
      const written = textOption(instance, 'galaxy_infrastructure_url');
      // Without the upstream proxy interactive tools are tried out on one's own machine.
      const tools = isOn(instance, 'interactivetools_upstream_proxy', true)
        ? switchedOn(instance, 'interactivetools_enable')
        : undefined;
      const pulsar = instance.jobs.runners.find((one) => callsBack(one));
      const user = tools
        ? 'interactive tools need'
        : pulsar
          ? `runner "${pulsar.id.value}" needs`
          : undefined;
      if (user === undefined || inEnvironment(instance, 'galaxy_infrastructure_url')) continue;
      if (
        written
          ? !url || !isLoopback(url.host)
          : pulsar?.params.some((one) => one.name.value === 'galaxy_url')
      )
        continue;
      const reason = spanOf(tools) ?? pulsar?.id.origin;
      const place = spanOf(written) ?? spanOf(tools) ?? spanOf(pulsar?.id);
      const label = written && reason ? (spanOf(tools) ?? spanOf(pulsar?.id)) : undefined;
      const what = written ? `is "${url?.host}"` : 'is not set, so it is http://localhost:8080';
      report(
        finding(this, `"galaxy_infrastructure_url" ${what}, and ${user} a public address`, place, {
          ...(label ? { labels: [{ span: label, text: 'needs it' }] } : {}),
          help: 'write galaxy_infrastructure_url with the address that people use, for example https://galaxy.example.org',
        }),
      );
    }
  },
};

// Pulsar's own machine calls Galaxy, unless both are one process.
function callsBack({ load, params }: Runner): boolean {
  const kind = load?.value.split(':')[1] ?? load?.value ?? '';
  if (!/^Pulsar(?:MQ|REST|Legacy|)JobRunner$/.test(kind)) return false;
  return !params.some((one) => one.name.value === 'galaxy_url');
}
