"""Asks Galaxy's own code what it makes of a job configuration: one JSON line in, one out.

Request:  {"id", "folder", "config", "processes": [{"name", "pools", "web"}], "names": [null, "tag", ...]}
Answer:   {"id", "processes": [{"starts", ...}]}, in the order of the processes, each as a process of that name sees it.
"""

import json
import logging
import os
import sys
import traceback
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from galaxy.app import UniverseApplication
from galaxy.config import Configuration
from galaxy.job_metrics import JobMetrics
from galaxy.jobs import JobConfiguration
from galaxy.jobs.handler import JobGrabber
from galaxy.model import mapping
from galaxy.util.properties import load_app_properties
from galaxy.web_stack import GunicornApplicationStack, handlers, WeblessApplicationStack
from galaxy.workflow.scheduling_manager import WorkflowSchedulingManager

# What is assigned here stands in no database.
handlers._timed_flush_obj = lambda obj: None
model = mapping.init("/tmp", "sqlite:///:memory:", create_tables=True)


class App:
    """As much of Galaxy as its job configuration and its workflow schedulers ask for."""

    is_job_handler = UniverseApplication.is_job_handler

    def __init__(self, folder, config, process):
        os.environ["GALAXY_CONFIG_SERVER_NAME"] = process["name"]
        properties = load_app_properties(config_file=os.path.join(folder, config), config_section="galaxy")
        self.config = Configuration(**properties, attach_to_pools=process["pools"])
        self.config.server_name = process["name"]
        self.model = model
        self.job_metrics = JobMetrics()
        stack = GunicornApplicationStack if process["web"] else WeblessApplicationStack
        self.application_stack = stack(app=self, config=self.config)
        # Threads that would look for work are not started.
        # As a PostgreSQL database answers.
        self.application_stack._supports_skip_locked = True
        self.application_stack.register_postfork_function = lambda *args, **kwargs: None
        self.job_config = JobConfiguration(self)


class Work:
    """A new job, or an invocation."""

    handler = None

    def set_handler(self, handler):
        self.handler = handler

    def log_str(self):
        return "a job"


def assigned(app, manager, name):
    """What is written to a new job that is mapped to a name, over every choice that chance may make."""
    found = set()
    for index in range(12):
        work = Work()
        own = []
        try:
            configured = manager.default_handler_id if name is None else name
            manager.assign_handler(work, configured=configured, index=index, flush=False, queue_callback=lambda: own.append(1))
        except Exception:
            return ["fails"]
        found.add("self" if own or work.handler == app.config.server_name else work.handler)
    return sorted(found)


def describe(folder, config, process, names):
    try:
        app = App(folder, config, process)
        jobs = app.job_config
        handler = bool(app.is_job_handler)
        workflows = WorkflowSchedulingManager(app)
    except Exception as error:
        return {"starts": False, "error": f"{type(error).__name__}: {error}"[:300], "where": traceback.format_exc()[-400:]}
    monitor = workflows.request_monitor
    grabber = monitor.invocation_grabber if monitor else None
    return {
        "starts": True,
        "handles": handler,
        "tags": sorted(jobs.self_handler_tags) if handler else [],
        "grabs": sorted(jobs.self_handler_tags)
        if handler and JobGrabber.get_grabbable_handler_assignment_method(jobs.handler_assignment_methods)
        else [],
        "methods": [str(getattr(one, "value", one)) for one in jobs.handler_assignment_methods],
        "maxGrab": jobs.handler_max_grab,
        "readyWindow": jobs.handler_ready_window_size,
        "runners": [[one["id"], one.get("load", ""), str(one.get("workers", ""))] for one in jobs.runner_plugins],
        "loads": sorted(jobs.handler_runner_plugins.get(process["name"], [])) or None,
        "schedules": bool(workflows._is_workflow_handler()),
        "invocations": sorted(str(one) for one in grabber.self_handler_tags if one is not None) if grabber else [],
        "destinations": {
            name: sorted(one.id for one in found) for name, found in jobs.destinations.items()
        },
        "destination": jobs.default_destination_id,
        "tools": {
            name: [[one.handler, one.destination] for one in found] for name, found in jobs.tools.items()
        },
        "limits": {
            "registered": jobs.limits.registered_user_concurrent_jobs,
            "anonymous": jobs.limits.anonymous_user_concurrent_jobs,
            "user": jobs.limits.destination_user_concurrent_jobs,
            "total": jobs.limits.destination_total_concurrent_jobs,
        },
        "assigned": {json.dumps(name): assigned(app, jobs, name) for name in names},
    }


for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = [
            describe(request["folder"], request["config"], process, request["names"])
            for process in request["processes"]
        ]
        print(json.dumps({"id": request["id"], "ok": True, "output": "", "processes": answer}), flush=True)
    except Exception:
        print(json.dumps({"id": request["id"], "ok": False, "output": "", "error": traceback.format_exc()}), flush=True)
