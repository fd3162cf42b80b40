"""The hands that the benchmarks draw with: what they do to a page arrives there as by a person."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from websockets.sync.client import connect

from app.bench import browser, protocol
from app.bench.row import NotMeasured

# Until a mouse has moved, a Chromium without windows may tell of one at rest in the corner.
SCRIPT = """
globalThis.seen = [];
for (const kind of ['pointerdown', 'pointermove', 'pointerup'])
  addEventListener(kind, ({ type, isTrusted, clientX, clientY, buttons }) => {
    if (seen.length || clientX || clientY) seen.push([type, isTrusted, clientX, clientY, buttons]);
  });
"""


def test_the_mouse_of_a_measurement_is_a_real_one() -> None:
    with protocol.tab(browser.flags()) as tab:
        tab.open("data:text/html,<title>Paper</title>", SCRIPT)
        assert tab.wait_until("document.title === 'Paper'", seconds=10)
        tab.mouse("mouseMoved", 10, 20, is_down=False)
        tab.mouse("mousePressed", 10, 20, is_down=True)
        tab.mouse("mouseMoved", 30, 40, is_down=True)
        tab.mouse("mouseReleased", 30, 40, is_down=False)
        assert tab.evaluate("seen") == [
            ["pointermove", True, 10, 20, 0],
            ["pointerdown", True, 10, 20, 1],
            ["pointermove", True, 30, 40, 1],
            ["pointerup", True, 30, 40, 0],
        ]
        size = browser.WINDOW
        assert tab.evaluate("[innerWidth, innerHeight]") == [size["width"], size["height"]]
        with pytest.raises(NotMeasured, match="The page threw"):
            tab.evaluate("nothing.there")
        with pytest.raises(NotMeasured, match="Chromium refused Page\\.fly"):
            tab.send("Page.fly")


def test_no_browser_is_left_behind_whose_program_is_a_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, flags = browser.find()
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh -e\n{shlex.quote(program)} "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(browser, "find", lambda: (str(script), flags))
    addresses: list[str] = []
    found = protocol._address

    def noted(process: subprocess.Popen[bytes], told: Path) -> str:
        addresses.append(found(process, told))
        return addresses[-1]

    monkeypatch.setattr(protocol, "_address", noted)
    with protocol.tab(flags) as tab:
        assert tab.evaluate("1 + 1") == 2
    (address,) = addresses
    with pytest.raises(ConnectionRefusedError):
        connect(address, open_timeout=5)
