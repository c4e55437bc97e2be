import { celeryOption } from '../model/celery.ts';
import { isProduction } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { inEnvironment, switchedOn, textOption } from '../model/options.ts';
import { galaxyYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryBrokerDatabase: Rule = {
  code: 'GX624',
  name: 'celery-broker-database',
  severity: 'info',
  summary: "Celery and Galaxy's processes talk to each other through the database.",
  why: 'Every one of them polls it for messages all day; a message broker delivers them, and leaves the database to the data.',
  source:
    'Galaxy: amqp_internal_connection, celery_conf; Galaxy documentation: Running Galaxy in a production environment',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        '  celery:\n    loglevel: INFO\n',
        productionOptions('amqp_internal_connection'),
      ),
    },
    at: 'galaxy.yml:15:24',
    good: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions()) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'enable_celery_tasks');
      const internal = textOption(instance, 'amqp_internal_connection');
      if (
        !on ||
        !isProduction(instance) ||
        ['celery_conf', 'amqp_internal_connection'].some((one) => inEnvironment(instance, one))
      )
        continue;
      const broker = celeryOption(instance, 'broker_url') ?? internal?.value;
      if (broker !== undefined && !/^(?:sqlalchemy|sqla)\+/.test(broker)) continue;
      report(
        finding(
          this,
          'Celery has no message broker, and uses the database as one',
          spanOf(internal) ?? spanOf(on),
          {
            help: 'write amqp_internal_connection: amqp://USER:PASSWORD@HOST/galaxy with the address of your RabbitMQ; Celery uses it, too',
          },
        ),
      );
    }
  },
};
