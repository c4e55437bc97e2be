// gxgen schema: the published JSON Schemas, for editors and other programs.

import { type Command, exits, UsageError } from './command.ts';

export const schemaNames = [
  'diagnostics',
  'diff',
  'galaxy',
  'galaxy-yml',
  'gravity',
  'gxgen',
  'job-conf',
  'job-conf-xml',
  'model',
  'proxy',
  'workflow-schedulers',
] as const;

export const schema: Command = {
  name: 'schema',
  words: 'NAME',
  summary: `print a JSON Schema: ${schemaNames.join(', ')}`,
  options: {},
  run(args, host) {
    const [name, ...rest] = args.words;
    const known = schemaNames.join(', ');
    if (name === undefined || rest.length > 0) throw new UsageError(`name one schema: ${known}`);
    const text = schemaNames.some((one) => one === name)
      ? host.asset(`schemas/${name}.schema.json`)
      : undefined;
    if (text === undefined) throw new UsageError(`no schema "${name}"; there are ${known}`);
    host.stdout.write(text);
    return exits.clean;
  },
};
