"""A hundred proposals of all kinds decided in the browser: by keyboard alone, a few together, and by mouse.

``DECIDED=FILE`` notes how many answers, keys or clicks, and seconds it took, and runs the two that take longest, too.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.conftest import Shared
from tests.departments.returned.post import Post
from tests.desk import hundred
from tests.desk.browser.pages import NARROW, WIDE, Page
from tests.desk.desks import Served, served
from tests.desk.test_deciding import decisions

MANY = 100
measured = pytest.mark.skipif("DECIDED" not in os.environ, reason="a minute each, and no other ways of deciding")


@pytest.fixture(scope="session")
def answered(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        post = Post(hundred.sent_with_blanks(folder))
        hundred.answer(post)
        assert len(post.collect()) >= MANY

    return shared("hundred", make)


@pytest.fixture
def office(answered: Path, tmp_path: Path) -> Iterator[tuple[Post, Served]]:
    post = Post(Path(shutil.copytree(answered, tmp_path / "office")))
    with served(post.root) as one:
        yield post, one


@dataclass
class Clerk:
    """Somebody who decides, and what it takes."""

    page: Page
    acts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0

    @property
    def left(self) -> int:
        return int(self.page.text("#decide-count") or 0)

    @property
    def kind(self) -> str:
        return self.page.text("#proposal h3 .kind")

    def press(self, key: str) -> None:
        """Press a key once."""
        self.acts["keys"] += 1
        self.page.press(key)

    def click(self, selector: str) -> None:
        self.acts["clicks"] += 1
        self.page.click(selector)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Do what decides on something, and wait until it is saved and the next is shown."""
        before, begun = self.left, time.perf_counter()
        yield
        self.page.wait(lambda: self.left < before or self.page.all("#sure[open]") or self.page.all(".refused"))
        self.slowest = max(self.slowest, time.perf_counter() - begun)
        assert self.page.focused.tag_name != "body", "nobody knows where the keys go"
        self.acts["answers"] += 1

    def settle(self, yes: str, no: str) -> None:
        """Go on where it was asked once more: take what contradicts, reject what cannot be written."""
        if self.page.all("#sure[open]"):
            with self.answering():
                self.act(yes)
                self.page.wait(lambda: not self.page.all("#sure[open]"))
        if self.page.all(".refused"):
            self.act(no)
            self.page.wait(lambda: self.page.all("#writing input"))
            with self.answering():
                self.act(Keys.ENTER if len(no) == 1 else "#writing .main")

    def act(self, what: str) -> None:
        self.press(what) if len(what) == 1 else self.click(what)


@pytest.fixture
def clerk(page: Page, office: tuple[Post, Served], request: pytest.FixtureRequest) -> Iterator[Clerk]:
    page.open(office[1], "decide", getattr(request, "param", WIDE))
    page.wait(lambda: page.all("#proposal .answers"))
    one = Clerk(page)
    assert one.left >= MANY
    count, begun = one.left, time.perf_counter()
    yield one
    if path := os.environ.get("DECIDED"):
        taken = f"{time.perf_counter() - begun:.1f} s, slowest {one.slowest:.2f} s"
        with Path(path).open("a", encoding="utf-8") as stream:
            stream.write(f"{request.node.name}: {count} proposals, {dict(one.acts)}, {taken}\n")


@measured
def test_one_by_one_by_keyboard_alone(clerk: Clerk, office: tuple[Post, Served]) -> None:
    page = clerk.page
    while clerk.left:
        if page.text("#proposal .answers").find("新しい行") >= 0:
            clerk.press("i")
            page.wait(lambda: page.all("#sure[open]"))
            with clerk.answering():
                clerk.press(Keys.ENTER)
                page.wait(lambda: not page.all("#sure[open]"))
        elif clerk.acts["answers"] % 10 == 9 and "文章を直して" in page.text("#proposal .answers"):
            clerk.press("e")
            page.wait(lambda: page.focused.tag_name == "textarea")
            assert page.focused.get_property("value")
            page.press("よ")
            with clerk.answering():
                clerk.acts["keys"] += 2
                page.press_with_control(Keys.ENTER)
            clerk.settle(Keys.ENTER, "r")
        else:
            with clerk.answering():
                clerk.press("a")
            clerk.settle(Keys.ENTER, "r")
    assert_decided(office[0])
    assert page.violations() == []
    assert page.complaints() == []


def test_what_is_alike_together_by_keyboard(clerk: Clerk, office: tuple[Post, Served]) -> None:
    for key in ("y", "y"):
        while clerk.kind != "修正":
            clerk.press("n")
        clerk.press(key)
        clerk.page.wait(lambda: clerk.page.all("#sure[open]"))
        with clerk.answering():
            clerk.press(Keys.ENTER)
            clerk.page.wait(lambda: not clerk.page.all("#sure[open]"))
    while clerk.left:
        with clerk.answering():
            clerk.press("a")
        clerk.settle(Keys.ENTER, "r")
    assert_decided(office[0])


@pytest.mark.parametrize("clerk", [WIDE, pytest.param(NARROW, marks=measured)], ids=["wide", "narrow"], indirect=True)
def test_sheet_by_sheet_by_mouse(clerk: Clerk, office: tuple[Post, Served]) -> None:
    while clerk.left:
        together = [one for one in clerk.page.all(".answers .many button") if "シート" in one.text]
        before = clerk.left
        if together:
            clerk.acts["clicks"] += 1
            together[0].click()
            clerk.page.wait(lambda: clerk.page.all("#sure[open]") or "ありません" in clerk.page.text("#status"))
            if clerk.page.all("#sure[open]"):
                with clerk.answering():
                    clerk.click("#sure-yes")
        if clerk.left == before:
            with clerk.answering():
                clerk.click(".answers .main")
            clerk.settle("#sure-yes", ".answers button:nth-of-type(2)")
    assert_decided(office[0])
    assert clerk.page.violations() == []


def assert_decided(post: Post) -> None:
    """Every proposal has an answer."""
    found = decisions(post)
    assert len(found) >= MANY
    assert "open" not in map(str, found.values())
