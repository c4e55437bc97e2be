import { celeryOption } from '../model/celery.ts';
import { spanOf } from '../model/located.ts';
import { isOn, option, textOption } from '../model/options.ts';
import { isLoopback } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryBrokerLocal: Rule = {
  code: 'GX632',
  name: 'celery-broker-local',
  severity: 'info',
  summary: 'Celery runs on another machine, and its broker has an address that only this one can use.',
  why: 'Galaxy puts its tasks into a queue that the workers never see.',
  source: 'Celery documentation: broker_url',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: false\n    enable_beat: false\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  amqp_internal_connection: amqp://localhost//galaxy\n`,
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [celery, celery-beat]\n',
    },
    at: 'galaxy.yml:12:29',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: false\n    enable_beat: false\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  amqp_internal_connection: amqp://mq.example.org//galaxy\n`,
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [celery, celery-beat]\n',
    },
  }),
  check(deployment, report) {
    const remote = deployment.elsewhere.find(({ value }) => value === 'celery');
    for (const instance of deployment.instances) {
      if (!remote || !isOn(instance, 'enable_celery_tasks')) continue;
      const internal = textOption(instance, 'amqp_internal_connection');
      const own = celeryOption(instance, 'broker_url');
      const broker = own ?? internal?.value;
      const host =
        broker && /^(?:amqps?|pyamqp|redis|rediss):\/\/(?:[^@]*@)?(\[[^\]]*\]|[^:/?]*)/.exec(broker)?.[1];
      // Advice only: the other machine may have a file of its own, with another name for the same broker.
      if (!host || !isLoopback(host.replace(/^\[|\]$/g, ''))) continue;
      const label = spanOf(remote);
      const place = own === undefined ? spanOf(internal) : spanOf(option(instance, 'celery_conf'));
      report(
        finding(this, `the broker of Celery is on "${host}", and Celery is on another machine`, place, {
          ...(label ? { labels: [{ span: label, text: 'Celery runs on another machine' }] } : {}),
          help: 'give the broker the same address on every machine, one that all of them reach',
        }),
      );
    }
  },
};
