// What a rule is: a check of the finished model, with everything needed to explain itself.

import {
  assemble,
  type Details,
  type Diagnostic,
  type Report,
  type Severity,
} from '../diagnostics/diagnostic.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Span } from '../text/source.ts';

/** Files by name in the configuration folder: `galaxy.yml`, `job_conf.xml`, `gxgen.yml`; `supervisor.conf` is given as a supervisor file. */
export type ExampleFiles = Readonly<Record<string, string>>;

export interface Rule {
  readonly code: string;
  /** Kebab case, as people see it beside the code. */
  readonly name: string;
  readonly severity: Severity;
  /** What was found, in one sentence. */
  readonly summary: string;
  /** The consequence for the server, in one or two sentences. */
  readonly why: string;
  /** Document, thread or source file the rule rests on. */
  readonly source: string;
  /** First and last Galaxy release it applies to, both included; it never sees an instance of another. */
  readonly since?: string;
  readonly until?: string;
  /**
   * Executed by the tests: `bad` gives exactly this code, first at `at`; `good` gives nothing at all. A function,
   * because a compilation has no use for it and would make 400 texts.
   */
  readonly example: () => {
    readonly bad: ExampleFiles;
    /** `galaxy.yml:4:7`, or `galaxy.yml` where there is no place in it. */
    readonly at: string;
    readonly good: ExampleFiles;
  };
  check(deployment: Deployment, report: Report): void;
}

// A note continues a sentence, so it begins small; these keep their capital.
const names =
  /^(Galaxy|Gravity|Celery|PostgreSQL|SQLite|YAML|XML|MySQL|RabbitMQ|Redis|Pulsar|TPV|SQLAlchemy|Python|Linux|Debian|[A-Z][A-Z]+)\b/;

/** A finding of a rule; its `why` is the rule's own unless `details` has one. */
export function finding(
  rule: Rule,
  message: string,
  where: Span | string | undefined,
  details: Details = {},
): Diagnostic {
  const why = names.test(rule.why) ? rule.why : rule.why.charAt(0).toLowerCase() + rule.why.slice(1);
  return assemble(rule.code, rule.name, details.severity ?? rule.severity, message, where, {
    why: why.replace(/\.$/, ''),
    ...details,
  });
}
