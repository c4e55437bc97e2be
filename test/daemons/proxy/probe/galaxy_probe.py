"""In Galaxy's place from release 22.01 on: an ASGI application that tells what it was sent, and does the few things
that Galaxy does together with a proxy (prefix, accelerated downloads, event stream, websockets, the rolling restart's
question). It reads its options where Galaxy would: in the `galaxy:` section of GALAXY_CONFIG_FILE."""

import asyncio
import hashlib
import json
import mimetypes
import os
import time
from urllib.parse import parse_qs

import yaml


def galaxy_options():
    path = os.environ.get("GALAXY_CONFIG_FILE")
    if not path:
        return {}
    with open(path, encoding="utf-8") as stream:
        return (yaml.safe_load(stream) or {}).get("galaxy") or {}


class Probe:
    def __init__(self, options):
        self.prefix = "/" + (options.get("galaxy_url_prefix") or "").strip("/")
        self.prefix = "" if self.prefix == "/" else self.prefix
        self.accel_base = options.get("nginx_x_accel_redirect_base")
        self.xsendfile = options.get("apache_xsendfile")

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            return await lifespan(receive, send)
        if scope["type"] == "websocket":
            return await self.echo(scope, receive, send)
        path = scope["path"]
        if self.prefix and not path.startswith(self.prefix + "/"):
            return await answer(send, 404, {"detail": "Not Found", "path": path})
        path = path[len(self.prefix):]
        query = parse_qs(scope["query_string"].decode("latin-1"))
        body = await read_body(receive)
        if path == "/api/version":
            return await answer(send, 200, {"version_major": "24.1", "member": member(scope)})
        if path == "/api/datasets/display":
            return await self.download(scope, query, send)
        if path == "/api/events/stream":
            return await events(query, send)
        if path == "/api/configuration/dynamic_tool_confs":
            cookies = dict(scope["headers"]).get(b"cookie", b"")
            return await answer(send, 200 if b"galaxysession=admin" in cookies else 403, {})
        if path == "/_probe/slow":
            note(scope, query)
            await asyncio.sleep(int(query["ms"][0]) / 1000)
        if path == "/_probe/big-header":
            return await answer(send, 200, {}, [(b"x-big", b"x" * int(query["bytes"][0]))])
        if path == "/_probe/cookie":
            return await answer(send, 200, {}, [(b"set-cookie", b"galaxysession=abc; path=/; HttpOnly")])
        if path == "/_probe/fail":
            return await answer(send, int(query["status"][0]), {"probe": "failed as asked"})
        await answer(send, 200, report(scope, body))

    async def download(self, scope, query, send):
        """As galaxy.webapps.base: the proxy's header with the absolute path appended to the base, and no body."""
        path = query["path"][0]
        name = os.path.basename(path)
        headers = [
            (b"content-type", (mimetypes.guess_type(path)[0] or "application/octet-stream").encode()),
            (b"content-disposition", f'attachment; filename="{name}"'.encode("ascii", "replace")),
            (b"x-frame-options", b"SAMEORIGIN"),
            (b"access-control-allow-origin", b"https://partner.example.org"),
            (b"accept-ranges", b"bytes"),
        ]
        if self.accel_base:
            headers.append((b"x-accel-redirect", (self.accel_base + path).encode("utf-8")))
        elif self.xsendfile:
            headers.append((b"x-sendfile", path.encode("utf-8")))
        else:
            with open(path, "rb") as stream:
                content = stream.read()
            return await plain(send, 200, content if scope["method"] != "HEAD" else b"", headers, len(content))
        await plain(send, 200, b"", headers, 0)

    async def echo(self, scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": json.dumps(report(scope, None))})
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            await send({"type": "websocket.send", "text": message.get("text") or ""})


def note(scope, query):
    """What was carried out: one line a POST with a name, written at once."""
    if scope["method"] == "POST" and "id" in query and "PROBE_JOURNAL" in os.environ:
        journal = os.open(os.environ["PROBE_JOURNAL"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(journal, (query["id"][0] + "\n").encode())
        os.close(journal)


def member(scope):
    host, port = (list(scope.get("server") or ["?", None]) + [None])[:2]
    return host if port is None else f"{host}:{port}"


def report(scope, body):
    headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
    return {
        "member": member(scope),
        "pid": os.getpid(),
        "method": scope.get("method", "WEBSOCKET"),
        "raw_path": scope["raw_path"].decode("latin-1"),
        "path": scope["path"],
        "script_name": scope.get("root_path", ""),
        "query": scope["query_string"].decode("latin-1"),
        "scheme": scope["scheme"],
        "client": (scope.get("client") or [None])[0],
        "headers": headers,
        "body": body,
    }


async def read_body(receive):
    size, digest, first, last = 0, hashlib.sha256(), None, None
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        if chunk:
            last = time.monotonic()
            first = first or last
            size += len(chunk)
            digest.update(chunk)
        if not message.get("more_body"):
            return {"size": size, "sha256": digest.hexdigest(), "first": first, "last": last}


async def events(query, send):
    """Five events. Galaxy asks nginx not to buffer them; with `bare` it does not, so that only the proxy's word counts."""
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-cache")]
    if "bare" not in query:
        headers.append((b"x-accel-buffering", b"no"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for number in range(5):
        if number:
            await asyncio.sleep(0.15)
        await send({"type": "http.response.body", "body": f"data: {number}\n\n".encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def answer(send, status, value, headers=()):
    content = json.dumps(value).encode()
    await plain(send, status, content, [(b"content-type", b"application/json"), *headers], len(content))


async def plain(send, status, content, headers, length):
    headers = [*headers, (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def lifespan(receive, send):
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


def factory():
    """What a generated gunicorn command names; Galaxy takes its time to load."""
    time.sleep(float(os.environ.get("PROBE_BOOT", "0")))
    return Probe(galaxy_options())
