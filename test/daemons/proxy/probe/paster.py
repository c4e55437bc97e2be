"""In the place of Galaxy's scripts/paster.py: `paster.py serve CONFIG [--server-name=NAME]`, with the real Paste."""

import argparse
import os
import sys

sys.path.insert(0, os.path.join(os.getcwd(), "lib"))

from paste.deploy import loadapp, loadserver  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("verb", choices=["serve"])
parser.add_argument("config")
parser.add_argument("--server-name", default="main")
arguments, _ = parser.parse_known_args()
address = "config:" + os.path.abspath(arguments.config)
loadserver(address, name=arguments.server_name)(loadapp(address))
