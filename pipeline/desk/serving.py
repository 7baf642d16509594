"""Opening the desk, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from pipeline.desk.desk import Desk
from pipeline.desk.routes import answering
from pipeline.desk.server import Server
from pipeline.workflows.project import Project


def serve(project: Project, today: Callable[[], str], opened: Callable[[str], None]) -> None:
    """Serve a project's desk until the keyboard interrupts; ``opened`` is told the address."""
    desk = Desk(project, today)
    with Server() as server:
        server.answer = answering(desk, server.access)
        Thread(target=desk.watch, daemon=True).start()
        opened(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            desk.leave()
