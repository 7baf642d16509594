"""Another page in the same browser, let in nowhere: it neither reads from the desk nor has anything done."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.departments.returned.post import Post
from tests.desk.browser.pages import Page
from tests.desk.desks import Served, served
from tests.desk.test_deciding import changed, decisions

PAGE = """<!DOCTYPE html><meta charset=utf-8><title>trying</title>
<form id=form method=post action={desk}/apply target=frame enctype=text/plain><input name='{{"a":"' value='"}}'></form>
<iframe name=frame src={desk}/></iframe><iframe id=inner src={desk}/state></iframe>
<object data={desk}/></object><link rel=stylesheet href={desk}/page/look.css><link rel=prefetch href={desk}/state>
<script src={desk}/state></script><img id=img src="{desk}/returned-picture?id={id}&page=0">
<script>
const tried = {{}};
const told = (name) => (answer) => (tried[name] = String(answer));
const send = (name, path, how) => fetch("{desk}" + path, how).then((r) => r.text()).then(told(name), told(name));
const headers = {{ "Content-Type": "application/json" }};
const inner = () => document.getElementById("inner").contentDocument?.body.innerText ?? "null";
const body = JSON.stringify({{ id: "{id}", verdict: "accept" }});
document.getElementById("form").submit();
navigator.sendBeacon("{desk}/decide", new Blob([body], {{ type: "application/json" }}));
navigator.sendBeacon("{desk}/apply");
const line = (name, made) =>
  new Promise((end) => {{
    made.onmessage = (heard) => (told(name)(heard.data), end());
    made.onerror = () => (told(name)("error"), made.close(), end());
  }});
Promise.all([
  line("events", new EventSource("{desk}/events", {{ withCredentials: true }})),
  line("socket", new WebSocket("{desk}/events".replace("http", "ws"))),
  send("read", "/state", {{ credentials: "include" }}),
  send("blind", "/state", {{ credentials: "include", mode: "no-cors" }}),
  send("decide", "/decide", {{ method: "POST", credentials: "include", mode: "no-cors", body }}),
  send("json", "/decide", {{ method: "POST", credentials: "include", headers, body }}),
  send("apply", "/apply", {{ method: "POST", credentials: "include", mode: "no-cors" }}),
  send("send", "/send", {{ method: "POST", credentials: "include", mode: "no-cors", body: '{{"sort":"send"}}' }}),
  send("look", "/returned?id={id}", {{ credentials: "include" }}),
]).then(() => {{
  try {{ tried.frame = inner(); }} catch (fault) {{ tried.frame = String(fault); }}
  tried.image = `width ${{document.getElementById("img").naturalWidth}}`;
  window.tried = tried;
}});
</script>"""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A site at another address of the same machine, whose page is set by the test."""
    pages: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[-1].encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep no record."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/", pages
        server.shutdown()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_another_page_neither_reads_nor_writes(
    page: Page, post: Post, elsewhere: tuple[str, list[str]], host: str
) -> None:
    post.edited(changed("修正した文章。"))
    post.collect()
    before, issued = post.inputs(), sorted((post.project.inputs / "issued").iterdir())
    with served(post.root) as desk:
        page.open(desk)
        first = page.driver.current_window_handle
        page.driver.switch_to.new_window("tab")
        address, pages = elsewhere
        pages.append(PAGE.format(desk=desk.origin, id=next(iter(decisions(post)))))
        page.driver.get(address.replace("localhost", host))
        tried = page.wait(lambda: page.driver.execute_script("return window.tried"))
        page.driver.close()
        page.driver.switch_to.window(first)
        page.complaints()
        assert_nothing(tried, desk)
    assert set(decisions(post).values()) == {"open"}
    assert post.inputs() == before
    assert sorted((post.project.inputs / "issued").iterdir()) == issued


def assert_nothing(tried: dict[str, str], desk: Served) -> None:
    """Hold what another page got to nothing."""
    assert tried["image"] == "width 0"
    assert (tried["events"], tried["socket"]) == ("error", "error")
    for name in ("read", "json", "look"):
        assert tried[name].startswith("TypeError")
    for name, got in tried.items():
        assert "pages" not in got, name
        assert desk.writing not in got, name
