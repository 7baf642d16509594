"""The page as somebody sees it: opened, typed at, looked at by axe-core, printed."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pypdfium2
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from pipeline.documents.fonts import FOLDER
from tests.desk.desks import Served
from tests.project import ROOT

T = TypeVar("T")
WIDE, NARROW, ZOOMED = (1366, 768), (390, 844), (320, 256)
"""Sizes of the window; the last is the first one at 400 % and less: what WCAG 2.2 asks for (1.4.10)."""
VIEWS = ("book", "findings", "board", "decide")
_AXE = ROOT / ".browser" / "node_modules" / "axe-core" / "axe.min.js"
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=ja"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    "<fontconfig><dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"
)
_PATIENCE = 30


@dataclass(frozen=True)
class Page:
    """The browser with the page in it."""

    driver: Chrome

    def open(self, desk: Served, view: str = "book", size: tuple[int, int] = WIDE) -> None:
        """Open a view of a desk, as with the address that is printed."""
        self.resize(size)
        self.driver.get("about:blank")
        self.complaints()  # those of the desk before, which is gone, are nobody's
        self.driver.get(f"{desk.address}#{view}")
        self.wait(lambda: self.driver.execute_script("return document.fonts.status") == "loaded")
        self.wait(lambda: "（" in self.text("#title"))
        if view != "book":
            self.driver.execute_script("location.hash = arguments[0]", view)

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window a size in CSS pixels."""
        width, height = size
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == NARROW}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)

    @contextmanager
    def wished(self, feature: str, value: str) -> Iterator[None]:
        """Give the reader a wish of their own (a CSS media feature) for a while."""
        wish = {"name": feature, "value": value}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [wish]})
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{**wish, "value": ""}]})

    def one(self, selector: str) -> WebElement:
        """Return the first element."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[WebElement]:
        """Return all elements."""
        return self.driver.find_elements("css selector", selector)

    def text(self, selector: str) -> str:
        """Return an element's text, shown or not."""
        return str(self.one(selector).get_attribute("textContent"))

    def click(self, selector: str) -> None:
        """Press a button or link."""
        self.one(selector).click()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        actions = ActionChains(self.driver)
        for key in keys:
            actions.send_keys(key)
        actions.perform()

    def press_with_control(self, key: str) -> None:
        """Press a key with Ctrl."""
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    @property
    def focused(self) -> WebElement:
        """What has the focus."""
        return self.driver.switch_to.active_element

    def wait(self, until: Callable[[], T]) -> T:
        """Wait for something to be true, and return it."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                if found := until():
                    return found
            except StaleElementReferenceException:
                pass
            assert time.monotonic() < end, f"{self.driver.current_url}: {self.text('#status')}"
            time.sleep(0.02)

    def violations(self) -> list[str]:
        """Return what axe-core finds."""
        self.driver.execute_script(_AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script("axe.run().then((result) => arguments[0](result.violations))")
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]

    def complaints(self) -> list[str]:
        """Return what the browser's console says: errors of scripts, what the policy refused."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def printed(self) -> list[str]:
        """Return the texts of the pages that printing gives."""
        made = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        with pypdfium2.PdfDocument(base64.b64decode(made["data"])) as document:
            return [document[n].get_textpage().get_text_range() for n in range(len(document))]


@contextmanager
def driven(profile: Path) -> Iterator[Page]:
    """Start the browser with a profile of its own, and with Japanese typefaces, as a machine in Japan has them: where
    there are none, it prints boxes for letters, and not even all of them.
    """
    profile.mkdir(parents=True, exist_ok=True)
    fonts = profile / "fonts.conf"
    fonts.write_text(_FONTS.format(fonts=FOLDER, cache=profile / "fonts"), encoding="utf-8")
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver", env=environment))
    try:
        yield Page(driver)
    finally:
        driver.quit()
