"""The real Gravity and the real parser of supervisor, for many configurations in one process.

One request a line on stdin (JSON), one answer a line on stdout.
{"do": "update", "config": FILE, "target": "systemd" or "supervisor", "units": DIR}: `galaxyctl -c FILE update`.
{"do": "parse", "conf": FILE}: what supervisord does first with a configuration.
"""

import contextlib
import io
import json
import os
import sys

from gravity import cli
from supervisor.options import ServerOptions

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def update(request):
    if request["target"] == "systemd":
        os.environ["GRAVITY_SYSTEMD_UNIT_PATH"] = request["units"]
        os.environ.pop("GRAVITY_SKIP_SYSTEMD", None)
    else:
        os.environ["GRAVITY_SKIP_SYSTEMD"] = "1"
    sys.argv = ["/usr/bin/galaxyctl", "update"]
    cli.galaxyctl.main(args=["-c", request["config"], "update"], standalone_mode=False)


def parse(request):
    options = ServerOptions()
    options.realize(args=["-c", request["conf"], "-n"])
    options.process_config(do_usage=False)


def main():
    for line in sys.stdin:
        request = json.loads(line)
        printed = io.StringIO()
        error = None
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                {"update": update, "parse": parse}[request["do"]](request)
        except BaseException as caught:
            error = f"{type(caught).__name__}: {caught} {printed.getvalue()}"
        answers.write(json.dumps({"error": error}) + "\n")
        answers.flush()


main()
