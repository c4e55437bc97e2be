// Codes of problems that belong to no rule: usage, files, syntax, schema, model, targets. A code is never reused.
// Each entry is also its page in `gxgen explain CODE`.

import type { Severity } from './diagnostic.ts';

export interface CodeInfo {
  /** The name people see beside the code, in kebab case. */
  readonly name: string;
  readonly severity: Severity;
  /** What was found, in one sentence. */
  readonly summary: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
}

export const codes = {
  // GX0xx: usage and files
  GX001: {
    name: 'file-unreadable',
    severity: 'error',
    summary: 'A file that was named, or that another file refers to, cannot be read.',
    why: 'What it says is unknown, so nothing can be compiled from it.',
  },
  GX002: {
    name: 'file-encoding',
    severity: 'error',
    summary: 'A file is not text in the encoding that it declares, or in UTF-8 where it declares none.',
    why: 'Galaxy would refuse it, or read other characters than the ones you see.',
  },
  GX003: {
    name: 'file-too-large',
    severity: 'error',
    summary: 'A file is larger than gxgen reads: 16 MB of YAML, 256 MB of XML.',
    why: 'A configuration of that size is nearly always the wrong file, and reading it would take unbounded memory.',
  },
  GX010: {
    name: 'output-outside',
    severity: 'error',
    summary: 'An output file has a name that leads out of the directory it belongs in.',
    why: 'gxgen writes nothing outside the directory that was named, whatever a configuration calls its services.',
  },
  GX011: {
    name: 'output-obstacle',
    severity: 'error',
    summary: 'A directory, a symbolic link or a special file stands where a file is to be written.',
    why: 'Writing there would replace something that gxgen did not make, or write to a place nobody named.',
  },
  GX012: {
    name: 'not-a-directory',
    severity: 'error',
    summary: 'A file stands where a directory is needed.',
    why: 'The output has no place to go, and gxgen does not remove what it did not make.',
  },
  GX013: {
    name: 'disk-full',
    severity: 'error',
    summary: 'The disk is full, or a quota is used up.',
    why: 'A set of files is written as a whole or not at all, so nothing was changed.',
  },
  GX014: {
    name: 'write-denied',
    severity: 'error',
    summary: 'The system does not allow gxgen to write, or to read what it would have to replace.',
    why: 'A set of files is written as a whole or not at all, so nothing was changed.',
  },
  GX015: {
    name: 'write-failed',
    severity: 'error',
    summary: 'The system refused to write for a reason other than space and permission.',
    why: 'A set of files is written as a whole or not at all, so nothing was changed.',
  },
  GX016: {
    name: 'not-restored',
    severity: 'error',
    summary: 'Writing failed in the middle, and putting a file back as it was failed as well.',
    why: 'The directory holds a mixture of old and new files.',
  },
  GX017: {
    name: 'temporary-left',
    severity: 'warning',
    summary: 'A temporary file of gxgen lies in the output directory.',
    why: 'A run was interrupted, or the file could not be removed. Nothing reads it, but it may hold a secret.',
  },
  GX018: {
    name: 'output-clash',
    severity: 'error',
    summary: 'Two outputs need the same name, or one needs a directory where the other is a file.',
    why: 'One of them would be lost.',
  },
  // GX1xx: syntax, YAML 100-139
  GX100: {
    name: 'yaml-syntax',
    severity: 'error',
    summary: 'A line is not YAML.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX101: {
    name: 'yaml-quote',
    severity: 'error',
    summary: 'A quoted text is never closed.',
    why: 'Everything behind the quote is taken for text, so the file cannot be read.',
  },
  GX102: {
    name: 'yaml-indentation',
    severity: 'error',
    summary: 'The indentation of a line fits no line above it.',
    why: 'Indentation is what tells YAML which setting belongs to which section; the file cannot be read.',
  },
  GX103: {
    name: 'yaml-tab',
    severity: 'error',
    summary: 'A tab stands outside quotes and comments.',
    why: "PyYAML, which reads Galaxy's files, refuses it, so the file cannot be read.",
  },
  GX104: {
    name: 'yaml-bracket',
    severity: 'error',
    summary: 'A bracket is not closed, closes nothing, or misses a comma inside.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX105: {
    name: 'yaml-colon',
    severity: 'error',
    summary: 'A ":" is missing behind a key, or stands unquoted in a value.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX106: {
    name: 'yaml-escape',
    severity: 'error',
    summary: 'A backslash in double quotes begins no escape that YAML knows.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX107: {
    name: 'yaml-character',
    severity: 'error',
    summary: 'A control character or an invisible line end stands in the text.',
    why: 'PyYAML refuses control characters, and takes some invisible characters for the end of a line.',
  },
  GX108: {
    name: 'yaml-documents',
    severity: 'error',
    summary: 'A file holds more than one YAML document.',
    why: 'Galaxy reads exactly one document and refuses the file.',
  },
  GX109: {
    name: 'more-problems',
    severity: 'info',
    summary: 'A file has more syntax problems than are shown.',
    why: 'The first ones nearly always cause the rest.',
  },
  GX110: {
    name: 'yaml-nesting',
    severity: 'error',
    summary: 'A YAML file is nested deeper than 200 levels.',
    why: 'No configuration is; the reader of Galaxy fails on such a file too.',
  },
  GX111: {
    name: 'yaml-expansion',
    severity: 'error',
    summary: 'Aliases make a YAML file larger than a million values.',
    why: 'Such a file can exhaust the memory of whatever reads it.',
  },
  GX112: {
    name: 'yaml-alias',
    severity: 'error',
    summary: 'An alias ("*name") has no anchor ("&name") before it, or refers to itself.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX113: {
    name: 'yaml-anchor',
    severity: 'error',
    summary: 'An anchor ("&name") is defined twice or has a name that PyYAML refuses.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX114: {
    name: 'yaml-tag',
    severity: 'error',
    summary: 'A tag ("!name") is not one that PyYAML\'s safe loader knows for that value.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX115: {
    name: 'yaml-value',
    severity: 'error',
    summary: 'A value looks like a date, a number or a YAML operator but cannot be read as one.',
    why: 'Python fails on it, and the whole file is not read.',
  },
  GX116: {
    name: 'yaml-key',
    severity: 'error',
    summary: 'A list or a mapping stands where a key belongs.',
    why: 'Python cannot use it as a key, and the whole file is not read.',
  },
  GX117: {
    name: 'yaml-merge',
    severity: 'error',
    summary: 'The value of the merge key "<<" is no mapping.',
    why: 'The file cannot be read as a whole, so Galaxy would not start with it.',
  },
  GX120: {
    name: 'duplicate-key',
    severity: 'warning',
    summary: 'A key stands twice in one mapping.',
    why: 'Only the last one counts; what the first one holds is lost without a word.',
  },
  GX121: {
    name: 'octal-integer',
    severity: 'warning',
    summary: 'An integer with a leading zero is an octal number.',
    why: 'YAML 1.1 reads 022 as 18, so a mode or a count changes its value.',
  },
  GX122: {
    name: 'sexagesimal-number',
    severity: 'warning',
    summary: 'Digits with colons are a number in base 60.',
    why: 'YAML 1.1 reads 24:00:00 as 86400, so a time or a port mapping becomes another number.',
  },
  GX123: {
    name: 'key-not-text',
    severity: 'warning',
    summary: 'A key such as "on" or "no" is a boolean, not text.',
    why: 'A program that looks for the word does not find it.',
  },
  GX124: {
    name: 'invisible-character',
    severity: 'warning',
    summary: 'Unquoted text holds an invisible character that is no space.',
    why: 'It is part of the name or value, so the setting is not the one that you see.',
  },
  // GX1xx: syntax, XML 140-179
  GX140: {
    name: 'xml-syntax',
    severity: 'error',
    summary: 'A tag, an attribute or another piece of markup is not complete.',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX141: {
    name: 'xml-unescaped',
    severity: 'error',
    summary: 'A "&", a "<" or a "]]>" stands where only text may stand.',
    why: 'XML reads these characters as markup: in text they are written "&amp;", "&lt;" and "]]&gt;".',
  },
  GX142: {
    name: 'xml-unclosed',
    severity: 'error',
    summary: 'Start and end tags do not match.',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX143: {
    name: 'xml-duplicate-attribute',
    severity: 'error',
    summary: 'An attribute stands twice in one tag.',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX144: {
    name: 'xml-character',
    severity: 'error',
    summary: 'The file holds a character that XML does not allow, such as a control character.',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX145: {
    name: 'xml-reference',
    severity: 'error',
    summary: 'A reference such as "&nbsp;" or "&#1;" stands for nothing.',
    why: 'XML defines five names and numbers of allowed characters; the names of HTML are not among them.',
  },
  GX146: {
    name: 'xml-doctype',
    severity: 'error',
    summary: 'The file has a document type declaration.',
    why: 'It can define entities and pull in other files, which gxgen neither expands nor opens.',
  },
  GX147: {
    name: 'xml-nesting',
    severity: 'error',
    summary: 'Elements are nested more than 100 deep.',
    why: 'A configuration never is, and reading it could take unbounded memory.',
  },
  GX148: {
    name: 'xml-comment',
    severity: 'error',
    summary: 'A comment is not closed, or holds "--".',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX149: {
    name: 'xml-root',
    severity: 'error',
    summary: 'The file has no root element, several, or text outside it.',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX150: {
    name: 'xml-declaration',
    severity: 'error',
    summary: 'The XML declaration is malformed, or not at the very start of the file.',
    why: 'No XML parser accepts the file, and Galaxy does not start with it.',
  },
  GX151: {
    name: 'xml-namespace',
    severity: 'error',
    summary: 'A name has a name space prefix that nothing declares.',
    why: 'The XML library that Galaxy uses refuses the file.',
  },
  // GX2xx: schema
  GX200: {
    name: 'unknown-key',
    severity: 'error',
    summary: 'A key that means nothing at its place: a slip of the pen, or a setting that belongs elsewhere.',
    why: 'Gravity and Galaxy pass over keys they do not know without a word, so the setting has no effect.',
  },
  GX201: {
    name: 'wrong-type',
    severity: 'error',
    summary:
      'A value is of another kind than its setting takes: a number where text is wanted, text where a list is.',
    why: 'YAML turns some words into numbers, dates and truth values; what arrives is not what you see in the file.',
  },
  GX202: {
    name: 'unknown-value',
    severity: 'error',
    summary: 'A setting takes one of a few words, and this is none of them.',
    why: 'The program that reads it refuses to start, or takes a default instead.',
  },
  GX203: {
    name: 'out-of-range',
    severity: 'error',
    summary: 'A number, or the size of a text or list, is outside of what its setting can mean.',
    why: 'What enforces it refuses or ignores the value, often without a message.',
  },
  GX204: {
    name: 'wrong-form',
    severity: 'error',
    summary: 'A text does not have the form that its setting needs.',
    why: 'What reads it refuses or ignores the value, often without a message.',
  },
  GX205: {
    name: 'missing-key',
    severity: 'error',
    summary: 'A section lacks a key that it cannot do without.',
    why: 'There is no sensible default for it.',
  },
  GX206: {
    name: 'name-not-text',
    severity: 'error',
    summary: 'A name is read by YAML as a number, a date or a truth value.',
    why: 'Names are text; whoever looks the name up does not find it.',
  },
  GX207: {
    name: 'unknown-section',
    severity: 'warning',
    summary: 'A section of galaxy.yml has nearly the name of one that is read, or is a part of one.',
    why: 'Gravity and Galaxy pass over sections they do not know, so all of its settings have no effect.',
  },
  GX208: {
    name: 'wrong-combination',
    severity: 'error',
    summary: 'Keys of a section, or items of a list, that do not go together.',
    why: 'Each is legal alone, but together they have no meaning.',
  },
  // GX3xx: model and names
  GX300: {
    name: 'no-configuration',
    severity: 'error',
    summary: 'A file has neither a "gravity" nor a "galaxy" section, or lacks the one it is named for.',
    why: 'Nothing in it says what to run, so it is probably the wrong file.',
  },
  GX301: {
    name: 'root-unknown',
    severity: 'error',
    summary: 'The folder of the Galaxy code is neither set nor evident from where the configuration lies.',
    why: 'It is the working directory of every process; handlers are started from it.',
  },
  GX302: {
    name: 'root-guessed',
    severity: 'warning',
    summary: 'galaxy_root is not set, and the folder it follows from holds no Galaxy code.',
    why: 'Every process would run in a folder that is not Galaxy.',
  },
  GX303: {
    name: 'galaxy-config-file-ignored',
    severity: 'warning',
    summary: 'galaxy_config_file is set in a file that has a galaxy section itself.',
    why: 'The section in the file is used, and the other file is never opened, so changes there have no effect.',
  },
  GX304: {
    name: 'section-missing',
    severity: 'info',
    summary: 'A file has only one of the two sections "gravity" and "galaxy".',
    why: 'The missing one counts as empty: every setting in it has its default.',
  },
  GX305: {
    name: 'instance-duplicate',
    severity: 'error',
    summary: 'Two instances have the same name.',
    why: 'Their units would overwrite each other. Each instance needs an instance_name of its own.',
  },
  GX306: {
    name: 'galaxy-beside-list',
    severity: 'error',
    summary: 'A "galaxy" section stands beside a list of "gravity" sections.',
    why: 'Which instance it belongs to is not known. Gravity refuses such a file.',
  },
  GX307: {
    name: 'instance-without-galaxy',
    severity: 'error',
    summary: 'An entry of a "gravity" list has no galaxy_config_file.',
    why: 'Its "galaxy" section cannot be found. Gravity refuses such a file.',
  },
  GX308: {
    name: 'galaxy-not-a-mapping',
    severity: 'error',
    summary: 'The "galaxy" section is not a mapping of options.',
    why: 'Galaxy does not start with it.',
  },
  GX310: {
    name: 'arguments-unsplittable',
    severity: 'error',
    summary: 'Free text with arguments has a quote that is never closed.',
    why: 'Where one argument ends and the next begins is not known.',
  },
  GX311: {
    name: 'address-invalid',
    severity: 'error',
    summary: 'gunicorn cannot listen on the address given.',
    why: 'gunicorn refuses it and does not start.',
  },
  GX312: {
    name: 'path-not-absolute',
    severity: 'error',
    summary: 'A path that must be absolute is relative.',
    why: 'It would mean another place for each folder that a process is started from; systemd refuses it.',
  },
  GX320: {
    name: 'infrastructure-url-missing',
    severity: 'error',
    summary: 'tusd is enabled and calls Galaxy by a path, but galaxy_infrastructure_url is not set.',
    why: 'tusd has to call Galaxy for each upload and does not know under which address.',
  },
  GX321: {
    name: 'interactive-tools-disabled',
    severity: 'error',
    summary: 'gx_it_proxy is enabled while interactivetools_enable is not.',
    why: 'Galaxy never starts an interactive tool then, and Gravity refuses the file.',
  },
  GX322: {
    name: 'reports-config-missing',
    severity: 'warning',
    summary: 'The configuration file of the reports server does not exist.',
    why: 'reports does not start without it.',
  },
  GX330: {
    name: 'environment-braces',
    severity: 'warning',
    summary: 'An environment value has braces.',
    why: 'Gravity reads every value as a Python format string: known fields are replaced, other braces stop it. gxgen keeps the text as it is.',
  },
  GX331: {
    name: 'path-literal',
    severity: 'info',
    summary: 'The environment of a service sets PATH.',
    why: 'gxgen takes it as it is written, while Gravity puts the bin folder of the virtualenv in front.',
  },
  GX340: {
    name: 'name-template-invalid',
    severity: 'error',
    summary: 'The name_template of a handler cannot be filled.',
    why: 'Its processes would have no names and could not be started.',
  },
  GX341: {
    name: 'handler-replaced',
    severity: 'info',
    summary: 'A handler entry has the name of a process that another entry makes.',
    why: 'One process is started under the name, with the settings of its own entry, as Gravity does it.',
  },
  GX342: {
    name: 'handler-name-duplicate',
    severity: 'error',
    summary: 'Two handler processes have the same name.',
    why: 'Both would own the same rows of the job table, and one unit cannot start both.',
  },
  GX343: {
    name: 'handler-static-and-dynamic',
    severity: 'warning',
    summary: 'A handler of the job configuration has the name of a dynamic handler.',
    why: 'One process is started: the dynamic one with its pools, which also has the tags of the static entry.',
  },
  GX344: {
    name: 'handler-name-reserved',
    severity: 'error',
    summary: 'A handler has the name of another service.',
    why: 'Both would be one unit, so one of the two would never run.',
  },
  GX350: {
    name: 'gunicorn-version-unknown',
    severity: 'info',
    summary: 'The version of gunicorn is not known, and the command line depends on it.',
    why: 'From 25.1.0 on, gunicorn opens a control socket unless it is told not to.',
  },
  // GX4xx: handlers and jobs
  GX450: {
    name: 'job-config-two-sources',
    severity: 'warning',
    summary: 'Both job_config and job_config_file are set.',
    why: 'Galaxy uses job_config and never opens the file; Gravity takes its handlers from the file. gxgen follows Galaxy.',
  },
  GX451: {
    name: 'job-config-prefix',
    severity: 'warning',
    summary: 'job_config_file begins with "config/" although it is relative to the configuration folder.',
    why: 'Galaxy removes the prefix with a warning; Gravity does not, and silently starts no handlers.',
  },
  GX452: {
    name: 'job-config-in-root',
    severity: 'warning',
    summary: 'A relative job_config_file is found only in the Galaxy root.',
    why: 'Galaxy falls back to the root with a warning; Gravity does not, and silently starts no handlers.',
  },
  GX453: {
    name: 'job-config-not-found',
    severity: 'error',
    summary: 'The job configuration that is named cannot be read.',
    why: 'Galaxy says so once in its log and then runs every job on the machine itself, with its built-in default.',
  },
  GX454: {
    name: 'job-config-extension',
    severity: 'warning',
    summary: 'The job configuration file does not end in .xml, .yml or .yaml.',
    why: 'Galaxy reads it (as XML if ".xml" occurs anywhere in its path), but Gravity refuses it.',
  },
  GX455: {
    name: 'job-config-null',
    severity: 'error',
    summary: 'job_config is present but empty.',
    why: 'Galaxy takes it for the configuration and does not start.',
  },
  // GX7xx: targets
  GX700: {
    name: 'value-impossible',
    severity: 'error',
    summary: 'A value that the format of the target, or the kernel, cannot carry to the process.',
    why: 'The process would get another value than the one written, or would not start at all.',
  },
  GX702: {
    name: 'target-name-clash',
    severity: 'error',
    summary: 'Two processes make a unit, a program or a file of the same name.',
    why: 'The target has one of a name, so one of the two would never run.',
  },
  GX703: {
    name: 'virtualenv-missing',
    severity: 'error',
    summary: 'Units for systemd without a virtual environment.',
    why: 'A unit starts without your shell and its PATH, so nothing says where Galaxy and its programs are installed.',
  },
  GX704: {
    name: 'runs-as-root',
    severity: 'error',
    summary: "Units for the system's manager without a user.",
    why: 'Galaxy would run as root, and handle every job and every uploaded file with all rights on the machine.',
  },
  GX705: {
    name: 'account-without-effect',
    severity: 'info',
    summary: "A user or group in units for a user's own systemd.",
    why: "A user's systemd runs everything as that user, so the setting changes nothing.",
  },
  GX710: {
    name: 'memory-limit-lost',
    severity: 'warning',
    summary: 'A memory limit for a target that cannot enforce it.',
    why: 'A process that grows without bound takes the whole machine with it.',
  },
  GX711: {
    name: 'setting-lost',
    severity: 'info',
    summary: 'A setting that the target has no word for.',
    why: 'Everything else works; this one thing is not done.',
  },
  GX712: {
    name: 'start-timeout-reread',
    severity: 'info',
    summary: 'A start timeout for supervisor, which gives it another meaning.',
    why: 'Supervisor counts a process as started once it has run for that long, and waits for no sign of readiness.',
  },
  GX713: {
    name: 'directory-not-created',
    severity: 'info',
    summary: 'A directory that has to exist before the start, and that the target does not create.',
    why: 'The process, or all of supervisord, does not start without it.',
  },
  GX714: {
    name: 'home-of-supervisord',
    severity: 'info',
    summary: 'A user for programs of supervisor, which leaves HOME, USER and LOGNAME as they are.',
    why: 'A program that writes to its home tries to write to that of the account that runs supervisord.',
  },
  GX715: {
    name: 'group-lost',
    severity: 'warning',
    summary: 'A group for a target that cannot set one.',
    why: 'Files get the primary group of the user, and others may not be able to read them.',
  },
  GX716: {
    name: 'user-of-supervisord',
    severity: 'warning',
    summary: "Programs for the system's supervisord without a user.",
    why: 'Galaxy would run as the account that runs supervisord, as a rule root.',
  },
  GX717: {
    name: 'secret-on-command-line',
    severity: 'warning',
    summary: 'A secret variable that the target can only set on a command line.',
    why: 'For a moment every user of the machine can read it in the list of processes.',
  },
  GX718: {
    name: 'stop-timeout-zero',
    severity: 'warning',
    summary: 'A stop timeout of 0 for supervisor.',
    why: 'For systemd 0 means to wait for ever; supervisor kills at once, in the middle of requests and jobs.',
  },
  GX719: {
    name: 'account-not-changed',
    severity: 'info',
    summary: 'A user or group for command lines.',
    why: 'A command line runs as whoever gives it.',
  },
  GX721: {
    name: 'listing-broken',
    severity: 'warning',
    summary: 'A control character in an argument for supervisor.',
    why: 'The process gets it, but supervisorctl can no longer list any program.',
  },
  GX730: {
    name: 'template-unreadable',
    severity: 'error',
    summary: 'A template given with --templates that handlebars cannot read.',
    why: "gxgen's own template would be used in its place, and the output would not be what you meant.",
  },
  GX731: {
    name: 'template-fails',
    severity: 'error',
    summary: 'A template given with --templates that asks for something it is not given.',
    why: "gxgen's own template would be used in its place, and the output would not be what you meant.",
  },
} as const satisfies Record<string, CodeInfo>;

export type Code = keyof typeof codes;
