"""Serves a preview to browsers on this machine and to nobody else; no path ever reaches the disk."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import socket
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.preview.dress import ALLOWED, OWN, dressed, style, waiting
from bulletin.pipeline.preview.stage import Stage
from bulletin.shipped import shipped

LOOPBACK = "127.0.0.1"
PORT = 8750
"""Asked for first; where it is taken and nobody has named another, any that is free."""
LISTENERS = 24
"""Pages that may wait for news at once."""
PATIENCE = 15.0
"""Seconds after which a page that waits is told that there is nothing new, so that one that has gone is noticed."""
KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Server(ThreadingMixIn, TCPServer):
    """On the loopback address; a thread for each request, none of which keeps the program from ending."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # on Windows it would let another program take the port
    request_queue_size = 32

    def __init__(self, stage: Stage, port: int, address: str = LOOPBACK) -> None:
        """Raises ConfigError for any other address, and OSError where the port cannot be had."""
        if address != LOOPBACK:
            raise ConfigError([Finding("preview-address", Severity.ERROR, parameters={"address": address})])
        self.stage = stage
        self.listening = 0
        super().__init__((address, port), Handler)

    def server_bind(self) -> None:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/"

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return bool(client_address[0] == LOOPBACK)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has gone away is no fault."""


def open_server(stage: Stage, port: int | None = None) -> Server:
    """Raises ConfigError where a port that was asked for cannot be had."""
    try:
        return Server(stage, PORT if port is None else port)
    except (OSError, OverflowError) as error:
        taken = getattr(error, "errno", 0) in (errno.EADDRINUSE, errno.EACCES)
        if port is None and taken:
            return Server(stage, 0)
        said = {"port": str(port), "reason": str(error)}
        rule = "preview-port-taken" if taken else "preview-port"
        raise ConfigError([Finding(rule, Severity.ERROR, parameters=said)]) from error


class Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "bulletin"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60
    heads: ClassVar[Mapping[str, str]] = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
    }

    def do_GET(self) -> None:
        if not self._is_from_here():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        target = urlsplit(self.path)
        if target.scheme or target.netloc or not target.path.startswith("/"):
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        path = unquote(target.path[1:])
        folder, _, name = path.partition("/")
        if folder == OWN:
            self._own(name, parse_qs(target.query))
        elif path == "favicon.ico":  # browsers ask for it by themselves
            self._send(HTTPStatus.OK, "ico", b"")
        elif path == "" or path.endswith("/"):
            self._page(f"{path}index.html")
        elif path.endswith(".html"):
            self._page(path)
        else:
            self._file(path)

    def _is_from_here(self) -> bool:
        """A name that somebody else lets point to this machine (DNS rebinding), and pages of other sites, are refused."""
        named = self.headers.get_all("Host", [])
        hosts = {f"{LOOPBACK}:{self.server.port}", f"localhost:{self.server.port}"}
        site = self.headers.get("Sec-Fetch-Site", "none")
        origin = self.headers.get("Origin")
        return (
            len(named) == 1
            and named[0].lower() in hosts
            and site in ("none", "same-origin")
            and (origin is None or origin in {f"http://{host}" for host in hosts})
        )

    def _page(self, path: str) -> None:
        stage, view = self.server.stage, self.server.stage.view
        found = view.state.pages.file(path) if view.state.pages else None
        if found is not None:
            self._send(HTTPStatus.OK, "html", dressed(found, path, hashlib.sha256(found).hexdigest()))
            return
        title = stage.texts.get("preview_lost" if view.state.pages else "preview_waiting", "…")
        page = waiting(stage.texts["message_language"], title, path)
        self._send(HTTPStatus.NOT_FOUND if view.state.pages else HTTPStatus.OK, "html", page)

    def _file(self, path: str) -> None:
        pages = self.server.stage.view.state.pages
        found = pages.file(path) if pages else None
        if found is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            self._send(HTTPStatus.OK, path.rpartition(".")[2], found)

    def _own(self, name: str, asked: Mapping[str, list[str]]) -> None:
        pages = self.server.stage.view.state.pages
        if name == "preview.js":
            self._send(HTTPStatus.OK, "js", shipped("bulletin_templates", "preview", name).read_bytes())
        elif name == "preview.css":
            self._send(HTTPStatus.OK, "css", style(pages.prepared.project.theme if pages else None))
        elif name == "state.json":
            path = asked.get("path", [""])[0]
            told = self.server.stage.view.of(path)
            self.server.stage.seen = path
            self._send(HTTPStatus.OK, "json", json.dumps(told, ensure_ascii=True).encode())
        elif name == "news" and self.server.listening < LISTENERS:
            self._tell()
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _tell(self) -> None:
        """Server-sent events: how often something was shown, and whether the files are being read."""
        self.server.listening += 1
        try:
            self.send_response(HTTPStatus.OK)
            self._heads("text/event-stream; charset=utf-8")
            self.send_header("Connection", "close")
            self.end_headers()
            turn = -1
            while (news := self.server.stage.wait(turn, PATIENCE)) is not None:
                quiet, (turn, shown, reading) = turn == news[0], news
                said = json.dumps({"shown": shown, "reading": reading})
                self.wfile.write(b": \n\n" if quiet else f"data: {said}\n\n".encode())
                self.wfile.flush()
        except OSError:
            pass  # the page was closed
        finally:
            self.server.listening -= 1
            self.close_connection = True

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self._heads(KINDS.get(kind, "application/octet-stream"), page=kind == "html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _heads(self, kind: str, *, page: bool = False) -> None:
        from bulletin.write.web import POLICY

        # a picture may have the style that it was drawn with
        policy = f"{POLICY}{ALLOWED}" if page else "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", f"{policy}; frame-ancestors 'none'")
        for name, value in self.heads.items():
            self.send_header(name, value)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._send(status, "txt", f"{status.value} {status.phrase}\n".encode())

    def _only_get(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.METHOD_NOT_ALLOWED)
        self.send_header("Allow", "GET")
        self._heads("text/plain; charset=utf-8")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def __getattr__(self, name: str) -> Callable[[], None]:
        """The library asks for a function by the method's name."""
        if name.startswith("do_"):
            return self._only_get
        raise AttributeError(name)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library refuses itself, such as a request line that is none."""
        status = HTTPStatus(code)
        self.close_connection = True
        self.request_version = getattr(self, "request_version", None) or "HTTP/1.0"
        self._send(status, "txt", f"{status.value} {status.phrase}\n".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody is told of single requests."""
