"""In the place of gx-it-proxy: tells which host and path it was asked for, and echoes websockets. It takes the options
of gx-it-proxy, after the name of the package that npx is given."""

import asyncio
import base64
import hashlib
import json
import sys
from urllib.parse import unquote

words = sys.argv[1:]
options = {word[2:]: value for word, value in zip(words, words[1:]) if word.startswith("--")}


async def serve(reader, writer):
    try:
        while await one(reader, writer):
            pass
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def one(reader, writer):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = [[line.split(":", 1)[0].lower(), line.split(":", 1)[1].strip()] for line in lines]
    known = dict(headers)
    value = {"interactive": True, "method": method, "raw_path": target, "headers": headers, "options": options}
    if known.get("upgrade", "").lower() == "websocket":
        key = known["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        writer.write(
            f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        frame(writer, json.dumps(value).encode())
        while True:
            opcode, payload = await read_frame(reader)
            if opcode == 8:
                return False
            frame(writer, payload)
    await reader.readexactly(int(known.get("content-length", "0")))
    content = json.dumps(value).encode()
    # A tool's container is anybody's program: it may try to have the web server send a file of Galaxy.
    wanted = unquote(target.partition("?send=")[2])
    named = f"X-Accel-Redirect: /_x_accel_redirect{wanted}\r\nX-Sendfile: {wanted}\r\n" if wanted else ""
    writer.write(
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Frame-Options: DENY\r\n{named}"
        f"Content-Length: {len(content)}\r\n\r\n".encode() + (b"" if method == "HEAD" else content)
    )
    await writer.drain()
    return known.get("connection", "").lower() != "close"


def frame(writer, payload):
    length = len(payload)
    head = bytes([0x81, length]) if length < 126 else bytes([0x81, 126]) + length.to_bytes(2, "big")
    writer.write(head + payload)


async def read_frame(reader):
    first, second = await reader.readexactly(2)
    length = second & 127
    if length == 126:
        length = int.from_bytes(await reader.readexactly(2), "big")
    mask = await reader.readexactly(4) if second & 128 else bytes(4)
    payload = await reader.readexactly(length)
    return first & 15, bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


async def main():
    host = options.get("ip", "127.0.0.1").replace("localhost", "127.0.0.1")
    server = await asyncio.start_server(serve, host, int(options.get("port", "4002")))
    await server.serve_forever()


asyncio.run(main())
