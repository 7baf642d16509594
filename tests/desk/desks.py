"""A desk of a small city, and a browser that knows no more of HTTP than it is told."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from pipeline.desk.desk import Desk
from pipeline.desk.guards import HOST
from pipeline.desk.routes import answering
from pipeline.desk.server import Server
from pipeline.workflows.project import Project
from tests.project import YEAR

TODAY = "2021-08-02"


@dataclass(frozen=True, slots=True)
class Served:
    """A desk that is served; ``cookie`` and ``writing`` let in."""

    desk: Desk
    port: int
    address: str
    cookie: str
    writing: str

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    def get(self, path: str, **headers: str | None) -> Reply:
        return self.send("GET", path, None, headers)

    def post(self, path: str, content: object = None, **headers: str | None) -> Reply:
        given = {"Origin": self.origin, "Content-Type": "application/json", "X-Desk-Token": self.writing, **headers}
        return self.send("POST", path, json.dumps(content or {}).encode(), given)

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str | None]) -> Reply:
        """Send a request; a header that is None is left out."""
        given = {"Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection = http.client.HTTPConnection(HOST, self.port, timeout=20)
        try:
            host = given.pop("Host", f"{HOST}:{self.port}")
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Content-Length": str(len(body)) if body else None, **given, "Host": host}.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            found = connection.getresponse()
            return Reply(found.status, dict(found.getheaders()), found.read())
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def data(self) -> Any:  # noqa: ANN401 - whatever was answered
        return json.loads(self.body)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve the desk of a project, which makes nothing unasked."""
    desk = Desk(Project(folder, YEAR), lambda: TODAY)
    with Server(0) as server:
        server.answer = answering(desk, server.access)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        access = server.access
        yield Served(desk, access.port, server.address, f"{access.cookie}={access.token}", access.writing)
        desk.leave()
        server.shutdown()
