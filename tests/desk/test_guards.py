"""Only the browser that was given the address may ask, and only the page may have something done."""

from __future__ import annotations

import socket

import pytest

from tests.desk.desks import Served

PATHS = ["/", "/state", "/events", "/picture?key=1&scale=1", "/page/main.js", "/font/BIZUDPGothic-Regular.ttf"]


def test_the_address_lets_in_and_leaves_its_token_behind(desk: Served) -> None:
    entered = desk.get(desk.address.removeprefix(desk.origin), Cookie=None)
    assert (entered.status, entered.headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(entered.headers["Set-Cookie"].split("; "))
    assert desk.get("/").status == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("cookie", [None, "desk=1", "desk-{port}=", "desk-{port}=wrong", "\x01=;;"])
def test_nobody_is_let_in_without_the_token(desk: Served, path: str, cookie: str | None) -> None:
    told = desk.get(path, Cookie=cookie and cookie.format(port=desk.port))
    assert told.status in (400, 403)
    assert desk.writing not in told.text


@pytest.mark.parametrize("host", ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", None])
def test_a_name_that_leads_here_from_elsewhere_is_refused(desk: Served, host: str | None) -> None:
    given = host and host.format(port=desk.port)
    assert desk.get("/state", Host=given).status == 403
    assert desk.get(desk.address.removeprefix(desk.origin), Host=given, Cookie=None).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_from_elsewhere_may_not_even_look(desk: Served, site: str) -> None:
    assert desk.get("/state", Sec_Fetch_Site=site).status == 403
    assert desk.get("/state", Origin="http://evil.example").status == 403
    assert desk.get("/state", Sec_Fetch_Site="same-origin").status == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("Origin", value) for value in (None, "null", "http://evil.example", "http://127.0.0.1:1")],
        *[("X-Desk-Token", value) for value in (None, "", "wrong")],
        *[("Content-Type", value) for value in (None, "text/plain", "application/x-www-form-urlencoded")],
        ("Cookie", None),
    ],
)
def test_only_the_page_has_something_done(desk: Served, name: str, value: str | None) -> None:
    assert desk.post("/make").status == 404
    assert desk.post("/make", **{name: value}).status == 403


def test_what_is_sent_is_of_a_size(desk: Served) -> None:
    headers = {"Origin": desk.origin, "Content-Type": "application/json", "X-Desk-Token": desk.writing}
    for length in ("200001", "9" * 400):
        assert desk.send("POST", "/make", None, {**headers, "Content-Length": length}).status == 413
    for unfit in (None, "-1", "x", "1 1"):
        assert desk.send("POST", "/make", None, {**headers, "Content-Length": unfit}).status == 411
    assert desk.send("POST", "/make", None, {**headers, "Transfer-Encoding": "chunked"}).status == 411


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_do_nothing(desk: Served, method: str) -> None:
    assert desk.send(method, "/state", None, {}).status == 501


@pytest.mark.parametrize(
    "path",
    [
        "/page/../guards.py",
        "/page/%2e%2e/guards.py",
        "/page//etc/passwd",
        "/font/../../main.py",
        "/page/",
        "/../pyproject.toml",
    ],
)
def test_no_path_leads_outside_the_page(desk: Served, path: str) -> None:
    assert desk.get(path).status == 404


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_what_a_browser_may_do_with_it(desk: Served, path: str) -> None:
    if path == "/events":
        return
    headers = desk.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


def test_it_listens_on_this_machine_alone(desk: Served) -> None:
    own = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in own:
        with socket.socket() as other, pytest.raises(OSError):
            other.settimeout(2)
            other.connect((address, desk.port))
