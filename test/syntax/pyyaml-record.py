"""Writes what PyYAML's safe loader makes of a fixed set of texts: the expectations of yaml-pyyaml.test.ts.

    pip install pyyaml==6.0.3
    python test/syntax/pyyaml-record.py > test/syntax/pyyaml-cases.jsonl

With `--random N SEED` it writes N random documents instead, for a larger comparison.
A value is recorded with its type; floats as the hexadecimal form of their eight bytes, so that nothing is rounded.
"""

import datetime
import json
import random
import struct
import sys

import yaml

# Every way in which a scalar can look like something else.
SCALARS = """
y|Y|n|N|yes|Yes|YES|yEs|no|No|NO|on|On|ON|off|Off|OFF|oFF|true|True|TRUE|tRUE|false|False|FALSE|t|f
~|null|Null|NULL|nULL|None|none|nil|~~
0|00|000|1|-1|+1|+12|-0|+0|01|07|08|09|010|0888|0_8|022|0o17|0O17|0755|-017|+017|1_000|1__0|_1|1_|0_|0b1|0b11|-0b11|0b|0b_|0b2|0x1F|0x1f|0XFF|0x|0x_|0x_1|-0xF|0xg
9007199254740991|9007199254740992|9007199254740993|-9007199254740993|18446744073709551616|0xffffffffffffffffff|123456789012345678901234567890
1.0|1.5|-1.5|+1.5|5.|0.0|-0.0|.5|-.5|+.5|.|..|...|-.|+.|._|.1_0|1._5|1_0.5|_1.0|1.0e3|1.0e+3|1.0E+3|1.0e-3|1.5e10|1.e3|1.e+3|.5e+3|1e3|1E5|1e+3|1e-7|1e400|1.0e+400|1.0e-400|.e3|.e+3|12e03|-2E+05
.inf|-.inf|+.inf|.Inf|.INF|.iNF|inf|-inf|.nan|.NaN|.NAN|.Nan|nan|-.nan|infinity
0:0|00:00|1:0|1:30|1:60|1:5|12:30|12:30:45|24:00:00|00:00:00|01:30|-1:30|+1:30|1:30:|:30|1:|190:20:30|190:20:30.15|1:30.5|0:30.5|1_0:30|1:3:5|99:59:59:59|1:90|127.0.0.1:8080|localhost:8080|8080:80|22:22|::1|fe80::1|1:2a
2001-12-14|2001-1-1|2001-02-30|2001-02-29|2000-02-29|1900-02-29|0000-01-01|0001-01-01|9999-12-31|2001-13-01|2001-12-32|2001-12-14 10:00|2001-12-14 10:00:00|2001-12-14t21:59:43.10-05:00|2001-12-14T21:59:43Z|2001-12-14 21:59:43.10 -5|2001-12-15 2:59:43.10|2001-12-14 25:00:00|2001-12-14 10:60:00|2001-12-14 10:00:60|2001-12-14 10:00:00 +24|2001-12-14 10:00:00 +23:59|2001-12-14 10:00:00 -23:60|2001-12-14 10:00:00.|2001-12-14 10:00:00.1234567|2001-12-14T1:00:00|20011214|2001/12/14|2001-12-14x
=|<<|<|==|=a|<<<|*|&|!|!!|!a|*a|&a|&a b|- a|-|-a|--|---|?|? a|?a|:|: a|:a|a:|a: b|a:b|#|# a|a #b|a#b|#a|%|%a|@|@a|`|`a|,|,a|a,|a,b|[|]|[]|[a]|[a|{|}|{}|{a}|{a: b}|{{x}}|{{ x }}|{{x}}/y|"|'|""|''|"a"|'a'|"a|'a|a"|a'|a"b"|"a"b|"a" "b"|'it''s'|'it's'|"\\n"|"\\x41"|"\\u00e9"|"\\U0001F600"|"\\q"|"\\/"|"\\e"|"\\0"|"\\ud83d"|"\\U00110000"|"\\x4"|'\\n'
||>|>-||-||+||2|>2||0||-1||9|| a|>a||# a|| # a
!!str 12|!!str|!!str yes|!!str "12"|!!str ~|!!int 12|!!int "12"|!!int abc|!!int|!!int 0o17|!!int "0x1F"|!!int 1_0|!!int 1:30|!!int 1.5|!!int " 12 "|!!int 0b1|!!int -5|!!int +|!!float 1|!!float 1.5|!!float 1e3|!!float x|!!float inf|!!float nan|!!float .inf|!!float 1:30|!!float|!!float " 1 "|!!bool yes|!!bool YeS|!!bool maybe|!!bool|!!bool 1|!!bool "no"|!!null|!!null x|!!null ~|!!timestamp 2001-12-14|!!timestamp x|!!timestamp "2001-12-14"|!!binary aGk=|!!set {a, b}|!!omap [a: b]|!!pairs [a: b]|!!map {a: b}|!!map [a]|!!map|!!seq [a]|!!seq {a: b}|!!seq|!!str [a]|!!str {a: b}|!!int [1]|!!foo a|!foo a|!foo [a]|!foo {a: b}|!include x.yml|!ENV a|!!python/none ~|!!python/tuple [a]|! 12|! "12"|! yes|! |! [a]|! {a: b}|!<tag:yaml.org,2002:str> 12|!<tag:yaml.org,2002:int> "12"|!<x> a|!<!foo> a|!e!f a|!!merge <<|!!value =
a b|a  b|a   |é|日本|😀|a\u00a0b|\u00a0|a\u200bb|/srv/galaxy|http://x:80/y?z=1#f|C:\\x|a\\b|a|b|a>b|a&b|a*b|a!b|a%b|a@b|user@host|$HOME|${x}|50%|~/x|-x y|--flag|-1a|+a|.a|..a|a.|1a|1.2.3|1.2.3.4|1,000|0xG|0b3|12ab|1e|e3|1.0f|1-2|1+2|(a)|^a|a^|_|__|_a|;|;a|/|\\|\\n
"""

CONTEXTS = ["k: {}\n", "- {}\n", "[{}]\n", "{{k: {}}}\n", "{}: v\n", "k:\n  {}\nl: 1\n", "{}"]

DOCUMENTS = [
    # empty and nearly empty
    "", " ", "\n", "\n\n", "# only a comment\n", "---\n", "--- \n", "---\n---\n", "...\n", "---\n...\n", "--- a\n", "--- a\n...\n",
    "--- a\n...\n# end\n", "a\n", "~\n", "---\na: 1\n---\nb: 2\n", "a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "a: 1\n...\n---\nb: 2\n",
    "a: 1\n...\n", "a: 1\n---\n", "--- # c\na: 1\n", "---\n\na: 1\n", "--- |\n a\n", "--- >\n a\n b\n", "--- {a: 1}\n", "--- [a]\n", "---a\n", "a: ---\n",
    # directives
    "%YAML 1.1\n---\na: 1\n", "%YAML 1.2\n---\na: yes\nb: 022\nc: 0o17\n", "%YAML 1.0\n---\na: 1\n", "%YAML 1.9\n---\na: 1\n", "%YAML 2.0\n---\na: 1\n",
    "%YAML 1.1\na: 1\n", "%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "%FOO bar\n---\na: 1\n", "%FOO bar\na: 1\n", "%TAG !e! tag:yaml.org,2002:\n---\na: !e!int '3'\n",
    "%TAG ! tag:yaml.org,2002:\n---\na: !str 3\n", "%TAG !! tag:example.com,2000:\n---\na: !!int 3\n", "%YAML\n---\na: 1\n", "a: 1\n%YAML 1.1\n---\n", "%YAML 1.1 # c\n---\na: 1\n",
    # mappings
    "a: 1\nb: 2\n", "a:\nb:\n", "a:\n  b: 1\n  c:\n    d: 2\n", "a : 1\n", "a:   1   \n", "a: 1 # c\n", "a: 1# c\n", "a: #c\n", "a: # c\n  b: 1\n", "a:\n# c\n  b: 1\n  # d\nc: 1\n",
    "a:1\n", "a:1\nb: 2\n", "a: 1\nb:2\n", "a\nb: 1\n", "a: 1\nb\n", "a: 1\nb\nc: 2\n", "a: b: c\n", "a: b\n  c: d\n", "a:\n  b: 1\n c: 2\n", "a:\n    b: 1\n  c: 2\n",
    " a: 1\nb: 2\n", "a: 1\n b: 2\n", "  a: 1\n  b: 2\n", ": 1\n", ":\n", ": \n", "a: 1\n: 2\n", "? a\n: b\n", "? a\n", "? a\nb: 1\n", "? \n: b\n", "?\n", "? a\n? b\n",
    "? [a]\n: b\n", "? {a: b}\n: c\n", "? - a\n: b\n", "[a]: b\n", "{a: b}: c\n", "? |\n  a\n: b\n", "'a': 1\n\"b\": 2\n", "'a' : 1\n", "\"a\":1\n", "{\"a\":1}\n", "{'a':1, \"b\":[2]}\n",
    "a: 1\na: 2\n", "a: 1\nb: 2\na: 3\n", "1: a\n1.0: b\ntrue: c\n", "true: a\n1: b\n", "yes: a\non: b\ntrue: c\n", "0: a\nfalse: b\n-0.0: c\n", "1: a\n\"1\": b\n", ".nan: a\n.nan: b\n",
    "2001-01-01: a\n2001-01-01: b\n", "2001-01-01: a\n2001-01-01 00:00:00: b\n", "2001-01-01 00:00:00Z: a\n2001-01-01 01:00:00+1: b\n2001-01-01 00:00:00: c\n", "9007199254740993: a\n9007199254740992.0: b\n",
    "~: a\nnull: b\n: c\n", "a: {}\nb: []\n", "a: {b: {c: [1, {d: 2}]}}\n", "a: {\n  b: 1,\n  c: 2\n}\n", "a: {\n  b: 1,\n  c: 2,\n  }\n", "a: {b: 1, }\n", "a: {, b: 1}\n", "a: {b: 1,, c: 2}\n", "a: {b}\n", "a: {b, c: 1}\n", "a: {b:1}\n",
    "a: {b: }\n", "a: {b:}\n", "a: {: b}\n", "a: {? b : c}\n", "a: {b c: d e}\n", "a: {b: 1 c: 2}\n", "a: {b: c: d}\n", "a: {b: [}\n", "a: {b: 1\n", "a: {b: 1]\n", "a: }\n", "a: {b: 'x'}}\n",
    "a: {b: http://x:80/y}\n", "a: {b: x#y}\n", "a: {b: x #y\n}\n", "a: {b: -}\n", "a: {-: b}\n", "a: {b: - c}\n", "{a: 1}\n", "{a: 1}: b\n", "{{a: 1}: b}\n", "x: {{a}}\n", "x: {{ a }}\n", "x: {{a}}/b\n", "x: \"{{ a }}\"\n",
    # sequences
    "- a\n- b\n", "-\n- b\n", "- - a\n  - b\n- c\n", "- a: 1\n  b: 2\n- c: 3\n", "- a: 1\n b: 2\n", "a:\n- b\n- c\nd: 1\n", "a:\n  - b\n  -\n  - c: 1\n    d: 2\n", "a:\n  - b\n - c\n", "a: - b\n", "- a\nb: c\n", "a: b\n- c\n",
    "a:\n  - 1\n  b: 2\n", "a:\n  b: 2\n  - 1\n", "-a\n-b\n", "- a\n-b\n", "- [a, b]\n- {c: d}\n", "[a, b]\n", "[a, b, ]\n", "[a,, b]\n", "[, a]\n", "[a b]\n", "[a: b]\n", "[a: b, c]\n", "[a: b: c]\n", "[? a : b]\n", "[a:b]\n", "[a :b]\n", "[\"a\":b]\n",
    "[a, [b, [c]]]\n", "[\n  a,\n  b\n]\n", "[\na\n]\n", "a: [\n  1\n]\n", "a: [\n  1\n  ]\n", "x:\n  a: [\n    1\n  ]\n", "x:\n  a: [\n  1\n]\n", "[a\n", "[a, b\nc: d\n", "a: [1, 2\nb: 3\n", "a: [1, 2]]\n", "a: [1, 2}\n", "a: ]\n", "a: [1, 2] x\n", "a: [1, 2] # x\n", "a: [1, 2]#x\n",
    "[a # c\n, b]\n", "[a, # c\n b]\n", "a: [b\n  c, d]\n", "a: [\"b\n  c\", d]\n", "[-]\n", "[- a]\n", "[?]\n", "[? a]\n", "[:]\n", "[: a]\n", "[::]\n", "[a,b]\n", "[1,2]\n", "[yes, no, 022, 1:30]\n", "- !!str 1\n- ! 2\n", "- &a\n- *a\n", "- ? a\n  : b\n",
    # plain, folded over lines
    "a: b\n  c\n  d\n", "a: b\n\n  c\n", "a:\n  b\n  c\n", "a: b\nc\n", "a\nb\n", "a\n\nb\n", "a: b #c\n  d\n", "a: b\n  # c\n  d\n", "a: b\n  - c\n", "a: b\n  c: d\n  e: f\n", "- a\n  b\n- c\n", "a: 1\n  2\n", "a: yes\n  no\n", "a: b:\n", "a: b:c\n", "a: b :c\n", "a: b : c\n", "a: x: y\n",
    # quoted
    "a: \"b\n  c\"\n", "a: \"b\nc\"\n", "a: 'b\nc'\n", "x:\n  a: \"b\n  c\"\n", "x:\n  a: \"b\n c\"\n", "a: \"b\n\n  c\"\n", "a: \"b\\\n  c\"\n", "a: \"b  \n  c\"\n", "a: \"b \\\n  \\ c\"\n", "a: 'b\n\n\n  c'\n", "a: ' b '\n", "a: \" b \"\n", "a: \"b\n", "a: 'b\n", "a: \"b\nc: \"d\"\n", "a: \"b\" c\n", "a: 'b'# c\n", "a: 'b' # c\n", "a: 'it's'\n", "a: 'b''c'\n", "a: \"b\\\"c\"\n",
    "a: \"\\t\\b\\a\\v\\f\\r\\_\\N\\L\\P\\ \\\\\"\n", "\"a\n b\": c\n", "'a b': c\n", "a: \"---\n\"\n", "\"a\n---\nb\"\n", "\"a\n...\nb\"\n", "a: \"C:\\dir\"\n", "a: \"\\\tb\"\n", "a: \"#b\"\n", "a: '#b'\n", "a: \"b\": c\n", "\"a\" \"b\"\n", "\"\": a\n", "'': a\n",
    # block scalars
    "a: |\n  b\n  c\n", "a: |\n  b\n  c", "a: |\n  b\n\n\nc: 1\n", "a: |-\n  b\n\n", "a: |+\n  b\n\n", "a: |+\n  b\n\nc: 1\n", "a: |+\n  b", "a: |-\n  b", "a: >\n  b\n  c\n", "a: >\n  b\n\n  c\n", "a: >\n  b\n   c\n  d\n", "a: >-\n  b\n  c\n", "a: >+\n  b\n\n", "a: >\n  b", "a: |2\n   b\n", "a: |2-\n   b\n", "a: |-2\n   b\n", "a: |1\n b\n", "a: |\nb: 1\n", "a: |\n", "a: |", "a: >\n",
    "a: |\n\n  b\n", "a: |\n    \n  b\n", "a: |\n \n  b\n", "a: |\n  b\n c\n", "a: |\n  b\n c: 1\n", "a: | # c\n  b\n", "a: |# c\n  b\n", "a: |x\n  b\n", "a: | x\n  b\n", "- |\n a\n- b\n", "- |\n  a\n  b\n-\n  c\n", "|\n a\n", "|\na\n", "a: |\n  b\n  # c\nd: 1\n", "a: |\n  b\n# c\nd: 1\n", "a: |\n  - b\n  : c\n", "a: |\n  \tb\n", "a: |\n\tb\n", "a: >\n\n\n  b\n  c\n\n\n", "a: |\n  b\n  ", "a: |\n  b\n   ", "a: |+\n  b\n   ", "a: |\n  b\r\n  c\r\n", "a: !!str |\n  b\n", "a: &x |\n  b\nc: *x\n", "a: >\n  b\\\n  c\n", "a: |\n  é\n",
    # anchors and aliases
    "a: &x 1\nb: *x\n", "a: &x [1, 2]\nb: *x\n", "a: &x {c: 1}\nb: *x\n", "a: *x\n", "a: *x\nb: &x 1\n", "a: &x 1\nb: &x 2\nc: *x\n", "a: &x\n  b: *x\n", "&x a: *x\n", "a: &x b\n*x : c\n", "a: &x b\n*x: c\n", "{a: &x b, *x : c}\n", "a: &x-1_2 b\nc: *x-1_2\n", "a: &x.y b\nc: *x.y\n", "a: &x&y b\n", "a: &é b\n", "a: & b\n", "a: * b\n", "a: &x\nb: *x\n", "a: &x !!str 1\nb: *x\n", "a: !!str &x 1\nb: *x\n", "a: &x &y 1\n", "a: &x *x\n", "a: !!str !!int 1\n", "- &x [*x]\n", "[&x a, *x]\n", "[*x, &x a]\n", "a: &x\n- 1\nb: *x\n", "&x\na: 1\n", "&x a: 1\nb: *x\n", "a: *.txt\n", "a: **\n",
    # merge keys
    "b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  y: 3\n  z: 4\n", "b: &b {x: 1, y: 2}\nc:\n  y: 3\n  <<: *b\n", "b: &b {x: 1}\nd: &d {x: 2, y: 2}\nc:\n  <<: [*b, *d]\n", "b: &b {x: 1}\nd: &d {x: 2, y: 2}\nc:\n  <<: *b\n  <<: *d\n", "b: &b {x: 1}\nd: &d {y: 2, x: 9}\nc:\n  <<: *d\n  z: 1\n  <<: *b\n  x: 5\n", "<<: {a: 1}\nb: 2\n", "b: 2\n<<: {a: 1, b: 3}\n", "<<: [{a: 1}, {a: 2, b: 2}]\n", "<<: a\n", "<<: [a]\n", "<<: []\n", "<<: {}\n", "<<:\n", "<<: [[{a: 1}]]\n", "'<<': {a: 1}\n", "!!merge <<: {a: 1}\n", "!!str <<: {a: 1}\n", "a: <<\n", "- <<\n", "<<: {<<: {a: 1}, b: 2}\nc: 3\n",
    "b: &b {<<: {x: 0}, x: 1}\nc: {<<: *b}\nd: *b\n", "b: &b {x: 1, x: 2}\nc: {<<: *b}\n", "{<<: {a: 1}, b: 2}\n", "? <<\n: {a: 1}\n", "b: &b {1: a}\nc: {<<: *b, true: c}\n", "=: 1\n", "a: =\n", "{=: a}\n", "a: {=: 1}\n", "!!str {=: a}\n", "a: !!int {=: 3}\n",
    # tabs
    "a:\tb\n", "a: \tb\n", "a: b\t\n", "a: b \t\n", "a: b\tc\n", "\ta: 1\n", "a:\n\tb: 1\n", "a:\n  \tb: 1\n", "-\ta\n", "- \ta\n", "[1,\t2]\n", "{a:\t1}\n", "a: b\t# c\n", "a: b #\tc\n", "#\tc\na: 1\n", "a: \"b\tc\"\n", "a: 'b\tc'\n", "a: 1\n\t\nb: 2\n", "a: 1\n  \t\n", "a: |\n  b\tc\n", "a: \"b\n\tc\"\n", "a: \"b\n  \tc\"\n", "a: b\n\tc\n", "\t# c\na: 1\n", "a: [1\t]\n", "a: [\n\t1]\n", "a:\t|\n  b\n", "a: |\t\n  b\n", "&x\ta\n", "!!str\ta\n", "---\ta\n", "?\ta\n:\tb\n", "a: >\n  b\n\n\t\n", "a: |\n  b\n\t\nc: 1\n", "a: |\n  b\n \t\nc: 1\n", "a: |\n  b\n  \t\nc: 1\n",
    # line ends and odd characters
    "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "a: 1\r\rb: 2\n\r", "a: |\r  b\r  c\r", "a: \"b\r\n  c\"\r\n", "a: b\r\n  c\r\n", "a: b\x00\n", "a: \x07\n", "a: \x7f\n", "a: \x1b[0m\n", "# \x01\n", "a: \ufeffb\n", "\ufeffa: 1\n", "a: b\u0085c: d\n", "a: b\u2028c\n", "a: \uffff\n", "a: \ufffe\n", "a: \ud7ff\n", "a: \U0010ffff\n", "é: ü\n", "a: b\x0bc\n", "a: b\x0cc\n", "\u00a0a: 1\n", "a:\u00a0b\n", "a: \u3000b\n", "a: 1\n\u00a0\n",
    # what Galaxy administrators write
    "gravity:\n  process_manager: systemd\n  galaxy_user: galaxy\n  gunicorn:\n    bind: 'localhost:8080'\n    workers: 4\n  handlers:\n    handler:\n      processes: 3\n      pools: [job-handlers, workflow-schedulers]\n      environment:\n        A: b\ngalaxy:\n  admin_users: a@b.org\n",
    "gravity:\n  gunicorn:\n  - bind: unix:/srv/a.sock\n    workers: 1\n  - bind: localhost:8081\n", "gravity:\n  celery: {enable_beat: no, concurrency: 2}\n  umask: 022\n  memory_limit: 1e3\n",
    "runners:\n  local:\n    load: galaxy.jobs.runners.local:LocalJobRunner\n    workers: 4\nhandling:\n  processes:\n    handler0:\n    handler1: {tags: [a, b]}\nlimits:\n- type: walltime\n  value: 24:00:00\n",
    "uwsgi:\n  http: 127.0.0.1:8080\n  mule: lib/galaxy/main.py\n  mule: lib/galaxy/main.py\n  farm: job-handlers:1,2\n  buffer-size: 16384\n",
]


def scalars():
    # "|" separates, and stands for itself where it begins an item or the item would be empty.
    for line in SCALARS.strip("\n").split("\n"):
        if line.startswith("||"):
            yield from ("|" if part == "" else part for part in BLOCK_INDICATORS)
            continue
        for part in line.replace("\\u00a0", "\u00a0").replace("\\u200b", "\u200b").replace("\\\\", "\\").split("|"):
            if part:
                yield part


BLOCK_INDICATORS = ["|", ">", ">-", "|-", "|+", "|2", ">2", "|0", "|-1", "|9", "| a", ">a", "|# a", "| # a"]


def corpus():
    seen = set()
    for scalar in scalars():
        for context in CONTEXTS:
            text = context.format(scalar)
            if text not in seen:
                seen.add(text)
                yield text
    for text in DOCUMENTS:
        if text not in seen:
            seen.add(text)
            yield text


def typed(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, float):
        return {"float": "nan" if value != value else struct.pack(">d", value).hex()}
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {"timestamp": True}
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return {"map": [[typed(key), typed(item)] for key, item in value.items()]}
    return {"other": type(value).__name__}


def record(text):
    """The typed value, or {"error": true}; a document that contains itself counts as an error."""
    try:
        return typed(yaml.safe_load(text))
    except Exception:  # PyYAML lets ValueError, KeyError, IndexError and others through
        return {"error": True}


def random_document(rng, words):
    """A document that is valid more often than not: nested blocks, with a few characters changed in a third of them."""

    def scalar(flow):
        word = rng.choice(words)
        return word if not (flow and any(c in word for c in ",[]{}")) else "x"

    def flow(depth):
        kind = rng.random()
        if depth <= 0 or kind < 0.5:
            return scalar(True)
        if kind < 0.75:
            return "[" + ", ".join(flow(depth - 1) for _ in range(rng.randrange(4))) + "]"
        return "{" + ", ".join(f"{scalar(True)}: {flow(depth - 1)}" for _ in range(rng.randrange(4))) + "}"

    def block(depth, indent):
        pad = " " * indent
        if depth <= 0:
            return [pad + scalar(False)]
        kind = rng.random()
        lines = []
        step = rng.choice([2, 2, 2, 4, 1])
        for _ in range(rng.randrange(1, 4)):
            head = pad + ("- " if kind < 0.35 else rng.choice(["a", "b", "key", "x y", '"q"', "<<", scalar(False)]) + ":")
            choice = rng.random()
            if choice < 0.45:
                lines.append(f"{head} {scalar(False)}" + rng.choice(["", "", "", " # c", "  "]))
            elif choice < 0.6:
                lines.append(f"{head} {flow(2)}")
            elif choice < 0.68:
                lines.append(f"{head} {rng.choice(['|', '>', '|-', '>-', '|+', '>+', '|2'])}")
                for _ in range(rng.randrange(4)):
                    lines.append(rng.choice(["", " " * (indent + 2) + "text", " " * (indent + 3) + "more", " " * (indent + 2) + "- # x"]))
            elif choice < 0.76:
                lines.append(f"{head} {rng.choice(['&x', '&y', '&z'])} {rng.choice(['v', '[1]', '{m: 1}', ''])}")
            elif choice < 0.82:
                lines.append(f"{head} {rng.choice(['*x', '*y', '*z'])}")
            elif choice < 0.87:
                lines.append(f"{head} {rng.choice(['plain', chr(34) + 'dq', chr(39) + 'sq'])}")
                lines.append(" " * (indent + rng.choice([1, 2, 2, 4])) + rng.choice(["more", "more" + chr(34), "more" + chr(39), "", "# c"]))
            else:
                lines.append(head + rng.choice(["", " # c"]))
                if kind < 0.35 and rng.random() < 0.3:
                    lines[-1] = head + block(1, 0)[0]
                else:
                    lines.extend(block(depth - 1, indent + step))
            if rng.random() < 0.1:
                lines.append(rng.choice(["", "  ", "# c", pad + "# c"]))
        return lines

    text = "\n".join(block(rng.randrange(1, 4), rng.choice([0, 0, 0, 2]))) + rng.choice(["\n", "\n", "", "\n\n"])
    if rng.random() < 0.1:
        text = rng.choice(["---\n", "%YAML 1.1\n---\n", "# c\n", "--- "]) + text
    if rng.random() < 0.33:
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(text) + 1)
            new = rng.choice([" ", "\n", ":", "-", "[", "]", "{", "}", ",", "'", '"', "#", "&", "*", "!", "|", ">", "?", "\t", "  ", "a", "\r\n", "- ", ": "])
            text = text[:at] + new + text[at + rng.randrange(2) :]
    return text


def main():
    if "--random" in sys.argv:
        count, seed = (int(word) for word in sys.argv[sys.argv.index("--random") + 1 :][:2])
        rng = random.Random(seed)
        words = list(scalars())
        for _ in range(count):
            text = random_document(rng, words)
            print(json.dumps({"yaml": text, "value": record(text)}))
        return
    for text in corpus():
        print(json.dumps({"yaml": text, "value": record(text)}))


if __name__ == "__main__":
    main()
