"""Finds a Chromium for the page tests, or installs one.

    python tests/tools/chromium.py            prints the one that is there, or fails
    python tests/tools/chromium.py --install  installs one when there is none

Looked for, in this order: what CONVOSCOPE_CHROMIUM names, the build Playwright has fetched (it fits
the installed Playwright exactly), and a Chromium or Chrome of the system; of each the one without
windows first (Chromium's headless shell), which shows a page the same for less.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Quiet (no look-ups, no updates, no first-run page) and alike everywhere: WebGL and canvas are
# drawn in software, so that a test machine needs no graphics card.
LAUNCH_ARGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page needs WebGL: the processor draws, at a tenth of what emulating a graphics card costs.
    "--disable-gpu",
)

SYSTEM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
# Beside each Chromium that Playwright fetches: chromium-1234/… and chromium_headless_shell-1234/….
PLAYWRIGHTS_SHELL = "chromium_headless_shell-{}/*/*headless*shell*"
SYSTEM_PATHS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)

ADVICE = (
    "The page tests need Chromium, and none could be installed here. Install Chromium or Chrome by "
    "your system's own means, or set CONVOSCOPE_CHROMIUM to the program's path."
)


def _starts(program: Path) -> bool:
    """Whether the program runs at all; a fetched build may lack the system's libraries."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights_own() -> list[Path]:
    """The Chromiums that belong to this Playwright, those that are there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return [path for path in (*shells_beside(program), program) if path.is_file()]


def shells_beside(program: Path) -> list[Path]:
    """The headless shells that Playwright has fetched together with a Chromium of its."""
    folder = next((each for each in program.parents if each.name.startswith("chromium-")), None)
    if folder is None:
        return []
    pattern = PLAYWRIGHTS_SHELL.format(folder.name.partition("-")[2])
    return sorted(path for path in folder.parent.glob(pattern) if os.access(path, os.X_OK))


def _system() -> Path | None:
    """A Chromium or Chrome that the system has."""
    found = (shutil.which(name) for name in SYSTEM_NAMES)
    candidates = [Path(path) for path in found if path] + [p for p in SYSTEM_PATHS if p.exists()]
    return next((path for path in candidates if _starts(path)), None)


def find() -> Path | None:
    """The Chromium to use, or None when there is none that starts."""
    named = os.environ.get("CONVOSCOPE_CHROMIUM")
    if named:
        return Path(named)
    own = next((path for path in _playwrights_own() if _starts(path)), None)
    return own or _system()


def install() -> Path | None:
    """Installs a Chromium: Playwright's own build, else the system's package where that is ours
    to install (root on a Debian)."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    fetched = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if fetched and (program := find()):
        return program
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        get = ["apt-get", "-qq"]
        subprocess.run([*get, "update"], env=environment, stdout=sys.stderr, check=False)
        install = [*get, "install", "-y", "--no-install-recommends", "fonts-dejavu-core"]
        for package in ("chromium-headless-shell", "chromium"):
            command = [*install, package]
            subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
            if program := find():
                return program
    return None


if __name__ == "__main__":
    program = find() or (install() if "--install" in sys.argv[1:] else None)
    if program is None:
        sys.exit(ADVICE)
    print(program)
