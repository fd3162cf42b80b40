"""A page of Chromium by the browser's own protocol, and nothing between: a measurement's hands.

Playwright listens to every request of a page, bodies and all. With two cores that takes as much
time as a picture takes, so what is measured to the millisecond is driven by this.

Source: Chrome DevTools Protocol, domains Target, Page, Runtime, Input and Emulation.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from websockets.sync.client import connect

from app.bench import browser
from app.bench.processes import stop_session
from app.bench.row import NotMeasured

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

START_SECONDS = 30.0
ANSWER_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.02
# A browser without a window, which asks nothing of whoever starts it.
HEADLESS = ["--headless", "--remote-debugging-port=0", "--hide-scrollbars", "--mute-audio"]


class Tab:
    """One page, told what to do and asked what it has."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = count(1)
        self._session: str | None = None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.send("Page.enable")
        size = {**browser.WINDOW, "deviceScaleFactor": 1, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", **size)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command, done before this returns. Raises: NotMeasured where it is refused."""
        number = next(self._ids)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._connection.send(json.dumps(message))
        while True:
            answer: dict[str, Any] = json.loads(self._connection.recv(timeout=ANSWER_SECONDS))
            if answer.get("id") != number:
                continue  # an event that nobody asked for
            if "error" in answer:
                raise NotMeasured(f"Chromium refused {method}: {answer['error']['message']}")
            result: dict[str, Any] = answer["result"]
            return result

    def open(self, url: str, script: str) -> None:
        """Goes to an address, where a script runs before any of the page's own."""
        self.send("Page.addScriptToEvaluateOnNewDocument", source=script)
        self.send("Page.navigate", url=url)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression. Raises: NotMeasured where it throws."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise NotMeasured(f"The page threw: {answer['exceptionDetails']['text']}")
        return answer["result"].get("value")

    def wait_until(self, expression: str, seconds: float) -> bool:
        """Whether an expression became true within a time."""
        deadline = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_EVERY_SECONDS)
        return True

    def mouse(self, kind: str, x: float, y: float, *, is_down: bool) -> None:
        """One event of the mouse, in pixels of the window, taken in by the page.

        Args:
            kind: `mouseMoved`, `mousePressed` or `mouseReleased`.
            is_down: whether its left button is held meanwhile.
        """
        button = "none" if kind == "mouseMoved" and not is_down else "left"
        event = {"type": kind, "x": x, "y": y, "button": button, "buttons": int(is_down)}
        self.send("Input.dispatchMouseEvent", **event, clickCount=1)


@contextmanager
def tab(flags: Sequence[str]) -> Iterator[Tab]:
    """A page of a fresh browser, for as long as the context is open.

    Raises: NotMeasured where there is no browser, or it does not come up.
    """
    program, _ = browser.find()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        own = f"--user-data-dir={folder}"
        process = subprocess.Popen(
            [program, *HEADLESS, own, *flags],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            address = _address(process, Path(folder) / "DevToolsActivePort")
            with connect(address, max_size=None, compression=None) as connection:
                yield Tab(connection)
        finally:
            stop_session(process)


def _address(process: subprocess.Popen[bytes], told: Path) -> str:
    """Where the browser listens: it writes port and path into a file of its folder."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if told.exists() and len(lines := told.read_text().splitlines()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(LOOK_EVERY_SECONDS)
    raise NotMeasured("Chromium did not come up.")
