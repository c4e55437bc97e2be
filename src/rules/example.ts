// What the examples of the rules share, so that each shows only what it is about. They are complete and clean: a
// server that runs, with nothing else to complain of.

/** A galaxy.yml whose `gravity:` and `galaxy:` sections end with these lines, each indented by two. */
export function galaxyYml(gravity = '', galaxy = ''): string {
  return `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
${gravity}galaxy:
  id_secret: 4c1b9f1e5d6a4f0e8b7a
${galaxy}`;
}

/** A job_conf.yml with one runner, one environment and handlers that take jobs from the database. */
export const jobConfYml = `runners:
  local:
    load: galaxy.jobs.runners.local:LocalJobRunner
handling:
  assign: [db-skip-locked]
execution:
  environments:
    local:
      runner: local
`;

/** A job_conf.xml with these parts between its runners and its end; `handlers` may be a whole element or nothing. */
export function jobConfXml(handlers = '<handlers assign_with="db-skip-locked"/>', more = ''): string {
  return `<job_conf>
    <plugins>
        <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/>
    </plugins>
    ${handlers}
    <destinations>
        <destination id="local" runner="local"/>
    </destinations>
${more}</job_conf>
`;
}

/** Two dynamic handlers for jobs and workflows, as the first lines of `galaxyYml`. */
export const pooledHandlers = `  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
`;

/** A workflow_schedulers_conf.xml; `handlers` may be a whole element or nothing. */
export function workflowXml(handlers = '<handlers assign_with="db-skip-locked"/>'): string {
  return `<workflow_schedulers default="core">
    <core id="core"/>
    ${handlers}
</workflow_schedulers>
`;
}

const production: Readonly<Record<string, string>> = {
  galaxy_infrastructure_url: 'https://galaxy.example.org',
  data_dir: '/srv/galaxy/data',
  database_connection: 'postgresql:///galaxy?host=/var/run/postgresql',
  database_engine_option_server_side_cursors: 'true',
  nginx_x_accel_redirect_base: '/_x_accel_redirect',
  retry_metadata_internally: 'false',
  enable_celery_tasks: 'true',
  amqp_internal_connection: 'amqp://localhost//galaxy',
  celery_conf: `
    result_backend: redis://localhost:6379/0
    task_routes:
      galaxy.fetch_data: galaxy.external
      galaxy.set_job_metadata: galaxy.external`,
};

/** Lines of the `galaxy:` section of a server for people, to which there is nothing to add, but for those left out. */
export function productionOptions(...without: readonly string[]): string {
  return Object.entries(production)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `  ${name}:${value.startsWith('\n') ? '' : ' '}${value}\n`)
    .join('');
}

/** A gxgen.yml whose `proxy:` section has these lines, each indented by two; they begin on line 4. */
export function proxyYml(lines: string): string {
  return `release: "24.1"
gunicorn_version: 22.0.0
proxy:
${lines}`;
}

/** Lines of `proxy:` for a whole site. */
export const proxySite = `  server_name: galaxy.example.org
  tls:
    certificate: /etc/ssl/certs/galaxy.pem
    certificate_key: /etc/ssl/private/galaxy.key
`;
