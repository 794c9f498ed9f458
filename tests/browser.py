"""A page as somebody sees it: headless Chromium, driven over two pipes with nothing but the standard library."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--hide-scrollbars",
    "--disable-dev-shm-usage", "--font-render-hinting=none", "--remote-debugging-pipe",
)  # fmt: skip
FREE = 10  # file descriptors below this are the browser's own: it reads 3 and writes 4


def program() -> str | None:
    """Chromium's path, None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@dataclass
class Browser:
    """One tab of a running browser; `events` are what it told of beside the answers."""

    inward: int
    outward: int
    heard: bytes = b""
    session: str = ""
    number: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, **params: Any) -> Any:
        """Send one command of the DevTools protocol and return its result. Raises RuntimeError when refused."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        text = json.dumps(message).encode() + b"\0"
        while text:
            text = text[os.write(self.outward, text) :]
        return self._until(lambda said: said.get("id") == message["id"])

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> Any:
        """Read on until the wanted message comes; everything else it told of is kept in `events`."""
        while not wanted(said := self._next()):
            self.events.append(said)
        if "error" in said:
            raise RuntimeError(said["error"]["message"])
        return said.get("result", said.get("params"))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.heard:
            more = os.read(self.inward, 1 << 16)
            if not more:
                raise RuntimeError("the browser went away")
            self.heard += more
        message, _, self.heard = self.heard.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        return said

    def open(self, page: Path, width: int = 1280, height: int = 900) -> None:
        """Open a file in a window of this size and wait until it is there."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.events.clear()
        self.ask("Page.navigate", url=page.resolve().as_uri())
        if not any(said.get("method") == "Page.loadEventFired" for said in self.events):
            self._until(lambda said: said.get("method") == "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of a script run in the page; the page's own policy does not bind it."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "script failed"))
        return answer["result"].get("value")

    def requests(self) -> list[str]:
        """Every address the page asked for since it was opened."""
        asked = [said["params"] for said in self.events if said.get("method") == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in asked]

    def complaints(self) -> list[str]:
        """What the browser wrote to its log: refused styles, broken addresses."""
        return [
            said["params"]["entry"]["text"] for said in self.events if said.get("method") == "Log.entryAdded"
        ]

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """A screenshot, of the window or of the whole page."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(b64decode(shot["data"]))

    def print(self, file: Path) -> None:
        """The page as it is printed, on the paper its style sheet names."""
        printed = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        file.write_bytes(b64decode(printed["data"]))


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with an empty profile, gone afterwards. Raises RuntimeError where Chromium is not installed."""
    path = program()
    if path is None:
        raise RuntimeError("Chromium is not installed")
    with TemporaryDirectory(
        ignore_cleanup_errors=True
    ) as profile:  # it may still be writing when it is stopped
        theirs_in, ours_out = _pipe()
        ours_in, theirs_out = _pipe()

        def joined() -> None:
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        running = subprocess.Popen(
            [path, *QUIET, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=joined, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield _tab(Browser(ours_in, ours_out))
        finally:
            os.close(ours_in)
            os.close(ours_out)
            running.terminate()
            running.wait(20)


def _pipe() -> tuple[int, int]:
    """A pipe whose ends do not sit where the browser's own belong."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, FREE) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]


def _tab(found: Browser) -> Browser:
    tabs = found.ask("Target.getTargets")["targetInfos"]
    tab = next(one["targetId"] for one in tabs if one["type"] == "page")
    found.session = found.ask("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
    for part in ("Page", "Network", "Log", "Runtime"):
        found.ask(f"{part}.enable")
    return found
