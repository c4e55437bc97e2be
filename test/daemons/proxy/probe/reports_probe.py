"""In the place of Galaxy's reports application: tells the path it was asked for and where it believes to be mounted."""

import json
import os
from urllib.parse import unquote


async def reports(scope, receive, send):
    if scope["type"] != "http":
        return
    value = {
        "reports": True,
        "raw_path": scope["raw_path"].decode("latin-1"),
        "script_name": os.environ.get("SCRIPT_NAME", ""),
        "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]],
    }
    content = json.dumps(value).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    wanted = scope["query_string"].partition(b"send=")[2]
    if wanted:
        path = unquote(wanted.decode()).encode()
        headers += [(b"x-accel-redirect", b"/_x_accel_redirect" + path), (b"x-sendfile", path)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def factory():
    return reports
