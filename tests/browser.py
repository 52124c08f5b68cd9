"""A reader at a real browser: headless Chromium by its driver; skips where there is none."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.common.keys import Keys  # noqa: E402 -- only where selenium is

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
SWITCHES = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --lang=ru"
)
PATIENCE = 15


class Reader:
    """A reader at the browser."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, path: str) -> None:
        self.driver.get(self.address + path)

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.driver.find_elements("css selector", selector)]

    def focused(self) -> str:
        """The id of what has the focus."""
        return str(self.run("return document.activeElement.id"))

    def press(self, *keys: str, control: bool = False) -> None:
        chain = webdriver.ActionChains(self.driver)
        if control:
            chain.key_down(Keys.CONTROL)
        chain.send_keys(*keys)
        if control:
            chain.key_up(Keys.CONTROL)
        chain.perform()

    def select(self, words: str, within: str = "#story") -> None:
        """Select *words*, which stand in one text node of the element."""
        found = self.run(
            """const walker = document.createTreeWalker(document.querySelector(arguments[1]), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.data.indexOf(arguments[0]);
              if (at < 0) continue;
              getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
              return true;
            }
            return false;""",
            words,
            within,
        )
        assert found, f"«{words}» does not stand on the page"

    def wait(self, what: str, holds: Callable[[], Any]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, f"waited in vain: {what}"
            time.sleep(0.03)

    def send(self, path: str, selection: str, comment: str = "") -> None:
        """Report *selection* on the page at *path* with Ctrl+Enter twice."""
        self.open(path)
        self.select(selection)
        self.press(Keys.ENTER, control=True)
        self.wait("the dialog opens", lambda: self.focused() == "typo-comment")
        if comment:
            self.press(comment)
        self.press(Keys.ENTER, control=True)
        self.wait("the report is thanked for", lambda: "Спасибо" in self.find("#typo-answer").text)

    def complaints(self) -> list[str]:
        """What the browser's console holds."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@contextmanager
def chromium() -> Iterator[Any]:
    """The driver of a browser with a profile of its own."""
    if not CHROMIUM or not CHROMEDRIVER:
        pytest.skip("Chromium or its chromedriver is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for switch in SWITCHES.split():
            options.add_argument(switch)
        options.add_argument(f"--user-data-dir={profile}")
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
        driver.set_page_load_timeout(60)
        try:
            yield driver
        finally:
            driver.quit()


def resize(driver: Any, width: int, height: int, *, is_phone: bool) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone},
    )
    driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": is_phone})
