"""In Galaxy's place up to release 21.09: a WSGI application under uWSGI or Paste that tells what it was sent. It reads
its options where Galaxy did: `[app:main]` of an .ini file, `galaxy:` of a .yml file."""

import configparser
import hashlib
import json
import mimetypes
import os
import time
from urllib.parse import parse_qs


def options_of(path):
    if not path or not os.path.exists(path):
        return {}
    if path.endswith((".yml", ".yaml")):
        import yaml

        with open(path, encoding="utf-8") as stream:
            return (yaml.safe_load(stream) or {}).get("galaxy") or {}
    parser = configparser.RawConfigParser(strict=False)
    parser.read(path, encoding="utf-8")
    return dict(parser.items("app:main")) if parser.has_section("app:main") else {}


class Probe:
    def __init__(self, options):
        self.accel_base = options.get("nginx_x_accel_redirect_base")
        self.xsendfile = options.get("apache_xsendfile") in (True, "True", "true")

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        query = parse_qs(environ.get("QUERY_STRING", ""))
        if path == "/api/datasets/display":
            return self.download(query, start_response)
        body = read_body(environ)
        if path == "/api/version":
            return answer(start_response, 200, {"version_major": "17.09", "member": member(environ)})
        if path == "/_probe/slow":
            time.sleep(int(query["ms"][0]) / 1000)
        if path == "/_probe/big-header":
            return answer(start_response, 200, {}, [("x-big", "x" * int(query["bytes"][0]))])
        if path == "/_probe/cookie":
            return answer(start_response, 200, {}, [("set-cookie", "galaxysession=abc; path=/; HttpOnly")])
        if path == "/_probe/fail":
            return answer(start_response, int(query["status"][0]), {"probe": "failed as asked"})
        return answer(start_response, 200, report(environ, body))

    def download(self, query, start_response):
        # A header of WSGI is a string of bytes, each as a character.
        path = query["path"][0].encode("utf-8").decode("latin-1")
        headers = [
            ("content-type", mimetypes.guess_type(path)[0] or "application/octet-stream"),
            ("content-disposition", f'attachment; filename="{os.path.basename(path)}"'),
            ("x-frame-options", "SAMEORIGIN"),
            ("access-control-allow-origin", "https://partner.example.org"),
            ("accept-ranges", "bytes"),
            ("content-length", "0"),
        ]
        if self.accel_base:
            headers.append(("x-accel-redirect", self.accel_base + path))
        elif self.xsendfile:
            headers.append(("x-sendfile", path))
        start_response("200 OK", headers)
        return [b""]


def member(environ):
    if "uwsgi.version" in environ:
        return "uwsgi"
    return f"{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"


def report(environ, body):
    names = {"CONTENT_TYPE": "content-type", "CONTENT_LENGTH": "content-length"}
    headers = sorted(
        [names.get(key) or key[5:].lower().replace("_", "-"), value]
        for key, value in environ.items()
        if (key.startswith("HTTP_") and key[5:] not in names) or (key in names and value)
    )
    return {
        "member": member(environ),
        "pid": os.getpid(),
        "method": environ["REQUEST_METHOD"],
        "raw_path": (environ.get("REQUEST_URI") or "").split("?")[0],
        "path": environ.get("PATH_INFO", ""),
        "script_name": environ.get("SCRIPT_NAME", ""),
        "query": environ.get("QUERY_STRING", ""),
        # uWSGI takes UWSGI_SCHEME and HTTPS from the proxy; Galaxy's own middleware took X-URL-SCHEME.
        "scheme": environ.get("HTTP_X_URL_SCHEME") or environ["wsgi.url_scheme"],
        "client": (environ.get("HTTP_X_FORWARDED_FOR") or environ.get("REMOTE_ADDR", "")).split(",")[0].strip(),
        "headers": headers,
        "body": body,
    }


def read_body(environ):
    size, digest, first, last = 0, hashlib.sha256(), None, None
    stream, left = environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0)
    while left > 0:
        chunk = stream.read(min(65536, left))
        if not chunk:
            break
        last = time.monotonic()
        first = first or last
        left -= len(chunk)
        size += len(chunk)
        digest.update(chunk)
    return {"size": size, "sha256": digest.hexdigest(), "first": first, "last": last}


def answer(start_response, status, value, headers=()):
    content = json.dumps(value).encode()
    phrase = {200: "OK", 403: "Forbidden"}.get(status, "Probe")
    start_response(
        f"{status} {phrase}",
        [("content-type", "application/json"), ("content-length", str(len(content))), *headers],
    )
    return [content]


def uwsgi_app():
    """What `module` or `mount` of a uWSGI section names."""
    import uwsgi

    path = (uwsgi.opt.get("yaml") or uwsgi.opt.get("ini") or b"").decode()
    return Probe(options_of(os.environ.get("GALAXY_CONFIG_FILE") or path))


def app_factory(global_conf, **local_conf):
    """What `paste.app_factory` of `[app:main]` names."""
    return Probe(local_conf)
