// Job configurations for the corpus, complete enough that Galaxy would start with them.

import type { Section } from './case.ts';

/** @param method null: none is named, jobs go to the handlers by their tag */
export function jobConfXml(handlers: readonly string[], method: string | null): string {
  const lines = handlers.map((id) => `    <handler id="${id}" tags="handlers"/>`);
  const attributes = [
    ...(method === null ? [] : [`assign_with="${method}"`]),
    ...(handlers.length > 0 ? ['default="handlers"'] : []),
  ];
  return [
    '<?xml version="1.0"?>',
    '<job_conf>',
    '  <plugins>',
    '    <plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner" workers="4"/>',
    '  </plugins>',
    `  <handlers ${attributes.join(' ')}>`,
    ...lines,
    '  </handlers>',
    '  <destinations default="local">',
    '    <destination id="local" runner="local"/>',
    '  </destinations>',
    '</job_conf>',
    '',
  ].join('\n');
}

/** @param environment what the first handler gets, if anything */
export function jobConfYml(
  handlers: readonly string[],
  method: string | null,
  environment: Section | null = null,
): Section {
  const processes = Object.fromEntries(
    handlers.map((name, at) => [
      name,
      { tags: ['handlers'], ...(at === 0 && environment !== null ? { environment } : {}) },
    ]),
  );
  return {
    runners: { local: { load: 'galaxy.jobs.runners.local:LocalJobRunner', workers: 4 } },
    handling: {
      ...(method === null ? {} : { assign: [method] }),
      ...(handlers.length > 0 ? { default: 'handlers', processes } : {}),
    },
    execution: { default: 'local', environments: { local: { runner: 'local' } } },
  };
}
