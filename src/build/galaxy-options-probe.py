"""Tries, in a Python that has Galaxy's "galaxy-config" package, which values of which options stop Galaxy at start.

    python galaxy-options-probe.py TABLE.json > probe.json      (then galaxy-options.py TABLE.json --probe probe.json...)

Every option is given alone to Galaxy's own configuration class: null, a number, true, a list, an unknown word.
"""

import copy
import json
import logging
import socket
import sys
import tempfile

logging.disable(logging.CRITICAL)
import galaxy.config as config  # noqa: E402
from galaxy.version import VERSION_MAJOR  # noqa: E402

schema = config.AppSchema(config.GALAXY_CONFIG_SCHEMA_PATH, "galaxy")
# Reading the schema anew for each try would take minutes, and a name server has no part in this.
config.GalaxyAppConfiguration._load_schema = lambda self: copy.deepcopy(schema)
socket.getfqdn = lambda *_: "localhost"
place = tempfile.mkdtemp()


def stops(name, value):
    """The name of the exception, or None where Galaxy goes on."""
    try:
        config.GalaxyAppConfiguration(**{"config_dir": place, "data_dir": place, name: value})
    except Exception as error:
        return type(error).__name__
    return None


def main(table, release=None):
    with open(table) as file:
        options = json.load(file)["options"]
    tried = [name for name in options if name in schema.app_schema or options[name].get("undocumented")]
    out = {"release": release or VERSION_MAJOR, "tried": tried, "null": [], "unconverted": [], "list_stops": [], "choices_enforced": []}
    for name in tried:
        kind = schema.app_schema.get(name, {}).get("type")
        if stops(name, None):
            out["null"].append(name)
        if kind in ("int", "float", "bool"):
            continue
        # Not a complaint about this value, but about its type.
        if stops(name, 5) in ("TypeError", "AttributeError") and stops(name, True) in ("TypeError", "AttributeError"):
            out["unconverted"].append(name)
        if stops(name, ["x"]) in ("TypeError", "AttributeError"):
            out["list_stops"].append(name)
        # A file that is not there is not a wrong word.
        if kind == "str" and stops(name, "no such word") in ("ConfigurationError", "Exception"):
            out["choices_enforced"].append(name)
    json.dump(out, sys.stdout)


main(*sys.argv[1:])
