"""Runs the real Gravity and the real supervisor parser for the parity suite.

One request a line on stdin (JSON), one answer a line on stdout. Gravity and supervisor are imported once; every request
runs in a forked child, so each starts from a fresh interpreter state and writes its real files, without paying for the
imports again. `gravity` is the command `galaxyctl -c FILE... update`; `programs` expands a supervisord configuration;
`settings` lists every setting that this Gravity knows, so that the corpus can prove it covers them.
"""

import json
import os
import shlex
import sys
import tempfile
import traceback

from gravity import __version__ as gravity_version
from gravity import cli as gravity_cli
from gravity.process_manager import multiprocessing, supervisor as gravity_supervisor, systemd  # noqa: F401
from gravity.commands import cmd_update  # noqa: F401
from gravity.settings import Settings
from supervisor import datatypes, options


def run_gravity(request):
    os.chdir(request["cwd"])
    # The suite need not run as root to see what root gets; nothing outside the output directory is written.
    os.geteuid = lambda: 0
    out = request["out"]
    for name in [name for name in os.environ if name.startswith(("GRAVITY_", "GALAXY_", "VIRTUAL_ENV"))]:
        del os.environ[name]
    # The style of a file that does not say one; a file that does wins.
    os.environ["GRAVITY_SERVICE_COMMAND_STYLE"] = "direct"
    os.environ["PATH"] = request["tools"] + ":" + os.environ["PATH"]
    if request["target"] == "systemd":
        os.environ["GRAVITY_SYSTEMD_UNIT_PATH"] = out
    else:
        os.environ["GRAVITY_SKIP_SYSTEMD"] = "1"
        # Both bases of supervisor's state directory end up in `out`: one instance keeps it in its data directory.
        gravity_supervisor.DEFAULT_STATE_DIR = out
    sys.argv = [request["galaxyctl"], "update"]
    args = [part for config in request["configs"] for part in ("-c", config)] + ["update"]
    gravity_cli.galaxyctl.main(args=args, standalone_mode=False)
    if request["target"] == "supervisor":
        state = find_supervisor_state(request)
        with open(os.path.join(state, "supervisord.conf"), "w") as conf:
            conf.write(gravity_supervisor.SUPERVISORD_CONF_TEMPLATE)
        return {"conf": os.path.join(state, "supervisord.conf")}
    return {}


def find_supervisor_state(request):
    from gravity.config_manager import ConfigManager

    manager = ConfigManager(config_file=request["configs"])
    base = request["out"] if manager.instance_count > 1 else manager.get_config().gravity_data_dir
    state = os.path.join(base, "supervisor")
    os.makedirs(state, exist_ok=True)
    return state


class Account(int):
    """A number, as supervisor insists, that still knows which account was written."""

    def __new__(cls, name):
        made = super().__new__(cls, 1)
        made.name = name
        return made


def programs(request):
    # Accounts and folders of the server are not those of this machine.
    options.name_to_uid = lambda name: name if name is None else Account(name)
    datatypes.existing_dirpath = lambda path: os.path.expanduser(path)
    options.existing_dirpath = datatypes.existing_dirpath
    os.environ.clear()
    os.environ["PATH"] = request["path"]
    os.chdir("/")
    found = options.ServerOptions()
    found.realize(args=["-c", request["conf"], "-n"])
    names = options.ProcessConfig.req_param_names + options.ProcessConfig.optional_param_names
    answer = []
    for group in found.process_group_configs:
        for process in group.process_configs:
            values = {name: plain(getattr(process, name)) for name in names}
            values["argv"] = shlex.split(process.command)
            answer.append({"group": group.name, "name": process.name, "options": values})
    return {"programs": answer}


def plain(value):
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, Account):
        return value.name
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(one) for one in value]
    return str(value)


def settings(_request):
    schema = Settings.model_json_schema()
    definitions = schema.get("$defs", {})
    names = []
    for key, value in schema["properties"].items():
        names.append(key)
        for sub in properties(value, definitions):
            names.append(f"{key}.{sub}")
    return {"settings": names, "version": gravity_version}


def properties(value, definitions):
    for reference in find_references(value):
        yield from definitions[reference.rsplit("/", 1)[1]].get("properties", {})


def find_references(value):
    found = []
    if "$ref" in value:
        found.append(value["$ref"])
    for part in value.get("anyOf", []) + value.get("allOf", []):
        found.extend(one for one in find_references(part) if one not in found)
    if "items" in value:
        found.extend(one for one in find_references(value["items"]) if one not in found)
    return list(dict.fromkeys(found))


REQUESTS = {"gravity": run_gravity, "programs": programs, "settings": settings}


def in_child(request):
    """Answers one request in a fork; what it prints comes back as `output`."""
    with tempfile.TemporaryFile() as result, tempfile.TemporaryFile() as output:
        pid = os.fork()
        if pid == 0:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            try:
                answer = {"ok": True, **REQUESTS[request["do"]](request)}
            except BaseException as error:
                traceback.print_exc()
                message = getattr(error, "message", None) or str(error)
                answer = {"ok": False, "error": f"{type(error).__name__}: {message}"}
            sys.stdout.flush()
            sys.stderr.flush()
            result.write(json.dumps(answer).encode())
            result.flush()
            os._exit(0)
        os.waitpid(pid, 0)
        result.seek(0)
        output.seek(0)
        text = result.read().decode()
        answer = json.loads(text) if text else {"ok": False, "error": "the process died"}
        answer["output"] = output.read().decode(errors="replace")
        return answer


def main():
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps({"id": request["id"], **in_child(request)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
