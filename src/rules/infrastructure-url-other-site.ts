import { spanOf } from '../model/located.ts';
import { publicSite } from '../model/proxy/public.ts';
import { infrastructureUrl, isLoopback } from '../model/site.ts';
import { galaxyYml, proxySite, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlOtherSite: Rule = {
  code: 'GX546',
  name: 'infrastructure-url-other-site',
  severity: 'warning',
  summary: 'galaxy_infrastructure_url names another site than the proxy is for.',
  why: 'Interactive tools, tusd and Pulsar call Galaxy there; what they reach is not this site.',
  source: 'Galaxy: galaxy_infrastructure_url; Gravity: tusd asks Galaxy at this address',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://usegalaxy.example.org\n`),
      'gxgen.yml': proxyYml(proxySite),
    },
    at: 'galaxy.yml:7:30',
    good: {
      'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org\n`),
      'gxgen.yml': proxyYml(proxySite),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = infrastructureUrl(instance);
      const site = instance.proxy && publicSite(instance.proxy);
      // A name without a dot is one of the inner network, for machines that need no proxy.
      if (!url || !site || isLoopback(url.host) || !url.host.includes('.')) continue;
      const is = ({ value }: { readonly value: string }) => value.toLowerCase() === url.host;
      const port = url.port && url.port !== { http: 80, https: 443 }[url.scheme] ? `:${url.port}` : '';
      const alias = site.aliases.some(is);
      const wrong = !is(site.name)
        ? `the name "${url.host}"${alias ? ', which is only sent on' : ''}`
        : url.scheme !== site.scheme
          ? url.scheme
          : port !== site.port
            ? port === ''
              ? 'no port'
              : `port ${port.slice(1)}`
            : undefined;
      if (wrong === undefined) continue;
      const wanted = `${site.scheme}://${site.name.value}${site.port}`;
      const label = spanOf(site.name);
      report(
        finding(
          this,
          `"galaxy_infrastructure_url" has ${wrong}, and the site is ${wanted}`,
          spanOf(url.origin),
          {
            // Programs that follow 301 ask with GET what they were to send with POST.
            ...(alias
              ? {
                  why: 'a redirection loses what tusd and Pulsar send to Galaxy, so uploads and remote jobs fail',
                }
              : {}),
            ...(label ? { labels: [{ span: label, text: 'the site' }] } : {}),
            help: `write galaxy_infrastructure_url: ${wanted}${url.path === '/' ? '' : url.path}`,
          },
        ),
      );
    }
  },
};
