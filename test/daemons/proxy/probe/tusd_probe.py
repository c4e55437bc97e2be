"""In tusd's place: creation with the `Location` that tusd makes (from the Host it was asked with, or behind a proxy from
the forwarded headers), and PATCH, HEAD of the upload. It takes tusd's own options."""

import hashlib
import json
import re
import sys
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

options = {}
for word in sys.argv[1:]:
    match = re.fullmatch(r"--?([a-z-]+)(?:=(.*))?", word, re.S)
    if match:
        options[match.group(1)] = match.group(2) if match.group(2) is not None else "true"
words = sys.argv[1:]
for at, word in enumerate(words[:-1]):
    if word == "-base-path":
        options["base-path"] = words[at + 1]
base = "/" + options.get("base-path", "/files/").strip("/") + "/"
behind_proxy = options.get("behind-proxy", "false") != "false"
uploads = {}


class Tusd(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        if self.path.rstrip("/") + "/" != base:
            return self.reply(404)
        scheme, host = "http", self.headers["Host"]
        if behind_proxy:
            scheme = self.headers.get("X-Forwarded-Proto", scheme)
            host = self.headers.get("X-Forwarded-Host", host)
        self.drain(None)
        name = uuid.uuid4().hex
        seen = [[key.lower(), value] for key, value in self.headers.items()]
        uploads[name] = {"size": 0, "digest": hashlib.sha256(), "first": None, "last": None, "created_with": seen}
        self.reply(201, {"Location": f"{scheme}://{host}{base}{name}"})

    def do_PATCH(self):
        upload = self.upload()
        wrong = 404 if upload is None else None
        if upload is not None and int(self.headers.get("Upload-Offset", "-1")) != upload["size"]:
            wrong = 409
        self.drain(None if wrong else upload)
        if wrong:
            return self.reply(wrong)
        self.reply(204, {"Upload-Offset": str(upload["size"])})

    def do_HEAD(self):
        upload = self.upload()
        if upload is None:
            return self.reply(404)
        self.reply(200, {"Upload-Offset": str(upload["size"]), "Cache-Control": "no-store"})

    def do_GET(self):
        upload = self.upload()
        if upload is None:
            return self.reply(404)
        told = {key: upload[key] for key in ("size", "first", "last", "created_with")}
        self.reply(200, {}, json.dumps({**told, "sha256": upload["digest"].hexdigest()}).encode())

    def upload(self):
        return uploads.get(self.path[len(base):]) if self.path.startswith(base) else None

    def drain(self, upload):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            while True:
                length = int(self.rfile.readline().split(b";")[0], 16)
                self.take(upload, length)
                self.rfile.readline()
                if length == 0:
                    return
        self.take(upload, int(self.headers.get("Content-Length") or 0))

    def take(self, upload, length):
        while length > 0:
            chunk = self.rfile.read1(min(length, 262144))
            if not chunk:
                return
            length -= len(chunk)
            if upload is not None:
                upload["last"] = time.monotonic()
                upload["first"] = upload["first"] or upload["last"]
                upload["size"] += len(chunk)
                upload["digest"].update(chunk)

    def reply(self, status, headers=None, body=b""):
        self.send_response(status)
        for key, value in {"Tus-Resumable": "1.0.0", **(headers or {})}.items():
            self.send_header(key, value)
        if status not in (204,):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


host = options.get("host", "0.0.0.0").replace("localhost", "127.0.0.1")
ThreadingHTTPServer((host, int(options.get("port", "8080"))), Tusd).serve_forever()
